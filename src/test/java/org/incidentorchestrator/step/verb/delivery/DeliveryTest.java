package org.incidentorchestrator.step.verb.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

/** The verbs of delivery on a cluster whose Argo CD behaves. */
class DeliveryTest {
    private static final Target GATEWAY = new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway");
    private static final Map<String, ?> APPLICATION = Map.of("application", "mcp-gateway");

    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Test
    void what_is_scaled_while_self_heal_is_paused_stays_and_goes_back_when_it_is_resumed() {
        sandbox.play(Scenario.ARGO_CD_HEALS, "mcp-gateway");
        scaleByHand(5);
        pass(10);
        assertThat(replicas()).as("healed").isEqualTo(2);

        act("pauseSelfHeal", Map.of("target", GATEWAY.id()));
        scaleByHand(5);
        pass(60);
        assertThat(replicas()).as("paused").isEqualTo(5);
        assertThat(refusal("pauseSelfHeal", Map.of("target", GATEWAY.id()))).isEqualTo("alreadyPaused");

        act("resumeSelfHeal", APPLICATION);
        pass(10);
        assertThat(replicas()).as("resumed").isEqualTo(2);
        assertThat(refusal("resumeSelfHeal", APPLICATION)).isEqualTo("notPaused");
    }

    @Test
    void a_pause_that_somebody_else_has_made_his_own_is_not_resumed() {
        sandbox.play(Scenario.ARGO_CD_HEALS, "mcp-gateway");
        act("pauseSelfHeal", Map.of("target", GATEWAY.id()));
        switchSelfHeal(true);
        switchSelfHeal(false);

        assertThat(refusal("resumeSelfHeal", APPLICATION)).isEqualTo("changedByOthers");
    }

    @Test
    void an_application_is_synced_to_the_revision_that_git_has_and_no_second_time_meanwhile() {
        Map<String, Object> asked = Map.of("application", "a1-orchestrator");
        assertThat(look("listApplications", asked)).containsEntry("fit", true);
        scaleByHand(4);
        assertThat(look("listApplications", asked)).containsEntry("sync", "OutOfSync");
        String revision = look("listApplications", asked).get("revision").toString();
        var sync = Map.of("application", "a1-orchestrator", "revision", revision, "prune", false);

        act("syncApplication", sync);
        assertThat(refusal("syncApplication", sync)).isEqualTo("operationRunning");
        assertThat(check(revision)).isEqualTo("progressing");
        pass(30);
        assertThat(check(revision)).isEqualTo("complete");
        assertThat(check("0123456789012345678901234567890123456789")).isEqualTo("otherRevision");
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void the_manifest_of_the_app_of_apps_is_applied_and_applied_again_without_a_change() {
        var manifest = Map.of("path", "apps/root-app/app-of-apps.yaml");
        assertThat(act("applyManifest", manifest)).containsEntry("made", 1);
        KubernetesObject made = root();
        assertThat(made.flag("/spec/syncPolicy/automated/selfHeal")).isTrue();

        assertThat(act("applyManifest", manifest)).containsEntry("made", 0);
        assertThat(root().at("/spec")).isEqualTo(made.at("/spec"));
        assertThat(root().uid()).isEqualTo(made.uid());
    }

    private KubernetesObject root() {
        return sandbox.reader()
                .get(ResourceType.ARGO_APPLICATIONS, "argocd", "a1-orchestrator-root")
                .orElseThrow();
    }

    private String check(String revision) {
        return look("checkSync", Map.of("application", "a1-orchestrator", "revision", revision))
                .get("sync")
                .toString();
    }

    private void scaleByHand(int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", replicas);
        sandbox.patch(GATEWAY, body);
    }

    private void switchSelfHeal(boolean on) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/syncPolicy/automated").put("selfHeal", on);
        sandbox.patch(new Target("Application", "argocd", "mcp-gateway"), body);
    }

    private int replicas() {
        return sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, GATEWAY.namespace(), GATEWAY.name())
                .orElseThrow()
                .number("/spec/replicas", -1);
    }

    private void pass(int seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }

    private Map<String, Object> look(String verb, Map<String, ?> input) {
        return Verbs.output(plan(verb, input));
    }

    private Map<String, Object> act(String verb, Map<String, ?> input) {
        Plan<?> plan = plan(verb, input);
        for (Effect effect : plan.effects()) {
            sandbox.writer().apply(((OnCluster) effect).change(), Write.FOR_REAL);
        }
        return new HashMap<>(Verbs.output(plan));
    }

    private String refusal(String verb, Map<String, ?> input) {
        try {
            return plan(verb, input).summary();
        } catch (StepFailure refused) {
            return refused.reason();
        }
    }

    private Plan<?> plan(String verb, Map<String, ?> input) {
        return Verbs.plan(
                verb, input, new StepContext(sandbox.reader(), Optional.empty(), Mode.EXECUTE, clock.instant()));
    }
}
