package org.incidentorchestrator.step.guard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.host.ScriptOrder;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Effect.OnCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.incidentorchestrator.step.StepGuard.Verdict;
import org.incidentorchestrator.support.TestIncident;

/** A change that is about to be made, in the words of the trade. */
record Situation(Effect effect, String step, Mode mode, Ending ending, ObjectsCluster cluster) {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String GATEWAY =
            """
            kind: Deployment
            metadata: {name: mcp-gateway, namespace: a1-orchestrator, uid: u1, resourceVersion: "1"}
            spec: {replicas: 2}
            """;

    static GuardSettings settings(GuardSettings.Freeze... freeze) {
        return new GuardSettings(10, Duration.ofMinutes(2), List.of(freeze));
    }

    static Situation scaling(String workload, int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec").put("replicas", replicas);
        return patching(workload, body, "scaleWorkload");
    }

    static Situation isolating(String workload) {
        Situation off = scaling(workload, 0);
        var patch = (Change.Patch) ((OnCluster) off.effect).change();
        var change =
                new Change.Patch(patch.target(), patch.uid(), patch.resourceVersion(), patch.body(), Identity.ISOLATE);
        var effect = new OnCluster(change, "isolate", Map.of(), off.effect.now(), off.effect.now());
        return new Situation(effect, "isolateWorkload", Mode.EXECUTE, null, off.cluster);
    }

    static Situation scalingTo(int replicas) {
        return scaling(GATEWAY, replicas);
    }

    static Situation restarting(String workload) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template/metadata/annotations").put("kubectl.kubernetes.io/restartedAt", "now");
        return patching(workload, body, "restartWorkload");
    }

    /** @param body of the patch, in YAML */
    static Situation patching(String object, String body) {
        return patching(object, (ObjectNode) Manifest.tree(body), "patch");
    }

    static Situation evicting(String pod) {
        KubernetesObject now = Manifest.of(pod);
        var change = new Change.Evict(now.target(), now.uid(), now.resourceVersion(), Identity.CHANGE);
        var effect = new OnCluster(change, "replace", Map.of(), now.toJson(), JsonNodeFactory.instance.objectNode());
        return new Situation(effect, "replacePod", Mode.EXECUTE, null, ObjectsCluster.of(pod));
    }

    static Situation running(String script) {
        var order = new ScriptOrder(
                script, "host-1", "infra/x.sh", "0".repeat(64), List.of(), List.of(), 60, 1024, false, 1);
        var effect = new Effect.RunScript(order, script + ".inc-7.1");
        return new Situation(effect, "runScript", Mode.EXECUTE, null, ObjectsCluster.of());
    }

    private static Situation patching(String workload, ObjectNode body, String step) {
        KubernetesObject now = Manifest.of(workload);
        var change = new Change.Patch(now.target(), now.uid(), now.resourceVersion(), body, Identity.CHANGE);
        var effect = new OnCluster(change, step, Map.of(), now.toJson(), now.toJson());
        return new Situation(effect, step, Mode.EXECUTE, null, ObjectsCluster.of(workload));
    }

    Situation by(String verb) {
        return new Situation(effect, verb, mode, ending, cluster);
    }

    Situation in(Mode other) {
        return new Situation(effect, step, other, ending, cluster);
    }

    Situation where(ObjectsCluster other) {
        return new Situation(effect, step, mode, ending, other);
    }

    Situation where(String... manifests) {
        return where(ObjectsCluster.of(manifests));
    }

    Situation endedBy(Ending.Cause cause) {
        return new Situation(effect, step, mode, new Ending(cause, "ada", "", NOW), cluster);
    }

    /** Planned, and nobody has decided on it yet. */
    Verdict judgedBy(StepGuard guard) {
        return judgedBy(guard, OptionalLong.empty());
    }

    private Verdict judgedBy(StepGuard guard, OptionalLong proposal) {
        var context = new StepContext(cluster, Optional.of(incident()), mode, NOW);
        var call = new StepCall(
                step,
                "job-1",
                "serviceTask_act",
                0,
                incident().number(),
                "run-1",
                "run-1",
                Mode.EXECUTE,
                Map.of(),
                proposal,
                false);
        return guard.examine(effect, context, call);
    }

    /** The reason's word, or {@code allowed}. */
    String reasonOf(StepGuard guard) {
        return judgedBy(guard) instanceof Verdict.Refused refused ? refused.reason() : "allowed";
    }

    /** The same of what was decided on, and is about to be made. */
    String reasonWhenMade(StepGuard guard) {
        return judgedBy(guard, OptionalLong.of(1)) instanceof Verdict.Refused refused ? refused.reason() : "allowed";
    }

    String messageOf(StepGuard guard) {
        return judgedBy(guard) instanceof Verdict.Refused refused ? refused.message() + " " + refused.remedy() : "";
    }

    private Incident incident() {
        return TestIncident.opened(7, new IncidentKey("ServiceDown", "a1-orchestrator", "mcp-gateway"), NOW)
                .sentTo("service-down", null)
                .ended(ending)
                .row();
    }
}
