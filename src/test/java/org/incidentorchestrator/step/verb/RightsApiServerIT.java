package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.AuditLog;
import org.incidentorchestrator.cluster.AuditLog.Call;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.Deployed;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.deploy.DeployFiles;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.guard.ClusterGuards;
import org.incidentorchestrator.support.TestIncident;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every verb that a model calls, with exactly the accounts, roles and policies of {@code src/deploy}: looks, guards, changes
 * as dry runs, and the look at what became of each. The audit log shows that nothing was refused for want of a right, and
 * that every right was used.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "every verb with the rights of src/deploy; set TEST_KUBECONFIG to the kubeconfig of a disposable"
                        + " cluster whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RightsApiServerIT {
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    private static final Path FOLDER = Path.of("target/rights-on-the-api-server");

    /**
     * An API server asks for these within another request, and writes nothing down of it: a patch that makes its object asks
     * for create, a role that is applied for escalate, a binding for bind, and from Kubernetes 1.35 on an exec that is opened
     * by GET for create.
     */
    private static final Set<String> ASKED_WITHIN = Set.of("create", "escalate", "bind");

    private static final String MANIFEST =
            """
            apiVersion: apps/v1
            kind: %1$s
            metadata: { name: kinds, namespace: %2$s }
            spec: { %3$s selector: { matchLabels: { app: %1$s } }, template: { metadata: { labels: { app: %1$s } },
              spec: { containers: [ { name: app, image: "example.invalid/app:1" } ] } } }
            """;

    private static TestNamespace ours;
    private static TestNamespace lookedAt;
    private static ClusterReader reader;
    private static ClusterWriter writer;
    private static Map<String, Step<?, ?>> verbs;
    private static Instant begin;

    @BeforeAll
    static void onlyTheAccountsOfTheProgram() throws IOException {
        CustomKinds.installed(KUBECONFIG);
        ours = TestNamespace.on(KUBECONFIG);
        lookedAt = TestNamespace.on(KUBECONFIG);
        Deployed deployed =
                Deployed.on(KUBECONFIG).ours(ours.name()).argoCd(ours.name()).lookedAt(lookedAt.name());
        reader = deployed.reader();
        writer = deployed.writer();
        EveryInput.prepare(ours);
        lookedAt.isWell(EveryInput.WORKLOAD);
        PreparedProbes.prepare(JsonNodeFactory.instance.objectNode().put("away", true), Map.of());
        Files.createDirectories(FOLDER.resolve("manifests"));
        Files.writeString(
                FOLDER.resolve("manifests/every.yaml"),
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: root, namespace: %1$s }
                spec:
                  project: default
                  source: { repoURL: https://git.example/platform.git, path: apps }
                  destination: { namespace: %1$s, server: https://kubernetes.default.svc }
                """
                        .formatted(ours.name()));
        verbs = Verbs.with(
                "cluster.namespaces=" + ours.name(),
                "look.namespaces=" + lookedAt.name(),
                "common-cause.dns=" + lookedAt.name() + "/" + EveryInput.WORKLOAD,
                "argocd.namespace=" + ours.name(),
                "manifests.folder=" + FOLDER.resolve("manifests"),
                "backup.folder=" + FOLDER.resolve("backups"));
        begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @AfterAll
    static void theyAreGone() {
        ours.close();
        lookedAt.close();
    }

    static Stream<String> called() {
        return DeployFiles.called().stream();
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("called")
    void its_rights_are_enough_for(String verb) {
        Step<?, ?> step = verbs.get(verb);
        run(verb, EveryInput.of(step, ours));
    }

    /** Of whatever kind, with what else there is. */
    static Stream<KubectlCase> changes() {
        return KubectlCase.all(ours.name())
                .filter(given -> DeployFiles.called().contains(given.verb()))
                .filter(given -> !given.verb().equals("applyManifest"));
    }

    @ParameterizedTest
    @Order(2)
    @MethodSource("changes")
    void its_rights_are_enough_for_a_change(KubectlCase given) throws Exception {
        for (String object : given.objects()) {
            kubectl("create --field-manager=" + given.manager() + " -f - <<'EOF'\n" + object + "\nEOF");
        }
        for (String wait : given.waits()) {
            kubectl(wait);
        }
        Verbs.RECORDED.are(given.recorded());
        run(given.verb(), given.input());
    }

    @Test
    @Order(3)
    void its_rights_are_enough_where_it_only_looks() {
        Stream.of("Deployment", "StatefulSet", "DaemonSet", "Job")
                .map(kind -> kind + "/" + lookedAt.name() + "/" + EveryInput.WORKLOAD)
                .forEach(target -> run("tailLogs", Map.of("target", target, "lines", 10)));
    }

    @Test
    @Order(3)
    void its_rights_are_enough_to_look_for_what_is_not_there() {
        run("findTarget", Map.of("namespace", ours.name(), "workload", "nowhere"));
    }

    /** There are kinds that no case has. */
    @Test
    @Order(3)
    void its_rights_are_enough_for_each_kind_of_workload() throws IOException {
        for (String kind : List.of("StatefulSet", "DaemonSet")) {
            ours.makes(MANIFEST.formatted(
                    kind, ours.name(), kind.equals("StatefulSet") ? "replicas: 1, serviceName: kinds," : ""));
            kubectl("rollout status " + kind.toLowerCase(Locale.ROOT) + "/kinds --timeout=60s");
            String target = kind + "/" + ours.name() + "/kinds";
            run("restartWorkload", Map.of("target", target));
            run("isolateWorkload", Map.of("target", target));
        }
        ours.makes(MANIFEST.formatted("Deployment", ours.name(), "replicas: 0,"));
        run("checkIsolation", Map.of("target", "Deployment/" + ours.name() + "/kinds"));
    }

    @Test
    @Order(4)
    void its_rights_are_enough_to_restore_what_is_lost() {
        String map =
                "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"lost\"}, \"data\": {\"a\": \"b\"}}";
        ours.has(ResourceType.CONFIG_MAPS, map);
        String backup = String.valueOf(
                run("backupNamespace", Map.of("namespace", ours.name())).get("backup"));
        ours.delete(
                ResourceType.CONFIG_MAPS,
                ours.object(new Target("ConfigMap", ours.name(), "lost")).orElseThrow());
        run("verifyBackup", Map.of("namespace", ours.name(), "backup", backup));
        run("restoreBackup", Map.of("namespace", ours.name(), "backup", backup));
    }

    /** Looks, has the guards ask, sends what it would change as a dry run, and looks for what became of it. */
    private static Map<String, Object> run(String verb, Map<String, Object> input) {
        var context = new StepContext(reader, Optional.of(incident()), Mode.REHEARSE, Instant.now());
        for (int tries = 1; ; tries++) {
            try {
                Plan<?> plan = Verbs.plan(verbs.get(verb), input, context);
                plan.effects().forEach(effect -> rehearse(verb, effect, context));
                return Verbs.output(plan);
            } catch (StepFailure refusal) {
                assertThat(verbs.get(verb).codes()).as(refusal.getMessage()).contains(refusal.code());
                return new HashMap<>();
            } catch (ClusterFailure failure) {
                // Controllers write to a new object for a while: as the runner does, it is planned anew then.
                if (failure.kind() != ClusterFailure.Kind.CONFLICT || tries == 20) {
                    throw failure;
                }
            }
        }
    }

    private static void rehearse(String verb, Effect effect, StepContext context) {
        if (effect instanceof OnCluster on) {
            ClusterGuards.examine(effect, context, verb, ours.name());
            writer.apply(on.change(), Write.DRY_RUN);
            ResourceType.ofKind(on.target().kind())
                    .ifPresent(type -> reader.as(on.change().seenBy())
                            .get(type, on.target().namespace(), on.target().name()));
        }
    }

    private static Incident incident() {
        Instant at = Instant.parse("2026-11-24T11:50:00Z");
        return TestIncident.opened(7, new IncidentKey("ServiceDown", ours.name(), "web"), at)
                .sentTo("service-down", null)
                .row();
    }

    @Test
    @Order(5)
    void nothing_was_refused_and_every_right_was_used() {
        AuditLog.named().ifPresent(log -> Awaitility.await("the audit log").untilAsserted(() -> {
            List<Call> calls = log.calls(begin, Deployed.USERS);
            assertThat(calls.stream().filter(call -> !call.allowed()))
                    .as("refused")
                    .isEmpty();
            assertThat(unused(calls)).as("rights that nothing has used").isEmpty();
        }));
    }

    private static Set<String> unused(List<Call> calls) {
        return DeployFiles.rights().all().stream()
                .filter(right ->
                        !ASKED_WITHIN.contains(right.verb()) || right.resource().equals("pods/eviction"))
                .filter(right -> calls.stream().noneMatch(call -> uses(call, right)))
                .map(right -> right + " as " + right.identity() + " in " + right.place())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean uses(Call call, Permission right) {
        String account = right.identity().name().equals("LOOK")
                ? Deployed.USERS + "incident-orchestrator"
                : Deployed.USERS + "incident-orchestrator-"
                        + right.identity().name().toLowerCase(Locale.ROOT);
        String named = right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
        boolean kind = right.resource().equals("*")
                ? right.group().equals("*") || call.resource().endsWith("." + right.group())
                : call.resource().equals(named);
        return call.user().equals(account)
                && call.verb().equals(right.verb())
                && kind
                && call.namespace().equals(namespace(right.place()));
    }

    private static String namespace(Place place) {
        return switch (place) {
            case OURS, ARGO_CD -> ours.name();
            case LOOKED_AT -> lookedAt.name();
            case OF_NODES -> "default";
            case KUBE_SYSTEM -> "kube-system";
            case CLUSTER -> "";
        };
    }

    private static void kubectl(String words) throws IOException {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", "kubectl -n " + ours.name() + " " + words).redirectErrorStream(true);
        shell.environment().put("KUBECONFIG", KUBECONFIG);
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(words + "\n" + said).isZero();
    }
}
