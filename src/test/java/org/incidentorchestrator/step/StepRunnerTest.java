package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.step.Proposal.Decision.ACCEPTED;
import static org.incidentorchestrator.step.Proposal.Decision.DECLINED;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterGate;
import org.incidentorchestrator.cluster.PatchedField;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Fault;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.step.StepOutcome.Reschedule;
import org.incidentorchestrator.step.StepOutcome.Retry;
import org.junit.jupiter.api.Test;

class StepRunnerTest extends ReplicasSet {
    @Test
    void a_proposal_changes_nothing_and_shows_what_would_be_done() {
        Proposed proposed = propose("job-1", 3);

        assertThat(proposed.proposal().get("summary").asText()).contains("from 2 to 3");
        assertThat(proposed.proposal().get("diff").asText()).contains("-  replicas: 2", "+  replicas: 3");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void an_accepted_proposal_is_done_once_however_often_its_job_is_tried() {
        long proposal = accepted(3);

        assertThat(act("job-2", proposal)).isEqualTo(new Done(new SetReplicas.Output(2, 3), false));
        assertThat(act("job-2", proposal)).isEqualTo(new Done(new SetReplicas.Output(2, 3), false));

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void a_result_of_another_release_that_lacks_a_number_is_a_persons_and_no_zero() {
        long proposal = accepted(3);
        act("job-2", proposal);
        rig.database
                .jdbc()
                .sql("update step_ledger set output = '{\"from\":2}' where job_id = 'job-2'")
                .update();

        assertThat(((Fault) act("job-2", proposal)).message())
                .contains("SetReplicas", "another release", "to", "Look at the cluster");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_proposal_cannot_be_used_by_a_second_visit() {
        long proposal = accepted(3);
        act("job-2", proposal);

        assertThat(reason(act("job-3", proposal))).isIn("planChanged", "notDecided");
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void what_nobody_accepted_is_not_done() {
        long open = propose("job-1", 3).proposalId();
        assertThat(reason(act("job-2", open))).isEqualTo("notDecided");

        proposals.decide(open, DECLINED, "alice", clock.instant());
        assertThat(reason(act("job-3", open))).isEqualTo("notDecided");
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void a_change_that_was_not_proposed_is_not_done() {
        assertThat(reason(runner.run(call("job-2", "run-1", OptionalLong.empty(), Mode.EXECUTE, false))))
                .isEqualTo("notDecided");
    }

    @Test
    void the_autonomy_decision_stands_for_a_person_only_where_the_setting_allows_it() {
        long proposal = propose("job-1", 3).proposalId();

        assertThat(runner.run(call("job-2", "run-1", OptionalLong.of(proposal), Mode.EXECUTE, true)))
                .isInstanceOf(Done.class);
        assertThat(proposals.find(proposal).orElseThrow().decidedBy()).isEqualTo("incident-orchestrator");
    }

    @Test
    void the_proposal_of_another_run_is_refused() {
        long proposal = accepted(3);

        assertThat(reason(runner.run(call("job-2", "run-2", OptionalLong.of(proposal), Mode.EXECUTE, false))))
                .isEqualTo("foreignProposal");
    }

    @Test
    void an_expired_proposal_is_refused() {
        long proposal = accepted(3);
        clock.pass(Duration.ofMinutes(31));

        assertThat(reason(act("job-2", proposal))).isEqualTo("proposalExpired");
    }

    @Test
    void a_change_between_proposal_and_act_is_noticed() {
        long proposal = accepted(3);
        somebodyScalesTo(5);

        Refused refused = (Refused) act("job-2", proposal);

        assertThat(refused.code()).isEqualTo(RefusalCode.PLAN_CHANGED);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void nothing_is_done_for_an_incident_that_has_ended() {
        long proposal = accepted(3);
        incidents.end(incident.number(), new Ending(Ending.Cause.PAGER_RESOLVED, "alertmanager", "", clock.instant()));

        assertThat(((Refused) act("job-2", proposal)).code()).isEqualTo(RefusalCode.ALERT_RESOLVED);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_was_changed_is_recorded_with_what_takes_it_back_and_without_our_marks() {
        act("job-2", accepted(3));

        RecordedChange change =
                ledger.last(incident.number(), "setReplicas", GATEWAY).orElseThrow();
        assertThat(change.set()).extracting(PatchedField::text).containsExactly("spec.replicas");
        assertThat(change.at()).isEqualTo(clock.instant());
        assertThat(change.uid()).isEqualTo(gateway().uid());
        assertThat(change.undo().map(JsonNode::toString)).contains("{\"spec\":{\"replicas\":2}}");
        assertThat(ledger.last(new IncidentNumber(99), "setReplicas", GATEWAY)).isEmpty();
    }

    @Test
    void what_was_only_rehearsed_is_not_recorded_as_changed() {
        runner.run(call("job-2", "run-1", OptionalLong.of(accepted(3)), Mode.REHEARSE, false));

        assertThat(ledger.last(incident.number(), "setReplicas", GATEWAY)).isEmpty();
    }

    @Test
    void a_lost_answer_is_found_on_the_object_and_nothing_is_sent_again() {
        long proposal = accepted(3);
        writer.losesTheNextAnswer();

        assertThat(act("job-2", proposal)).isInstanceOf(Retry.class);
        assertThat(act("job-2", proposal)).isInstanceOf(Done.class);

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.APPLIED_RECOVERED);
    }

    @Test
    void a_lost_request_is_sent_again() {
        long proposal = accepted(3);
        writer.losesTheNextRequest();

        assertThat(act("job-2", proposal)).isInstanceOf(Retry.class);
        assertThat(act("job-2", proposal)).isInstanceOf(Done.class);

        assertThat(sandbox.writes()).hasSize(1);
        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.APPLIED);
    }

    @Test
    void a_lost_request_after_which_the_object_changed_is_unknown_and_a_persons() {
        long proposal = accepted(3);
        writer.losesTheNextRequest();
        act("job-2", proposal);
        somebodyScalesTo(5);

        Refused refused = (Refused) act("job-2", proposal);

        assertThat(refused.code()).isEqualTo(RefusalCode.OUTCOME_UNKNOWN);
        assertThat(askedFor).extracting(PersonNeeded::subject).allMatch(subject -> subject.startsWith("step/"));
        assertThat(askedFor).isNotEmpty();
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_the_api_server_refuses_is_on_the_record_with_its_reason() {
        long proposal = accepted(3);
        writer.answersNext(ClusterFailure.Kind.INVALID);

        act("job-2", proposal);

        assertThat(told("STEP_FAILED")).singleElement().asString().endsWith("the API server says INVALID");
    }

    @Test
    void a_try_in_vain_is_on_the_record() {
        long proposal = accepted(3);
        writer.alwaysAnswers(ClusterFailure.Kind.CONFLICT);

        assertThat(act("job-2", proposal)).isInstanceOf(Retry.class);

        assertThat(told("STEP_FAILED")).singleElement().asString().endsWith("is changed by others all the time");
    }

    @Test
    void a_conflict_that_does_not_touch_the_decision_is_resolved_by_sending_again() {
        long proposal = accepted(3);
        writer.isOvertakenBy(() -> somebodyAnnotates("team", "payments"));

        assertThat(act("job-2", proposal)).isInstanceOf(Done.class);
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(replicas()).isEqualTo(3);
    }

    /** As a job does: what it holds itself, the record of its step must not wait for. */
    @Test
    void a_conflict_is_resolved_in_the_transaction_of_a_job_too() {
        long proposal = accepted(3);
        writer.isOvertakenBy(() -> somebodyAnnotates("team", "payments"));

        rig.database.inTransaction(() -> assertThat(act("job-2", proposal)).isInstanceOf(Done.class));
        assertThat(sandbox.writes()).hasSize(1);
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void a_conflict_that_touches_the_decision_is_not_overwritten() {
        long proposal = accepted(3);
        writer.isOvertakenBy(() -> somebodyScalesTo(7));

        assertThat(((Refused) act("job-2", proposal)).code()).isEqualTo(RefusalCode.PLAN_CHANGED);
        assertThat(replicas()).isEqualTo(7);
        assertThat(act("job-2", proposal)).isInstanceOf(Refused.class);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_the_api_server_will_never_take_is_refused_and_stays_refused() {
        long proposal = accepted(3);
        writer.answersNext(ClusterFailure.Kind.INVALID);

        assertThat(reason(act("job-2", proposal))).isEqualTo("rejectedByCluster");
        assertThat(reason(act("job-2", proposal))).isEqualTo("rejectedByCluster");
    }

    @Test
    void missing_rights_are_a_fault_that_no_retry_helps() {
        long proposal = accepted(3);
        writer.answersNext(ClusterFailure.Kind.FORBIDDEN);

        assertThat(act("job-2", proposal)).isInstanceOf(Fault.class);
        assertThat(sandbox.writes()).isEmpty();
        assertThat(told("STEP_FAILED")).hasSize(1);
    }

    @Test
    void once_the_right_is_granted_a_retry_makes_the_change_that_was_decided() {
        long proposal = accepted(3);
        writer.answersNext(ClusterFailure.Kind.FORBIDDEN);
        act("job-2", proposal);

        assertThat(act("job-2", proposal)).isInstanceOf(Done.class);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_rehearsal_changes_nothing_and_says_assumed() {
        long proposal = accepted(3);

        assertThat(runner.run(call("job-2", "run-1", OptionalLong.of(proposal), Mode.REHEARSE, false)))
                .isEqualTo(new Done(new SetReplicas.Output(2, 3), true));
        assertThat(sandbox.writes()).isEmpty();
        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.REHEARSED);
    }

    @Test
    void a_second_run_is_told_which_incident_works_on_the_target() {
        act("job-2", accepted(3));
        Incident other = incidents.open(rig.alert("HighErrorRate"), clock.instant());
        long second = ((Proposed)
                        ((Done) runner.propose(callOf(other, "job-3", "run-2", OptionalLong.empty(), 4))).output())
                .proposalId();
        proposals.decide(second, ACCEPTED, "bob", clock.instant());

        Refused refused = (Refused) runner.run(callOf(other, "job-4", "run-2", OptionalLong.of(second), 4));

        assertThat(refused.reason()).isEqualTo("targetBusy");
        assertThat(refused.message()).contains(incident.number().toString());
    }

    @Test
    void while_a_change_is_unsettled_nothing_more_is_changed_on_its_target() {
        long first = accepted(3);
        writer.losesTheNextRequest();
        act("job-2", first);
        long second = propose("job-3", 4).proposalId();
        proposals.decide(second, ACCEPTED, "alice", clock.instant());

        assertThat(reason(act("job-4", second))).isEqualTo("unsettledChange");
    }

    @Test
    void of_two_nodes_that_propose_in_the_same_job_the_second_returns_what_the_first_has_stored() {
        List<Proposed> first = new ArrayList<>();
        writer.rehearsesAfter(() -> first.add(propose("job-1", 3)));

        assertThat(propose("job-1", 3)).isEqualTo(first.get(0));

        assertThat(told("STEP_PROPOSED")).hasSize(1);
        assertThat(told("STEP_FAILED")).isEmpty();
    }

    @Test
    void of_two_nodes_that_look_in_the_same_job_the_second_returns_what_the_first_has_seen() {
        StepCall call = new StepCall(
                "countReplicas",
                "job-1",
                "serviceTask_count",
                0,
                incident.number(),
                "run-1",
                "run-1",
                Mode.EXECUTE,
                Map.of("target", GATEWAY.id()),
                OptionalLong.empty(),
                false);
        count.isOvertakenBy(() -> {
            assertThat(runner.run(call)).isEqualTo(new Done(new CountReplicas.Output(2), false));
            somebodyScalesTo(5);
        });

        assertThat(runner.run(call)).isEqualTo(new Done(new CountReplicas.Output(2), false));

        assertThat(told("STEP_LOOKED")).hasSize(1);
        assertThat(told("STEP_FAILED")).isEmpty();
    }

    @Test
    void without_a_permit_the_step_comes_again_later() {
        var taken = new ArrayList<ClusterGate.Permit>();
        for (var permit = gate.tryEnter(); permit.isPresent(); permit = gate.tryEnter()) {
            taken.add(permit.get());
        }

        assertThat(runner.propose(call("job-1", "run-1", OptionalLong.empty(), Mode.EXECUTE, false)))
                .isInstanceOf(Reschedule.class);
        taken.forEach(ClusterGate.Permit::close);
    }

    @Test
    void what_is_not_sent_to_a_silent_cluster_costs_no_retry_and_is_no_line_of_the_record() {
        long proposal = accepted(3);
        writer.answersNext(ClusterFailure.Kind.NOT_SENT);

        assertThat(act("job-2", proposal)).isInstanceOf(Reschedule.class);
        assertThat(told("STEP_FAILED")).isEmpty();

        assertThat(act("job-2", proposal)).isInstanceOf(Done.class);
        assertThat(sandbox.writes()).hasSize(1);
    }

    @Test
    void a_model_that_forgets_an_input_is_told_so() {
        var call = new StepCall(
                "setReplicas",
                "job-1",
                "serviceTask_scale",
                0,
                incident.number(),
                "run-1",
                "run-1",
                Mode.EXECUTE,
                Map.of("target", GATEWAY.id()),
                OptionalLong.empty(),
                false);

        assertThat(((Fault) runner.propose(call)).message()).contains("serviceTask_scale", "replicas");
    }
}
