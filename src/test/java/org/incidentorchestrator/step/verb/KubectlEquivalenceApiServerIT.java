package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.support.TestIncident;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a responder is shown to type does what our writer does: each line of a change is run by the real kubectl, as a
 * server-side dry run where kubectl has one, and gives the object that our own dry run gives, but for the bookkeeping of
 * field managers. The cases are files, see {@link KubectlCase}: a new one is only a file.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "the kubectl lines of all changes; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster"
                        + " whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts, and put kubectl on the"
                        + " PATH")
class KubectlEquivalenceApiServerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KUBECONFIG = System.getenv("TEST_KUBECONFIG");
    /** Those of kubectl's verbs that know {@code --dry-run=server}, and print the object that comes of it. */
    private static final Pattern DRY_RUN =
            Pattern.compile("(kubectl .*? )(patch|apply|annotate|label)( .*)", Pattern.DOTALL);

    private static final Set<String> BOOKKEEPING =
            Set.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp");
    private static final Set<String> CONTROLLERS = Set.of("deployment.kubernetes.io/revision");
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    private static final Path MANIFESTS = Path.of("target/kubectl-manifests");
    private static TestNamespace cluster;
    private static Map<String, Step<?, ?>> verbs;

    @BeforeAll
    static void open() throws IOException {
        Files.createDirectories(MANIFESTS);
        CustomKinds.installed(KUBECONFIG);
        cluster = TestNamespace.on(KUBECONFIG);
        verbs = Verbs.with(
                "cluster.namespaces=" + cluster.name(),
                "argocd.namespace=" + cluster.name(),
                "manifests.folder=" + MANIFESTS);
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    static Stream<KubectlCase> cases() {
        return KubectlCase.all(cluster.name());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_printed_line_does_what_the_writer_does(KubectlCase given) throws Exception {
        assumeTrue(run("command -v kubectl").ended == 0, "the kubectl lines; put kubectl on the PATH");
        for (String object : given.objects()) {
            kubectl("create --field-manager=" + given.manager() + " -f - <<'EOF'\n" + object + "\nEOF");
        }
        for (Map.Entry<String, String> file : given.files().entrySet()) {
            Files.writeString(MANIFESTS.resolve(file.getKey()), file.getValue());
        }
        for (String wait : given.waits()) {
            kubectl(wait);
        }
        Rehearsed rehearsed = rehearse(given);
        assertThat(rehearsed.plan.kubectl()).hasSameSizeAs(rehearsed.ours);
        for (int i = 0; i < rehearsed.ours.size(); i++) {
            compare(
                    (OnCluster) rehearsed.plan.effects().get(i),
                    rehearsed.ours.get(i),
                    rehearsed.plan.kubectl().get(i));
        }
    }

    private record Rehearsed(Plan<?> plan, List<JsonNode> ours) {}

    /** Controllers write to a new object for a while: as the runner does, it is planned anew then. */
    private static Rehearsed rehearse(KubectlCase given) {
        for (int tries = 1; ; tries++) {
            Plan<?> plan = plan(given);
            try {
                return new Rehearsed(
                        plan,
                        plan.effects().stream()
                                .map(effect -> cluster.writer().apply(((OnCluster) effect).change(), Write.DRY_RUN))
                                .map(receipt -> comparable(receipt.after().toJson()))
                                .toList());
            } catch (ClusterFailure failure) {
                if (failure.kind() != ClusterFailure.Kind.CONFLICT || tries == 20) {
                    throw failure;
                }
            }
        }
    }

    @Test
    void every_verb_that_patches_has_a_case() {
        Set<String> changing = new TreeSet<>();
        verbs.values().stream()
                .filter(Step::changes)
                .filter(step -> step.permissions().stream()
                        .anyMatch(right -> right.verb().equals("patch")
                                || right.resource().startsWith("pods")
                                        && !right.verb().equals("get")
                                        && !right.verb().equals("list")))
                .forEach(step -> changing.add(step.name()));
        // What is restored lies in a file that only a key opens: RecoveryApiServerIT compares what has come back.
        changing.remove("restoreBackup");
        assertThat(cases().map(KubectlCase::verb)).containsAll(changing);
    }

    private static Plan<?> plan(KubectlCase given) {
        Verbs.RECORDED.are(given.recorded());
        var context = new StepContext(cluster.reader(), Optional.of(incident()), Mode.EXECUTE, Instant.now());
        return Verbs.plan(verbs.get(given.verb()), given.input(), context);
    }

    private static void compare(OnCluster effect, JsonNode ours, String line) throws Exception {
        var dry = DRY_RUN.matcher(line);
        if (dry.matches()) {
            String out = succeeds(dry.group(1) + dry.group(2) + " --dry-run=server -o json" + dry.group(3));
            assertThat(comparable((ObjectNode) JSON.readTree(out))).as(line).isEqualTo(ours);
            return;
        }
        succeeds(line);
        if (effect.change() instanceof Change.Evict || effect.change() instanceof Change.Delete) {
            assertGone(effect.change(), line);
        } else {
            JsonNode theirs =
                    comparable(cluster.object(effect.target()).orElseThrow().toJson());
            assertThat(theirs).as(line).isEqualTo(ours);
        }
    }

    /** Its controller may have made another of the same name already. */
    private static void assertGone(Change change, String line) {
        String uid = change.basis().orElseThrow().uid();
        assertThat(cluster.object(change.target())
                        .filter(left -> left.uid().equals(uid))
                        .filter(left -> !left.at("/metadata/deletionTimestamp").exists()))
                .as(line)
                .isEmpty();
    }

    private static JsonNode comparable(ObjectNode object) {
        object.remove("status");
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.remove(BOOKKEEPING);
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(CONTROLLERS);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        // Ours was planned a moment before kubectl's.
        if (object.at("/spec/template/metadata/annotations") instanceof ObjectNode annotations
                && annotations.has(RESTARTED_AT)) {
            annotations.put(RESTARTED_AT, "now");
        }
        return object;
    }

    private static Incident incident() {
        Instant at = Instant.parse("2026-11-24T11:50:00Z");
        return TestIncident.opened(7, new IncidentKey("ServiceDown", cluster.name(), "web"), at)
                .sentTo("service-down", null)
                .row();
    }

    private static void kubectl(String words) throws Exception {
        succeeds("kubectl -n " + cluster.name() + " " + words);
    }

    private static String succeeds(String line) throws Exception {
        Ended ended = run(line);
        assertThat(ended.ended).as(line + "\n" + ended.err).isZero();
        return ended.out;
    }

    private record Ended(int ended, String out, String err) {}

    /** In a shell, as a person would. */
    private static Ended run(String line) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder(List.of("sh", "-c", line));
        shell.environment().put("KUBECONFIG", KUBECONFIG);
        Path errors = Files.createTempFile("kubectl", ".txt");
        try {
            Process process = shell.redirectError(errors.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), out, Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }
}
