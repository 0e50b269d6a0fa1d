package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.MaintenanceSettings;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.MaintenanceWindows;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.runbook.DeploymentSettings.Window;
import org.incidentorchestrator.step.StopSwitch;
import org.incidentorchestrator.step.guard.GuardSettings;
import org.incidentorchestrator.step.guard.GuardSettings.Freeze;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What speaks against a deployment whatever the cluster says. */
class DeploymentEntryTest {
    private static final String SHOP = "shop";

    private final TestDatabase database = TestDatabase.create();
    private final TestClock clock = new TestClock();
    private final Incidents incidents = new Incidents(database.jdbc());
    private final MaintenanceWindows windows = new MaintenanceWindows(
            database.jdbc(),
            new MaintenanceSettings(
                    Duration.ofHours(8),
                    Set.of(),
                    Duration.ofHours(2),
                    Duration.ofHours(4),
                    Duration.ofMinutes(30),
                    SHOP));
    private final Incident own = opens("PlannedDeployment", SHOP, Severity.INFO);

    @AfterEach
    void end() {
        database.close();
    }

    @Test
    void nothing_speaks_against_it_in_a_quiet_namespace() {
        assertThat(find(Window.OPTIONAL).objection()).isEmpty();
        assertThat(find(Window.OPTIONAL))
                .isEqualTo(new DeploymentEntry.Found("", List.of(), "none", "no maintenance window of shop is open"));
    }

    @Test
    void a_freeze_holds_from_its_beginning_to_before_its_end() {
        Freeze freeze = new Freeze(clock.instant(), clock.instant().plusSeconds(60), "the year ends");
        assertThat(find(Window.OPTIONAL, freeze).freeze()).contains("frozen until", "the year ends");
        assertThat(find(Window.OPTIONAL, freeze).objection())
                .startsWith("Nothing may be changed now: changes are frozen");
        clock.pass(Duration.ofSeconds(60));
        assertThat(find(Window.OPTIONAL, freeze).freeze()).isEmpty();
    }

    @Test
    void open_critical_incidents_of_the_namespace_count_and_those_that_nobody_could_judge() {
        opens("ServiceDown", SHOP, Severity.CRITICAL);
        opens("Odd", SHOP, Severity.UNKNOWN);
        opens("Slow", SHOP, Severity.WARNING);
        opens("ServiceDown", "elsewhere", Severity.CRITICAL);
        Incident over = opens("NodeDown", SHOP, Severity.CRITICAL);
        incidents.close(over.number(), Incident.Outcome.NOT_AN_INCIDENT, clock.instant());

        assertThat(find(Window.OPTIONAL).critical())
                .hasSize(2)
                .anyMatch(each -> each.endsWith("(ServiceDown)"))
                .anyMatch(each -> each.endsWith("(Odd)"));
        assertThat(find(Window.OPTIONAL).objection()).startsWith("Critical incidents are open: INC-");
    }

    @Test
    void a_window_of_the_whole_namespace_is_open_while_it_holds_and_is_missed_where_one_is_asked_for() {
        assertThat(find(Window.REQUIRED).window()).isEqualTo("required");
        declares("cart");
        assertThat(find(Window.REQUIRED).window()).as("of one workload").isEqualTo("required");
        assertThat(find(Window.REQUIRED).objection())
                .isEqualTo("A maintenance window has to be open: no maintenance window of shop is open");
        declares(MaintenanceWindow.ALL);

        assertThat(find(Window.REQUIRED).window()).isEqualTo("open");
        assertThat(find(Window.OPTIONAL).windowText()).contains("shop/*", "new disks");
        clock.pass(Duration.ofHours(1));
        assertThat(find(Window.REQUIRED).window()).isEqualTo("required");
    }

    private DeploymentEntry.Found find(Window window, Freeze... freezes) {
        return new DeploymentEntry(
                        incidents,
                        windows,
                        new GuardSettings(10, Duration.ofMinutes(2), List.of(freezes)),
                        new StopSwitch(database.jdbc()),
                        new DeploymentSettings(window),
                        clock)
                .find(SHOP, own.number());
    }

    private Incident opens(String alert, String namespace, Severity severity) {
        return incidents.declare(
                new IncidentKey(alert, namespace, ""), severity, "something", "alice", null, clock.instant());
    }

    private void declares(String workload) {
        windows.add(new MaintenanceWindow(
                0,
                SHOP,
                workload,
                clock.instant(),
                clock.instant().plus(Duration.ofHours(1)),
                "alice",
                "new disks",
                null));
    }
}
