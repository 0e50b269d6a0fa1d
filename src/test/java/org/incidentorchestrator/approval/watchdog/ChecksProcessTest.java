package org.incidentorchestrator.approval.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each check with what makes it find something, and the same without. */
class ChecksProcessTest {
    private static WatchdogRig rig;

    @BeforeAll
    static void build() {
        rig = new WatchdogRig();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.reset();
    }

    private List<Finding> found(Check check) {
        return check.findings(rig.clock.instant());
    }

    @Test
    void an_incident_whose_ladder_has_a_timer_is_in_order_and_one_whose_timer_was_deleted_is_silent() {
        IncidentNumber number = rig.opened();
        assertThat(found(rig.ladders())).isEmpty();

        rig.deletesTimer();

        assertThat(found(rig.ladders())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LADDER);
            assertThat(finding.about()).isEqualTo(number.toString());
        });
    }

    @Test
    void an_incident_is_silent_when_its_ladder_is_suspended_has_given_up_or_waits_for_ever() {
        rig.opened();
        rig.engine
                .getRuntimeService()
                .updateProcessInstanceSuspensionState()
                .byProcessDefinitionKey("page-responders")
                .suspend();
        assertThat(found(rig.ladders())).hasSize(1);

        rig.engine
                .getRuntimeService()
                .updateProcessInstanceSuspensionState()
                .byProcessDefinitionKey("page-responders")
                .activate();
        assertThat(found(rig.ladders())).isEmpty();

        rig.engine.getManagementService().setJobRetries(rig.timer().getId(), 0);
        assertThat(found(rig.ladders())).hasSize(1);

        rig.engine.getManagementService().setJobRetries(rig.timer().getId(), 1);
        rig.engine
                .getManagementService()
                .setJobDuedate(rig.timer().getId(), Date.from(Instant.parse("2999-12-31T00:00:00Z")));
        assertThat(found(rig.ladders())).hasSize(1);
    }

    @Test
    void a_timer_of_another_incident_does_not_stand_in_for_a_missing_one() {
        rig.opened();
        rig.deletesTimer();
        rig.opened("billing", Severity.CRITICAL, rig.clock.instant().plusSeconds(60));

        assertThat(found(rig.ladders())).extracting(Finding::about).containsExactly("INC-1");
    }

    @Test
    void an_incident_that_somebody_has_or_that_has_ended_or_that_pages_nobody_needs_no_timer() {
        IncidentNumber number = rig.opened();
        rig.deletesTimer();
        assertThat(found(rig.ladders())).hasSize(1);

        rig.set("severity", "INFO");
        assertThat(found(rig.ladders())).isEmpty();
        rig.set("severity", "CRITICAL");
        rig.set("ending", "NOT_AN_INCIDENT");
        assertThat(found(rig.ladders())).isEmpty();
        rig.set("ending", "PAGER_RESOLVED");
        assertThat(found(rig.ladders())).as("not verified yet").hasSize(1);
        rig.incidents.acknowledge(number, "alice", rig.clock.instant());
        assertThat(found(rig.ladders())).isEmpty();
        rig.incidents.giveBack(number, rig.clock.instant());
        assertThat(found(rig.ladders())).hasSize(1);
        rig.set("open_key", null);
        assertThat(found(rig.ladders())).isEmpty();
    }

    @Test
    void an_incident_in_a_maintenance_window_needs_a_timer_when_the_window_is_over() {
        rig.opened();
        rig.deletesTimer();
        rig.set("held_until", Incidents.utc(rig.clock.instant().plusSeconds(60)));
        assertThat(found(rig.ladders())).isEmpty();

        rig.clock.pass(Duration.ofSeconds(60));

        assertThat(found(rig.ladders())).hasSize(1);
    }

    @Test
    void a_timer_that_is_due_is_late_after_five_seconds() {
        rig.opened();
        Instant due = rig.timer().getDuedate().toInstant();
        rig.clock.pass(Duration.ofMinutes(15).plusSeconds(4));
        assertThat(found(rig.timers())).isEmpty();

        rig.clock.pass(Duration.ofSeconds(1));

        assertThat(found(rig.timers()))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("1 of them were due more than 5 s ago, the oldest at " + due);
    }

    @Test
    void an_overdue_timer_that_is_being_worked_is_not_late_for_a_minute() {
        rig.opened();
        rig.clock.pass(Duration.ofMinutes(15).plusSeconds(30));
        rig.database
                .jdbc()
                .sql("update act_ru_job set lock_owner_ = 'node-1', lock_exp_time_ = :until")
                .param("until", java.sql.Timestamp.from(rig.clock.instant().plusSeconds(120)))
                .update();
        assertThat(found(rig.timers())).isEmpty();
        assertThat(found(rig.ladders())).isEmpty();

        rig.clock.pass(Duration.ofSeconds(36));

        assertThat(found(rig.timers())).hasSize(1);
    }

    @Test
    void the_canary_is_one_measures_how_late_timers_fire_and_leaves_nothing_behind() {
        rig.canary.release(Duration.ofSeconds(7));
        rig.canary.release(Duration.ofSeconds(7));
        String job = rig.engine
                .getManagementService()
                .createJobQuery()
                .singleResult()
                .getId();
        assertThat(found(rig.timers())).isEmpty();

        rig.clock.pass(Duration.ofSeconds(10));
        rig.engine.getManagementService().executeJob(job);
        assertThat(rig.canary.lateness()).hasValue(Duration.ofSeconds(3));
        assertThat(found(rig.timers())).isEmpty();

        rig.canary.release(Duration.ofSeconds(7));
        rig.clock.pass(Duration.ofSeconds(13));
        rig.engine
                .getManagementService()
                .executeJob(rig.engine
                        .getManagementService()
                        .createJobQuery()
                        .singleResult()
                        .getId());

        assertThat(found(rig.timers()))
                .singleElement()
                .extracting(Finding::what)
                .asString()
                .contains("by 6 s");
        assertThat(rig.engine.getManagementService().createJobQuery().count()).isZero();
        assertThat(rig.engine.getHistoryService().createHistoricJobLogQuery().count())
                .isZero();
    }

    @Test
    void the_history_keeps_all_other_jobs() {
        rig.opened();

        assertThat(rig.engine.getHistoryService().createHistoricJobLogQuery().count())
                .isEqualTo(1);
    }

    @Test
    void a_job_that_has_given_up_is_found_until_somebody_was_asked_about_it() {
        rig.opened();
        String job = rig.timer().getId();
        assertThat(found(rig.failedJobs())).isEmpty();
        rig.database.jdbc().sql("update act_ru_job set retries_ = 0").update();
        assertThat(found(rig.failedJobs())).extracting(Finding::about).containsExactly("job/" + job);

        rig.people.ask(new org.incidentorchestrator.incident.PersonNeeded(
                "Mend it.", java.util.Optional.empty(), "job/" + job));
        assertThat(found(rig.failedJobs())).isEmpty();

        String task = rig.engine
                .getTaskService()
                .createTaskQuery()
                .taskName("Mend it.")
                .singleResult()
                .getId();
        rig.engine.getTaskService().deleteTask(task);
        assertThat(found(rig.failedJobs()))
                .as("an administrator has deleted it")
                .hasSize(1);
    }

    @Test
    void a_failed_job_whose_task_somebody_has_completed_is_known_to_a_person() {
        rig.opened();
        String subject = "job/" + rig.timer().getId();
        rig.database.jdbc().sql("update act_ru_job set retries_ = 0").update();
        rig.people.ask(
                new org.incidentorchestrator.incident.PersonNeeded("Mend it.", java.util.Optional.empty(), subject));
        String task = rig.engine
                .getTaskService()
                .createTaskQuery()
                .taskName("Mend it.")
                .singleResult()
                .getId();

        rig.engine.getTaskService().complete(task);

        assertThat(found(rig.failedJobs())).isEmpty();
    }

    @Test
    void a_message_that_is_due_may_wait_for_two_minutes() {
        notified("DUE", rig.clock.instant());
        notified("SENT", rig.clock.instant().minusSeconds(3600));
        notified("DUE", rig.clock.instant().plusSeconds(3600));
        rig.clock.pass(Duration.ofMinutes(2));
        assertThat(found(rig.outbox())).isEmpty();

        rig.clock.pass(Duration.ofSeconds(1));

        assertThat(found(rig.outbox())).extracting(Finding::kind).containsExactly(Kind.OUTBOX);
    }

    @Test
    void an_entry_that_is_not_sealed_may_wait_for_a_minute() {
        assertThat(found(rig.sealer())).isEmpty();
        rig.database
                .evidence(rig.clock)
                .append(org.incidentorchestrator.evidence.Entry.of(
                        org.incidentorchestrator.evidence.Entry.Kind.NOTE, new IncidentNumber(1), "alice", "noted"));
        rig.clock.pass(Duration.ofMinutes(1));
        assertThat(found(rig.sealer())).isEmpty();

        rig.clock.pass(Duration.ofSeconds(1));
        assertThat(found(rig.sealer())).extracting(Finding::kind).containsExactly(Kind.EVIDENCE);

        rig.database.jdbc().sql("update evidence set seq = 1").update();
        assertThat(found(rig.sealer())).isEmpty();
    }

    private void notified(String state, Instant due) {
        rig.database
                .jdbc()
                .sql(
                        """
                        insert into notification (dedup_key, episode, kind, level, subject, text, paged, pager_key,
                            contact, addresses, position, round, channel, address, state, attempts, due_at, created_at)
                        values (:key, 0, 'PAGE', 1, '', 'x', '', '', 'Alice', 'mail alice@example.org', 0, 0, 'mail',
                            'alice@example.org', :state, 0, :due, :due)""")
                .param("key", state + due)
                .param("state", state)
                .param("due", Incidents.utc(due))
                .update();
    }
}
