package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.host.RunState;
import org.incidentorchestrator.host.ScriptHost;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.incidentorchestrator.step.Proposal.Decision;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts through the runner: decided on, begun once, and known of after a crash. */
class ScriptRunTest {
    @TempDir
    Path folder;

    private Path count;
    private ScriptHost host;
    private StepRig rig;

    @BeforeEach
    void open() {
        count = folder.resolve("count");
        host = new ScriptHost(folder).with("job", "#!/bin/sh\necho once >> " + count + "\n");
        rig = new StepRig(host, List.of(new RunJob(host.catalogue(), true), new RunJob(host.catalogue(), false)));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_proposed_script_is_not_run_and_shows_all_that_is_decided_on() {
        Proposed proposed = proposed();

        assertThat(proposed.proposal().get("diff").asText()).contains("+script: job", "+sha256: ", "+host: host-1");
        assertThat(proposed.proposal().get("target").asText()).isEqualTo("Script/host-1/job");
        assertThat(proposed.proposal().get("kubectl").asText()).isEqualTo("./infra/job.sh");
        assertThat(count).doesNotExist();
    }

    @Test
    void an_accepted_script_is_begun_once_however_often_its_job_is_tried() throws IOException {
        long proposal = accepted();

        StepOutcome first = act("job-2", proposal);
        end(first);
        assertThat(act("job-2", proposal)).isEqualTo(first);

        assertThat(states("job-2")).containsExactly(State.APPLIED);
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void a_script_that_nobody_decided_on_is_not_run() {
        assertThat(((Refused) act("job-2", proposed().proposalId())).reason()).isEqualTo("notDecided");
        assertThat(count).doesNotExist();
    }

    @Test
    void a_script_that_was_exchanged_after_the_decision_is_refused() throws IOException {
        long proposal = accepted();
        Files.writeString(host.file("job"), "#!/bin/sh\necho other\n");

        assertThat(((Refused) act("job-2", proposal)).reason()).isEqualTo("scriptChanged");
        assertThat(count).doesNotExist();
    }

    @Test
    void an_order_that_became_another_after_the_decision_is_a_changed_plan() {
        long proposal = accepted();
        host.with("job", "#!/bin/sh\necho twice >> " + count + "\n");
        var newer = new StepRig(host, List.of(new RunJob(host.catalogue(), true)));
        try (newer) {
            Proposed proposed = (Proposed)
                    ((Done) newer.runner.propose(call(newer, "runJob", "job-1", OptionalLong.empty(), Mode.EXECUTE)))
                            .output();
            assertThat(newer.proposals.find(proposed.proposalId()).orElseThrow().hash())
                    .isNotEqualTo(rig.proposals.find(proposal).orElseThrow().hash());
        }
    }

    @Test
    void a_rehearsal_checks_presence_and_digest_and_runs_nothing() {
        long proposal = accepted();

        assertThat(((Done) rig.runner.run(call(rig, "runJob", "job-2", OptionalLong.of(proposal), Mode.REHEARSE)))
                        .assumed())
                .isTrue();
        assertThat(states("job-2")).containsExactly(State.REHEARSED);
        assertThat(count).doesNotExist();
    }

    @Test
    void a_script_is_planned_while_the_cluster_is_gone_that_it_is_to_install() {
        ClusterReader gone = (ClusterReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ClusterReader.class}, (proxy, method, arguments) -> {
                    throw new ClusterFailure(ClusterFailure.Kind.UNREACHABLE, "no answer within 10 s");
                });
        var step = new RunJob(host.catalogue(), true);
        var context = new StepContext(gone, Optional.empty(), Mode.EXECUTE, rig.clock.instant());

        Planned planned = new Planned(step, new RunJob.Input(), context, step.plan(new RunJob.Input(), context));

        assertThat(planned.hash()).hasSize(64);
    }

    @Test
    void an_inspection_needs_no_decision_and_is_begun_once_too() throws IOException {
        StepOutcome first = inspect("job-2", Mode.EXECUTE);
        end(first);

        assertThat(inspect("job-2", Mode.EXECUTE)).isEqualTo(first);
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void an_inspection_is_made_for_an_incident_that_has_ended_too() {
        rig.incidents.end(
                rig.incident.number(),
                new Ending(Ending.Cause.PAGER_RESOLVED, "alertmanager", "", rig.clock.instant()));

        end(inspect("job-2", Mode.EXECUTE));
        assertThat(count).exists();
    }

    @Test
    void an_inspection_is_rehearsed_without_running_it() {
        assertThat(((Done) inspect("job-2", Mode.REHEARSE)).assumed()).isTrue();
        assertThat(count).doesNotExist();
    }

    @Test
    void a_script_that_began_before_the_program_was_killed_is_known_of_and_not_begun_again() throws IOException {
        StepOutcome first = inspect("job-2", Mode.EXECUTE);
        end(first);
        forgetResult("job-2");

        assertThat(inspect("job-2", Mode.EXECUTE)).isEqualTo(first);
        assertThat(states("job-2")).containsExactly(State.APPLIED_RECOVERED);
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void a_script_that_had_not_begun_when_the_program_was_killed_is_begun_by_the_retry() throws IOException {
        StepOutcome first = inspect("job-2", Mode.REHEARSE);
        rig.database
                .jdbc()
                .sql("update step_ledger set state = 'INTENT', mode = 'EXECUTE', result_at = null")
                .update();

        end(inspect("job-2", Mode.EXECUTE));
        assertThat(states("job-2")).containsExactly(State.APPLIED);
        assertThat(((Done) first).output()).isNotNull();
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void the_sweep_settles_what_has_no_job_any_more() {
        end(inspect("job-2", Mode.EXECUTE));
        forgetResult("job-2");
        rig.clock.pass(Duration.ofSeconds(1));
        inspect("job-3", Mode.REHEARSE);
        rig.database
                .jdbc()
                .sql("update step_ledger set state = 'INTENT', mode = 'EXECUTE' where job_id = 'job-3'")
                .update();
        rig.clock.pass(Duration.ofMinutes(2));

        rig.sweep.sweep();

        assertThat(states("job-2")).containsExactly(State.APPLIED_RECOVERED);
        assertThat(states("job-3")).containsExactly(State.ABANDONED);
    }

    @Test
    void what_was_to_run_on_another_machine_is_a_persons_question() {
        inspect("job-2", Mode.REHEARSE);
        rig.database
                .jdbc()
                .sql("update step_ledger set state = 'INTENT', mode = 'EXECUTE',"
                        + " effect = replace(effect, 'host-1', 'host-2')")
                .update();

        assertThat(((Refused) inspect("job-2", Mode.EXECUTE)).code()).isEqualTo(RefusalCode.OUTCOME_UNKNOWN);
        assertThat(rig.askedFor).isNotEmpty();
        assertThat(count).doesNotExist();
    }

    @Test
    void a_missing_script_is_refused_and_on_the_record() throws IOException {
        Files.delete(host.file("job"));

        assertThat(((Refused) inspect("job-2", Mode.EXECUTE)).reason()).isEqualTo("scriptNotAvailable");
        assertThat(rig.database
                        .jdbc()
                        .sql("select summary from evidence where kind = 'STEP_REFUSED'")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("not available on host host-1");
    }

    private void end(StepOutcome begun) {
        String run = ((RunJob.Output) ((Done) begun).output()).run();
        assertThat(host.end(run)).isInstanceOf(RunState.Ended.class);
    }

    /** As when the program is killed between the start and its record. */
    private void forgetResult(String job) {
        rig.database
                .jdbc()
                .sql("update step_ledger set state = 'INTENT', result_at = null where job_id = :job")
                .param("job", job)
                .update();
    }

    private Proposed proposed() {
        return (Proposed)
                ((Done) rig.runner.propose(call(rig, "runJob", "job-1", OptionalLong.empty(), Mode.EXECUTE))).output();
    }

    private long accepted() {
        long proposal = proposed().proposalId();
        rig.proposals.decide(proposal, Decision.ACCEPTED, "alice", rig.clock.instant());
        return proposal;
    }

    private StepOutcome act(String job, long proposal) {
        return rig.runner.run(call(rig, "runJob", job, OptionalLong.of(proposal), Mode.EXECUTE));
    }

    private StepOutcome inspect(String job, Mode mode) {
        return rig.runner.run(call(rig, "inspectByJob", job, OptionalLong.empty(), mode));
    }

    private List<State> states(String job) {
        return rig.ledger.of(call(rig, "any", job, OptionalLong.empty(), Mode.EXECUTE)).stream()
                .map(LedgerEntry::state)
                .toList();
    }

    private static StepCall call(StepRig rig, String step, String job, OptionalLong proposal, Mode mode) {
        return new StepCall(
                step,
                job,
                "serviceTask_run",
                0,
                rig.incident.number(),
                "run-1",
                "run-1",
                mode,
                Map.of(),
                proposal,
                false);
    }
}
