package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.junit.jupiter.api.Test;

/** The monthly maintenance (runbook N01–N04) with the weekly list in it (runbook W01–W04), in a window of four hours. */
class MonthlyMaintenanceProcessTest extends MaintenanceScenario {
    static final String K3S = "N01 K3s version updates";
    static final String COMPONENTS = "N02 Platform component updates";
    static final String BACKUPS = "N03 Back-up verification";
    static final String RECOVERY = "N04 Disaster recovery rehearsal";

    MonthlyMaintenanceProcessTest() {
        super("monthly-maintenance");
    }

    @Test
    void the_first_sunday_of_a_month_begins_the_monthly_one_and_not_the_weekly() {
        begins();

        assertThat(incidents.list(Listed.OPEN, null, 10))
                .extracting(Incident::runbook)
                .containsExactly("monthly-maintenance");
        assertThat(maintenance().openedAt()).isEqualTo(due);
        assertThat(toldOf("PAGED")).isEmpty();
    }

    @Test
    void the_weekly_list_comes_first_and_then_that_of_the_month() {
        begins();
        weeklyIsDone();
        assertThat(openItems()).containsExactly(K3S);
        assertThat(shown(K3S).get("versions").toString()).contains("v1.34.1", "node-1");
        isDone(K3S);
        assertThat(openItems()).containsExactly(COMPONENTS);
        assertThat(shown(COMPONENTS))
                .containsEntry("argoCd", "installed")
                .containsEntry("lookedAt", now().toString())
                .containsKeys("applications", "outOfSync", "unhealthy");
        isDone(COMPONENTS);
        recoveryIsLeft();

        ended("done", Outcome.WORK_DONE);
        assertThat(notes()).hasSize(9);
        assertThat(notes().subList(0, 7)).allMatch(note -> note.contains(": done"));
        assertThat(notes().subList(7, 9))
                .containsExactly(
                        BACKUPS + ": skipped: verify-backup was abandoned",
                        RECOVERY + ": skipped: rehearse-recovery was abandoned");
    }

    @Test
    void its_window_is_the_longer_one_warned_of_at_half_past_five_and_closed_at_six() {
        begins();
        weeklyIsDone();
        isDone(K3S);

        at("05:29:59");
        assertThat(toldOf("MAINTENANCE")).hasSize(1);
        at("05:30");
        assertThat(toldOf("MAINTENANCE")).hasSize(2);
        at("05:59:59");
        assertThat(openItems()).containsExactly(COMPONENTS);
        at("06:00");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes()).contains(COMPONENTS + ": skipped: window closed");
        assertThat(personsNeeded())
                .singleElement()
                .asString()
                .contains(COMPONENTS)
                .doesNotContain(K3S);
    }

    @Test
    void a_window_that_closes_in_the_weekly_list_skips_that_of_the_month_too() {
        begins();
        at("06:00");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes()).hasSize(9).allMatch(note -> note.endsWith("skipped: window closed"));
        assertThat(notes()).anyMatch(note -> note.startsWith(K3S)).anyMatch(note -> note.startsWith(COMPONENTS));
    }

    @Test
    void beside_an_open_weekly_one_it_is_not_begun() {
        opens("WeeklyMaintenance");
        begins();

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(toldOf("MAINTENANCE")).singleElement().asString().contains("was superseded");
    }

    @Test
    void with_a_critical_incident_a_person_may_decline() {
        firesAs("SuspectedBreach");
        work();
        begins();
        decidesToBegin("decline");

        ended("abandoned", Outcome.WORK_ABANDONED);
        assertThat(notes()).isEmpty();
    }

    @Test
    void what_is_left_half_done_is_handed_to_a_human() {
        begins();
        weeklyIsDone();
        says("bob", K3S, "halfDone", "server-1 is at the new version, the agents are not");
        isDone(COMPONENTS);
        recoveryIsLeft();

        handedToHuman();
    }
}
