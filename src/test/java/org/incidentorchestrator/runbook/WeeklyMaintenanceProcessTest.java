package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.CERTIFICATE_EXPIRES;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.junit.jupiter.api.Test;

/** The weekly maintenance (runbook W01–W04): a checklist that ends with its window, to the second. */
class WeeklyMaintenanceProcessTest extends MaintenanceScenario {
    static final String UPDATES = "W01 Security updates";
    static final String CERTIFICATES = "W02 Certificate rotation";
    static final String LOGS = "W03 Log rotation";
    static final String CAPACITY = "W04 Capacity review";
    static final String PERFORMANCE = "W04 Performance optimisation";
    private static final String DECIDE = "Decide to begin";

    WeeklyMaintenanceProcessTest() {
        super("weekly-maintenance");
    }

    @Test
    void a_sunday_that_is_not_the_first_of_its_month_begins_the_weekly_one_and_nobody_is_paged() {
        begins();

        assertThat(incidents.list(Listed.OPEN, null, 10))
                .extracting(Incident::runbook)
                .containsExactly("weekly-maintenance");
        assertThat(maintenance().openedAt()).isEqualTo(due);
        assertThat(toldOf("PAGED")).isEmpty();
    }

    @Test
    void its_items_come_one_after_the_other_and_it_is_done_when_each_is() {
        begins();
        assertThat(openItems()).containsExactly(UPDATES);
        isDone(UPDATES);
        assertThat(openItems()).containsExactly(ROTATE);
        rotatesCertificates();
        assertThat(openItems()).containsExactly(LOGS);
        says("bob", LOGS, "skip", "rotated on Friday");
        assertThat(openItems()).containsExactly(REVIEW);
        reviewsCapacity();
        isDone(PERFORMANCE);

        ended("done", Outcome.WORK_DONE);
        assertThat(notes())
                .containsExactly(
                        UPDATES + ": done: by alice",
                        CERTIFICATES + ": done: certificate-rotation",
                        LOGS + ": skipped: bob: rotated on Friday",
                        CAPACITY + ": done: capacity-review",
                        PERFORMANCE + ": done: by alice");
        assertThat(personsNeeded()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void its_procedures_are_on_its_record_and_it_stays_what_it_is() {
        begins();
        isDone(UPDATES);
        assertThat(toldOf("RUNBOOK_STARTED"))
                .containsExactly("runbook weekly-maintenance", "runbook certificate-rotation");
        assertThat(maintenance().runbook()).isEqualTo("weekly-maintenance");
        rotatesCertificates();

        assertThat(toldOf("RUNBOOK_ENDED")).containsExactly("runbook certificate-rotation ended: done");
        assertThat(maintenance().runbook()).isEqualTo("weekly-maintenance");
    }

    @Test
    void a_certificate_that_ends_soon_is_due_in_the_window() {
        sandbox.play(CERTIFICATE_EXPIRES, GATEWAY);
        begins();
        isDone(UPDATES);

        assertThat(shown(ROTATE).get("dueText").toString()).startsWith("mcp-gateway-tls: ends ");
        rotatesCertificates();
        assertThat(openItems()).containsExactly("Decide on remedy");
        at("04:00");

        assertThat(changes()).isEmpty();
        assertThat(notes()).anyMatch(note -> note.startsWith(CERTIFICATES + ": skipped: window closed"));
    }

    @Test
    void a_procedure_that_a_person_gives_up_is_skipped_and_the_next_item_comes() {
        begins();
        isDone(UPDATES);
        leavesCertificates();

        assertThat(notes()).contains(CERTIFICATES + ": skipped: certificate-rotation was abandoned");
        assertThat(openItems()).containsExactly(LOGS);
    }

    @Test
    void a_window_that_closes_while_a_procedure_waits_for_people_takes_its_task_away() {
        begins();
        isDone(UPDATES);
        at("03:59:59");
        assertThat(openItems()).containsExactly(ROTATE);
        at("04:00");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes()).contains(CERTIFICATES + ": skipped: window closed", CAPACITY + ": skipped: window closed");
    }

    @Test
    void the_security_updates_show_the_versions_of_systems_kernels_and_kubelets_as_of_now() {
        begins();

        assertThat(shown(UPDATES))
                .containsEntry("lookedAt", now().toString())
                .containsEntry(
                        "versions", "v1.34.1 on Ubuntu 24.04.3 LTS, kernel 6.8.0-87-generic: node-1, node-2, node-3")
                .containsEntry("readyNodes", 3);
        passes(Duration.ofMinutes(10));
        says("alice", UPDATES, "lookAgain", "");

        assertThat(shown(UPDATES)).containsEntry("lookedAt", now().toString());
        isDone(UPDATES);
        assertThat(openItems()).containsExactly(ROTATE);
    }

    @Test
    void whoever_has_an_item_is_told_half_an_hour_before_the_window_closes_and_not_a_second_before() {
        begins();
        claims("alice", UPDATES);

        at("03:29:59");
        assertThat(toldOf("MAINTENANCE")).hasSize(1);
        at("03:30");
        assertThat(toldOf("MAINTENANCE")).hasSize(2);
        assertThat(toldOf("MAINTENANCE").get(1)).contains("closes its window at", "'" + UPDATES + "' (alice)");
        at("03:59:59");
        assertThat(toldOf("MAINTENANCE")).hasSize(2);
        assertThat(openItems()).containsExactly(UPDATES);
    }

    @Test
    void at_the_end_of_the_window_what_nobody_has_begun_is_skipped_and_named_for_people() {
        begins();
        isDone(UPDATES);
        rotatesCertificates();
        at("03:59:59");
        assertThat(openItems()).containsExactly(LOGS);
        assertThat(maintenance().aborted()).isFalse();

        at("04:00");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(maintenance().abort().by()).isEqualTo("maintenance window");
        assertThat(notes())
                .containsExactly(
                        UPDATES + ": done: by alice",
                        CERTIFICATES + ": done: certificate-rotation",
                        LOGS + ": skipped: window closed",
                        CAPACITY + ": skipped: window closed",
                        PERFORMANCE + ": skipped: window closed");
        assertThat(personsNeeded())
                .singleElement()
                .asString()
                .contains("Left: " + LOGS + ": skipped: window closed", PERFORMANCE, "Nothing is left half done")
                .doesNotContain(UPDATES);
        assertThat(openItems()).isEmpty();
    }

    @Test
    void what_somebody_had_in_hand_when_the_window_closed_is_handed_to_a_human() {
        begins();
        isDone(UPDATES);
        rotatesCertificates();
        claims("bob", LOGS);

        at("04:00");

        handedToHuman();
        assertThat(notes())
                .containsExactly(
                        UPDATES + ": done: by alice",
                        CERTIFICATES + ": done: certificate-rotation",
                        LOGS + ": left half done: bob had it in hand: window closed",
                        CAPACITY + ": skipped: window closed",
                        PERFORMANCE + ": skipped: window closed");
        answers("carol", "Respond to incident", Map.of("action", "resolved", "reason", "the journals are rotated"));
        work();
        assertThat(maintenance().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    @Test
    void an_abort_after_people_were_called_leaves_it_with_them() {
        begins();
        says("alice", UPDATES, "halfDone", "agent-2 does not come back");
        rotatesCertificates();
        isDone(LOGS);
        reviewsCapacity();
        isDone(PERFORMANCE);
        handedToHuman();
        assertThat(runs.abort(maintenance().number(), "bob", "an outage")).isEmpty();
        work();
        assertThat(maintenance().open()).isTrue();

        answers("carol", "Respond to incident", Map.of("action", "resolved", "reason", "agent-2 is back"));
        work();
        assertThat(maintenance().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    @Test
    void what_was_given_back_before_the_end_is_not_in_hand() {
        begins();
        claims("bob", UPDATES);
        givesBack(UPDATES);

        at("04:00");

        ended("abandoned", Outcome.WORK_ABANDONED);
    }

    @Test
    void what_a_person_leaves_half_done_is_handed_over_after_the_other_items_were_asked() {
        begins();
        says("alice", UPDATES, "halfDone", "agent-2 does not come back");
        rotatesCertificates();
        isDone(LOGS);
        reviewsCapacity();
        isDone(PERFORMANCE);

        handedToHuman();
        assertThat(notes()).contains(UPDATES + ": left half done: alice: agent-2 does not come back");
    }

    @Test
    void whoever_does_not_simply_do_an_item_says_why() {
        begins();
        for (String answer : List.of("skip", "halfDone", "endWork")) {
            assertThatThrownBy(() -> says("alice", UPDATES, answer, " "))
                    .hasMessageContaining("'settledNote'")
                    .hasMessageContaining(UPDATES);
        }
        assertThatThrownBy(() -> says("alice", UPDATES, "later", "in the evening"))
                .hasMessageContaining("'itemAnswer' is one of");
        assertThat(openItems()).containsExactly(UPDATES);
    }

    @Test
    void a_person_ends_it_early_and_all_that_follows_is_skipped_with_their_reason() {
        begins();
        isDone(UPDATES);
        rotatesCertificates();
        says("bob", LOGS, "endWork", "the storage is being moved");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes())
                .containsExactly(
                        UPDATES + ": done: by alice",
                        CERTIFICATES + ": done: certificate-rotation",
                        LOGS + ": skipped: bob ended the work: the storage is being moved",
                        CAPACITY + ": skipped: bob ended the work: the storage is being moved",
                        PERFORMANCE + ": skipped: bob ended the work: the storage is being moved");
        assertThat(personsNeeded()).isEmpty();
        at("04:00");
        assertThat(maintenance().abort().by()).isEqualTo("bob");
    }

    @Test
    void somebody_who_aborts_it_leaves_half_done_what_another_one_had_in_hand() {
        begins();
        claims("alice", UPDATES);
        assertThat(runs.abort(maintenance().number(), "bob", "an outage")).isEmpty();
        work();

        handedToHuman();
        assertThat(notes()).contains(UPDATES + ": left half done: alice had it in hand: bob ended the work: an outage");
    }

    @Test
    void begun_late_after_an_outage_of_ours_it_still_ends_when_it_was_due_to() {
        sleepsUntil("03:40");
        begins();

        assertThat(toldOf("MAINTENANCE")).as("begun, and the end is near").hasSize(2);
        assertThat(openItems()).containsExactly(UPDATES);
        at("03:59:59");
        assertThat(openItems()).containsExactly(UPDATES);
        at("04:00");
        ended("abandoned", Outcome.WORK_ABANDONED);
    }

    @Test
    void one_that_could_only_begin_after_its_end_was_missed_and_somebody_is_told() {
        sleepsUntil("04:00");
        begins();

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(toldOf("MAINTENANCE")).singleElement().asString().contains("was missed", "before it could begin");
        assertThat(personsNeeded()).singleElement().asString().contains("was missed");
        assertThat(openItems()).isEmpty();
    }

    @Test
    void an_outage_of_ours_over_the_end_skips_what_was_open_as_soon_as_we_are_back() {
        begins();
        sleepsUntil("07:00");
        work();

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes()).hasSize(5).allMatch(note -> note.endsWith("skipped: window closed"));
    }

    @Test
    void beside_another_maintenance_it_is_not_begun_and_somebody_is_told() {
        var other = opens("MonthlyMaintenance");
        begins();

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(personsNeeded())
                .singleElement()
                .asString()
                .contains("was superseded", other.number().toString(), "never both");
        assertThat(openItems()).isEmpty();
    }

    @Test
    void with_a_critical_incident_open_a_person_decides_and_may_put_it_off() {
        breaks(NEVER_HEALTHY);
        work();
        begins();

        assertThat(openItems()).containsExactly(DECIDE);
        assertThat(shown(DECIDE).get("criticalText").toString())
                .contains(incident().number().toString(), GATEWAY);
        decidesToBegin("decline");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes()).isEmpty();
        assertThat(personsNeeded()).isEmpty();
    }

    @Test
    void who_decides_to_begin_nevertheless_begins_it() {
        breaks(NEVER_HEALTHY);
        work();
        begins();
        decidesToBegin("begin");

        assertThat(openItems()).containsExactly(UPDATES);
    }

    @Test
    void who_looks_again_once_it_is_over_is_not_asked_a_second_time() {
        breaks(NEVER_HEALTHY);
        work();
        begins();
        decidesToBegin("lookAgain");
        assertThat(openItems()).containsExactly(DECIDE);

        ends("bob", "notAnIncident");
        decidesToBegin("lookAgain");

        assertThat(openItems()).containsExactly(UPDATES);
    }

    @Test
    void a_window_that_closes_before_anybody_has_decided_is_told_too() {
        breaks(NEVER_HEALTHY);
        work();
        begins();
        claims("alice", DECIDE);
        at("04:00");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(personsNeeded()).singleElement().asString().contains("Left: everything");
    }

    @Test
    void while_somebody_has_an_item_its_alerts_page_nobody_and_they_do_as_soon_as_it_is_answered() {
        begins();
        claims("alice", UPDATES);
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(20));
        assertThat(told("PAGED")).isEmpty();
        assertThat(incident().heldUntil()).isEqualTo(due.plus(Duration.ofHours(2)));

        isDone(UPDATES);

        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
        assertThat(calendar.notOver()).isEmpty();
    }

    @Test
    void a_suspected_breach_pages_all_the_same() {
        begins();
        claims("alice", UPDATES);
        firesAs("SuspectedBreach");
        work();

        assertThat(told("PAGED")).isNotEmpty();
    }

    @Test
    void an_item_that_is_given_back_or_taken_away_keeps_nothing_from_people_any_more() {
        begins();
        claims("alice", UPDATES);
        assertThat(calendar.notOver()).hasSize(1);
        givesBack(UPDATES);
        assertThat(calendar.notOver()).isEmpty();
        claims("bob", UPDATES);
        assertThat(calendar.notOver()).hasSize(1);
        assertThat(runs.abort(maintenance().number(), "carol", "an outage")).isEmpty();
        work();

        assertThat(calendar.notOver()).isEmpty();
    }

    @Test
    void what_a_person_has_begun_keeps_nothing_from_people() {
        begunBy("alice");
        claims("alice", UPDATES);

        assertThat(calendar.notOver()).isEmpty();
    }
}
