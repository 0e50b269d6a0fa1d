package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.EffectiveWrite;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.incidentorchestrator.step.Proposal.Decision;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.step.StepOutcome.Retry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Applies through the runner: objects that may not be there yet, several in one step, and what is left after a crash. */
class ApplyRunTest {
    private final StepRig rig = new StepRig(new SetTexts());
    private final Sandbox sandbox = rig.sandbox;
    private final UnreliableWriter writer = rig.writer;
    private final Proposals proposals = rig.proposals;
    private final Ledger ledger = rig.ledger;
    private final StepRunner runner = rig.runner;
    private final Incident incident = rig.incident;

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void objects_that_are_not_there_are_made_in_their_order_and_each_once() {
        long proposal = accepted("first,second", "hello");
        assertThat(text("first")).as("only proposed").isEmpty();

        assertThat(act(proposal)).isEqualTo(new Done(new SetTexts.Output(2), false));
        assertThat(act(proposal)).isEqualTo(new Done(new SetTexts.Output(2), false));

        assertThat(sandbox.writes())
                .extracting(EffectiveWrite::target)
                .containsExactly("ConfigMap/a1-orchestrator/first", "ConfigMap/a1-orchestrator/second");
        assertThat(text("second")).hasValue("hello");
    }

    @Test
    void an_object_whose_making_nobody_heard_of_is_known_by_its_mark() {
        long proposal = accepted("first,second", "hello");
        writer.losesTheNextAnswer();

        assertThat(act(proposal)).isInstanceOf(Retry.class);
        assertThat(act(proposal)).isInstanceOf(Done.class);

        assertThat(sandbox.writes()).hasSize(2);
        assertThat(states()).containsExactly(State.APPLIED_RECOVERED, State.APPLIED);
    }

    @Test
    void a_request_to_make_an_object_that_got_lost_is_sent_again() {
        long proposal = accepted("first", "hello");
        writer.losesTheNextRequest();

        assertThat(act(proposal)).isInstanceOf(Retry.class);
        assertThat(act(proposal)).isInstanceOf(Done.class);

        assertThat(states()).containsExactly(State.APPLIED);
        assertThat(text("first")).hasValue("hello");
    }

    @Test
    void an_object_that_somebody_makes_in_the_same_moment_is_left_as_it_is() {
        long proposal = accepted("first", "hello");
        writer.isOvertakenBy(() -> somebodyMakes("first", "theirs"));

        assertThat(((Refused) act(proposal)).code()).isEqualTo(RefusalCode.PLAN_CHANGED);
        assertThat(text("first")).hasValue("theirs");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void whether_an_object_is_ours_that_somebody_made_after_a_lost_request_is_a_persons_question() {
        long proposal = accepted("first", "hello");
        writer.losesTheNextRequest();
        act(proposal);
        somebodyMakes("first", "theirs");

        assertThat(((Refused) act(proposal)).code()).isEqualTo(RefusalCode.OUTCOME_UNKNOWN);
        assertThat(text("first")).hasValue("theirs");
    }

    @Test
    void an_object_that_is_there_is_changed_against_its_version() {
        act(accepted("first", "one"));
        long proposal = accepted("first", "two");
        writer.isOvertakenBy(() -> somebodyAnnotates("first"));

        assertThat(run("job-3", proposal)).isInstanceOf(Done.class);
        assertThat(text("first")).hasValue("two");
    }

    @Test
    void fields_of_others_are_a_refusal_that_names_them_already_when_it_is_proposed() {
        somebodyMakes("first", "theirs");

        Refused refused = (Refused) runner.propose(call("job-1", OptionalLong.empty(), "first", "ours"));

        assertThat(refused.reason()).isEqualTo("ownedByOthers");
        assertThat(refused.message()).contains("kubectl", ".data.text");
    }

    @Test
    void fields_that_others_take_in_the_last_moment_are_not_taken_back() {
        long proposal = accepted("first", "ours");
        writer.answersNext(ClusterFailure.Kind.OWNED);

        assertThat(((Refused) act(proposal)).reason()).isEqualTo("ownedByOthers");
        assertThat(states()).containsExactly(State.FAILED);
    }

    private long accepted(String names, String text) {
        String job = "propose-" + text;
        var proposed = (Proposed) ((Done) runner.propose(call(job, OptionalLong.empty(), names, text))).output();
        proposals.decide(proposed.proposalId(), Decision.ACCEPTED, "alice", rig.clock.instant());
        return proposed.proposalId();
    }

    private StepOutcome act(long proposal) {
        return run("job-2", proposal);
    }

    private StepOutcome run(String job, long proposal) {
        return runner.run(call(job, OptionalLong.of(proposal), "", ""));
    }

    private StepCall call(String job, OptionalLong proposal, String names, String text) {
        return new StepCall(
                "setTexts",
                job,
                "serviceTask_apply",
                0,
                incident.number(),
                "run-1",
                "run-1",
                Mode.EXECUTE,
                Map.of("names", names, "text", text),
                proposal,
                false);
    }

    private List<State> states() {
        return ledger.of(call("job-2", OptionalLong.empty(), "", "")).stream()
                .map(LedgerEntry::state)
                .toList();
    }

    private Optional<String> text(String name) {
        return sandbox.reader()
                .get(ResourceType.CONFIG_MAPS, Sandbox.NAMESPACE, name)
                .flatMap(object -> object.text("/data/text"));
    }

    private void somebodyMakes(String name, String text) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "v1").put("kind", "ConfigMap");
        manifest.putObject("metadata").put("name", name).put("namespace", Sandbox.NAMESPACE);
        manifest.putObject("data").put("text", text);
        KubernetesObject made = sandbox.create(manifest);
        assertThat(made.uid()).isNotBlank();
    }

    private void somebodyAnnotates(String name) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").putObject("annotations").put("team", "payments");
        sandbox.patch(new Target("ConfigMap", Sandbox.NAMESPACE, name), body);
    }
}
