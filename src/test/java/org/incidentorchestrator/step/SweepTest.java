package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.junit.jupiter.api.Test;

class SweepTest extends ReplicasSet {
    @Test
    void the_sweep_leaves_a_job_that_may_still_retry_alone() {
        writer.losesTheNextAnswer();
        act("job-2", accepted(3));
        liveJobs.add("job-2");

        clock.pass(Duration.ofMinutes(1));
        sweep.sweep();

        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.INTENT);
    }

    @Test
    void the_sweep_leaves_a_change_alone_whose_request_may_still_be_on_its_way() {
        writer.losesTheNextRequest();
        act("job-2", accepted(3));
        clock.pass(Duration.ofSeconds(50));

        sweep.sweep();

        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.INTENT);
    }

    @Test
    void the_sweep_finds_out_what_became_of_a_change_whose_job_is_gone() {
        writer.losesTheNextAnswer();
        act("job-2", accepted(3));

        clock.pass(Duration.ofMinutes(1));
        sweep.sweep();

        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.APPLIED_RECOVERED);
        assertThat(askedFor).isEmpty();
    }

    @Test
    void the_sweep_abandons_what_was_never_sent() {
        writer.losesTheNextRequest();
        act("job-2", accepted(3));

        clock.pass(Duration.ofMinutes(1));
        sweep.sweep();

        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.ABANDONED);
        assertThat(sandbox.writes()).isEmpty();
    }

    @Test
    void what_arrives_after_it_was_abandoned_is_on_the_record_as_done() {
        long proposal = accepted(3);
        writer.isOvertakenBy(() -> {
            clock.pass(Duration.ofMinutes(2));
            sweep.sweep();
            assertThat(state("job-2")).isEqualTo(LedgerEntry.State.ABANDONED);
        });

        assertThat(act("job-2", proposal)).isInstanceOf(Done.class);

        assertThat(replicas()).isEqualTo(3);
        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.APPLIED);
        assertThat(told("STEP_APPLIED")).containsExactly("did setReplicas " + GATEWAY);
    }

    @Test
    void the_sweep_asks_a_person_about_what_it_cannot_tell() {
        writer.losesTheNextRequest();
        act("job-2", accepted(3));
        sandbox.delete(GATEWAY);

        clock.pass(Duration.ofMinutes(1));
        sweep.sweep();

        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.UNKNOWN);
        assertThat(askedFor).hasSize(1);
    }

    @Test
    void what_the_sweep_cannot_ask_a_person_about_stays_open_for_the_next_time() {
        writer.losesTheNextRequest();
        act("job-2", accepted(3));
        sandbox.delete(GATEWAY);
        clock.pass(Duration.ofMinutes(1));

        rig.nobodyCanBeAsked = true;
        sweep.sweep();
        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.INTENT);

        rig.nobodyCanBeAsked = false;
        sweep.sweep();
        assertThat(state("job-2")).isEqualTo(LedgerEntry.State.UNKNOWN);
        assertThat(askedFor).hasSize(1);
    }
}
