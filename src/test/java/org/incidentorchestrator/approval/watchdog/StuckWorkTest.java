package org.incidentorchestrator.approval.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.incidentorchestrator.incident.Incidents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StuckWorkTest {
    private final WatchdogRig rig = new WatchdogRig();
    private List<Finding> found = List.of();
    private final Watchdog watchdog = rig.watchdog(now -> found);
    private final StuckWork stuck = new StuckWork(rig.database.jdbc(), watchdog, rig.clock);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void where_all_goes_on_nothing_is_stuck() {
        assertThat(stuck.list()).isEmpty();
    }

    @Test
    void what_was_not_understood_and_what_has_no_result_is_named_the_oldest_first() {
        parked(rig.clock.instant());
        intended(rig.clock.instant().minusSeconds(90));
        intended(rig.clock.instant().minusSeconds(5));

        assertThat(stuck.list())
                .extracting(Stuck::what)
                .containsExactly(
                        "What became of the change restartWorkload Deployment/shop/cart is not known.",
                        "The message inbox/1 was not understood.");
        assertThat(stuck.list().get(0).incident()).hasToString("Optional[INC-7]");
        assertThat(stuck.list().get(1).why())
                .isEqualTo(
                        "It is no JSON. Look whether it is an alert, and work on that by hand; then POST /api/inbox/{id}/replay.");
        assertThat(stuck.list().get(1).since()).isEqualTo(rig.clock.instant());
    }

    @Test
    void what_the_watchdog_has_found_twice_comes_first_and_its_silence_before_all() {
        parked(rig.clock.instant());
        found = List.of(new Finding(Kind.OUTBOX, "", "Messages are not sent."));
        watchdog.round();
        assertThat(stuck.list()).hasSize(1);
        watchdog.round();
        assertThat(stuck.list()).extracting(Stuck::what).startsWith("Messages are not sent.");

        rig.clock.pass(Duration.ofMinutes(10));

        assertThat(stuck.list().get(0).what()).isEqualTo("The watchdog sees nothing.");
    }

    private void parked(Instant at) {
        rig.database
                .jdbc()
                .sql(
                        """
                        insert into inbox (source, received_at, sha256, body, state, attempts, due_at, outcome)
                        values ('alertmanager', :at, '', :body, 'PARKED', 5, :at, 'It is no JSON')""")
                .param("at", Incidents.utc(at))
                .param("body", new byte[0])
                .update();
    }

    private void intended(Instant at) {
        rig.database
                .jdbc()
                .sql(
                        """
                        insert into step_ledger (job_id, activity_id, loop_counter, ordinal, mark, incident, run_id, step, mode,
                            target, state, planned_at, intent_at)
                        values (:job, 'x', 0, 0, 'x', 7, 'x', 'restartWorkload', 'EXECUTE', 'Deployment/shop/cart',
                            'INTENT', :at, :at)""")
                .param("job", at.toString())
                .param("at", Incidents.utc(at))
                .update();
    }
}
