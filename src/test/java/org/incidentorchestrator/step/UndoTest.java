package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that is taken back, from the ledger that recorded it to the object. */
class UndoTest {
    private static final Target GATEWAY = new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway");

    private final AtomicReference<RecordedChanges> ledger = new AtomicReference<>();
    private final Map<String, Step<?, ?>> verbs =
            Verbs.knowing((incident, step, target) -> ledger.get().last(incident, step, target));
    private final StepRig rig = new StepRig(new SetReplicas(), verbs.get("undoChange"), verbs.get("checkHold"));

    @BeforeEach
    void scale() {
        ledger.set(rig.ledger);
        assertThat(act("setReplicas", "job-1", Map.of("target", GATEWAY.id(), "replicas", 5)))
                .isInstanceOf(Done.class);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void what_was_changed_holds_until_it_is_taken_back() {
        assertThat(hold()).containsEntry("holds", "held");

        assertThat(undo("job-2")).isInstanceOf(Done.class);

        assertThat(replicas()).isEqualTo(2);
        assertThat(hold()).containsEntry("holds", "reverted").containsEntry("by", "self");
    }

    @Test
    void it_is_taken_back_though_the_incident_has_ended() {
        rig.incidents.end(
                rig.incident.number(),
                new Ending(Ending.Cause.PAGER_RESOLVED, "alertmanager", "", rig.clock.instant()));

        assertThat(((Refused) act("setReplicas", "job-2", Map.of("target", GATEWAY.id(), "replicas", 6))).code())
                .isEqualTo(RefusalCode.ALERT_RESOLVED);
        assertThat(undo("job-3")).isInstanceOf(Done.class);
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void it_is_taken_back_once() {
        undo("job-2");

        assertThat(((Refused) undo("job-3")).reason()).isEqualTo("alreadyUndone");
        assertThat(rig.sandbox.writes()).hasSize(2);
    }

    @Test
    void what_somebody_has_changed_since_is_left_to_them_and_they_are_named() {
        somebodyScalesTo(7);

        Refused refused = (Refused) undo("job-2");

        assertThat(refused.reason()).isEqualTo("changedSince");
        assertThat(refused.message()).contains("was set to 5, and is 7 now, by ");
        assertThat(hold()).containsEntry("holds", "changedByOther");
        assertThat(replicas()).isEqualTo(7);
    }

    @Test
    void what_somebody_changes_between_the_decision_and_the_undo_is_not_overwritten() {
        long proposal = accepted("undoChange", "job-2", undoInput());
        somebodyScalesTo(7);

        assertThat(run("undoChange", "job-3", Map.of(), OptionalLong.of(proposal)))
                .isInstanceOf(Refused.class);
        assertThat(replicas()).isEqualTo(7);
    }

    private StepOutcome undo(String job) {
        return act("undoChange", job, undoInput());
    }

    private static Map<String, Object> undoInput() {
        return Map.of("target", GATEWAY.id(), "step", "setReplicas");
    }

    private Map<String, Object> hold() {
        Done done = (Done) run("checkHold", "job-look-" + rig.clock.instant(), undoInput(), OptionalLong.empty());
        rig.clock.pass(Duration.ofSeconds(1));
        Map<String, Object> output = new HashMap<>();
        Json.tree(done.output())
                .properties()
                .forEach(fact -> output.put(fact.getKey(), fact.getValue().asText()));
        return output;
    }

    /** Proposed, accepted and done; or the refusal of either. */
    private StepOutcome act(String step, String job, Map<String, Object> input) {
        StepOutcome proposed = rig.runner.propose(call(step, job + "-proposal", input, OptionalLong.empty()));
        if (!(proposed instanceof Done done)) {
            return proposed;
        }
        long proposal = ((Proposed) done.output()).proposalId();
        rig.proposals.decide(proposal, Proposal.Decision.ACCEPTED, "alice", rig.clock.instant());
        return run(step, job, Map.of(), OptionalLong.of(proposal));
    }

    private long accepted(String step, String job, Map<String, Object> input) {
        Done done = (Done) rig.runner.propose(call(step, job, input, OptionalLong.empty()));
        long proposal = ((Proposed) done.output()).proposalId();
        rig.proposals.decide(proposal, Proposal.Decision.ACCEPTED, "alice", rig.clock.instant());
        return proposal;
    }

    private StepOutcome run(String step, String job, Map<String, Object> input, OptionalLong proposal) {
        return rig.runner.run(call(step, job, input, proposal));
    }

    private StepCall call(String step, String job, Map<String, Object> input, OptionalLong proposal) {
        return new StepCall(
                step,
                job,
                "serviceTask_" + step,
                0,
                rig.incident.number(),
                "run-1",
                "run-1",
                Mode.EXECUTE,
                input,
                proposal,
                false);
    }

    private int replicas() {
        return rig.sandbox
                .reader()
                .get(ResourceType.DEPLOYMENTS, GATEWAY.namespace(), GATEWAY.name())
                .orElseThrow()
                .number("/spec/replicas", 0);
    }

    private void somebodyScalesTo(int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", replicas);
        rig.sandbox.patch(GATEWAY, body);
    }
}
