package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.CustomKinds;
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
    /** To be read by whoever wonders what was tested: a verb that refuses has shown less than one that plans. */
    private static final Path SHOWN = Path.of("target/every-verb-on-the-api-server.txt");

    private static final Map<String, String> OUTCOMES = new TreeMap<>();

    private static TestNamespace cluster;
    private static Map<String, Step<?, ?>> verbs;

    static Stream<String> verbs() {
        return Verbs.all().stream().map(Step::name);
    }

    @BeforeAll
    static void aWorkloadRuns() {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
        cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
        EveryInput.prepare(cluster);
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
            Plan<?> plan = Verbs.plan(step, EveryInput.of(step, cluster), context);
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
}
