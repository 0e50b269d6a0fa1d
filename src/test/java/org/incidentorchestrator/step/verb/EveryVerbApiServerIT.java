package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each verb once against a real API server: a mock takes what that refuses. What a verb would change is sent as a dry run.
 * A verb may refuse, by a code that it declares; what it may not do is to ask something that the API server does not take.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "each verb on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster"
                + " whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class EveryVerbApiServerIT {
    private static final String WORKLOAD = "every";
    /** To be read by whoever wonders what was tested: a verb that refuses has shown less than one that plans. */
    private static final Path SHOWN = Path.of("target/every-verb-on-the-api-server.txt");

    private static final Map<String, String> OUTCOMES = new TreeMap<>();

    /** What the components of inputs are by their names. */
    private static final Map<String, Object> NAMED = Map.ofEntries(
            Map.entry("workload", WORKLOAD),
            Map.entry("service", WORKLOAD),
            Map.entry("application", WORKLOAD),
            Map.entry("externalSecret", WORKLOAD),
            Map.entry("secret", WORKLOAD),
            Map.entry("requestedAt", "2026-11-24T03:00:00Z"),
            Map.entry("host", "localhost"),
            Map.entry("revision", "0123456789abcdef0123456789abcdef01234567"),
            Map.entry("path", "every.yaml"),
            Map.entry("script", "smoke-tests"),
            Map.entry("step", "scaleWorkload"),
            Map.entry("container", "app"),
            Map.entry("limit", "256Mi"),
            Map.entry("labels", "app=" + WORKLOAD),
            Map.entry("reason", "a test"),
            Map.entry("lines", 50),
            Map.entry("minutes", 10),
            Map.entry("port", 8080),
            Map.entry("atLeast", 3));

    /** What verbs look for beside a workload and its service. */
    private static final Map<ResourceType, String> OBJECTS = Map.of(
            ResourceType.CRON_JOBS,
            """
            {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "every", "labels": {"app": "every"}},
             "spec": {"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": {"spec": {"restartPolicy": "Never",
              "containers": [{"name": "job", "image": "example.invalid/job:1"}]}}}}}}""",
            ResourceType.ARGO_APPLICATIONS,
            """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "every"}, "spec": {
             "project": "default", "source": {"repoURL": "https://example.invalid/git", "path": "every"},
             "destination": {"namespace": "every"}, "syncPolicy": {"automated": {"selfHeal": true}}}}""",
            ResourceType.EXTERNAL_SECRETS,
            """
            {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"name": "every"}, "spec": {
             "refreshInterval": "1h", "secretStoreRef": {"name": "store", "kind": "SecretStore"},
             "target": {"name": "every-tls"}, "data": []}}""",
            ResourceType.SECRETS,
            """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "every-token", "annotations": {
             "kubernetes.io/service-account.name": "default"}}, "type": "kubernetes.io/service-account-token"}""");

    private static TestNamespace cluster;
    private static Map<String, Step<?, ?>> verbs;

    static Stream<String> verbs() {
        return Verbs.all().stream().map(Step::name);
    }

    @BeforeAll
    static void aWorkloadRuns() {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
        cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
        cluster.isWell(WORKLOAD);
        OBJECTS.forEach((type, json) -> cluster.has(type, json));
        PreparedProbes.prepare(JsonNodeFactory.instance.objectNode().put("away", true), Map.of());
        verbs = Verbs.with("cluster.namespaces=" + cluster.name(), "argocd.namespace=" + cluster.name());
    }

    @AfterAll
    static void itIsGone() throws IOException {
        cluster.close();
        Files.write(
                SHOWN,
                OUTCOMES.entrySet().stream()
                        .map(each -> each.getKey() + ": " + each.getValue())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void asks_and_sends_what_an_api_server_takes(String verb) {
        Step<?, ?> step = verbs.get(verb);
        var context = new StepContext(cluster.reader(), Optional.empty(), Mode.REHEARSE, Instant.now());
        try {
            Plan<?> plan = Verbs.plan(step, input(step), context);
            plan.effects().forEach(EveryVerbApiServerIT::rehearse);
            OUTCOMES.put(verb, plan.summary());
        } catch (StepFailure refusal) {
            assertThat(step.codes()).as(refusal.getMessage()).contains(refusal.code());
            OUTCOMES.put(verb, refusal.reason() + ": " + refusal.getMessage());
        }
    }

    private static void rehearse(Effect effect) {
        if (effect instanceof OnCluster on) {
            cluster.writer().apply(on.change(), Write.DRY_RUN);
        }
    }

    /** By the names of the input's components; what is not named is left out, a number is 1. */
    private static Map<String, Object> input(Step<?, ?> step) {
        Map<String, Object> known = new HashMap<>(NAMED);
        known.putAll(Map.of(
                "target", "Deployment/" + cluster.name() + "/" + WORKLOAD,
                "namespace", cluster.name(),
                "pod", cluster.pods(WORKLOAD).get(0).name()));
        Map<String, Object> input = new HashMap<>();
        for (RecordComponent component : step.input().getRecordComponents()) {
            Object value = known.get(component.getName());
            if (value != null) {
                input.put(component.getName(), value);
            } else if (component.getType() == boolean.class) {
                input.put(component.getName(), false);
            } else if (Set.of(int.class, long.class).contains(component.getType())) {
                input.put(component.getName(), 1);
            }
        }
        return input;
    }
}
