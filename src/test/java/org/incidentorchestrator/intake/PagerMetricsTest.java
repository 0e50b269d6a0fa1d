package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Glances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagerMetricsTest {
    private final Rig rig = new Rig();
    private final ListingAlertmanager pager = new ListingAlertmanager();

    @AfterEach
    void close() {
        pager.close();
        rig.close();
    }

    @Test
    void how_long_the_paging_system_is_silent_can_be_seen() {
        Reconciliation reconciliation = bind(Map.of("intake.sources.alertmanager.url", pager.url()));
        assertThat(gauge("heartbeat.age")).isZero();
        assertThat(gauge("reconcile.age")).isNaN();

        rig.work(Fixture.firing("f1", "Watchdog", ""));
        reconciliation.look(false);
        rig.clock.pass(Duration.ofSeconds(90));
        pager.answersWith(500);
        reconciliation.look(false);

        assertThat(gauge("heartbeat.age")).isEqualTo(90);
        assertThat(gauge("reconcile.age")).isEqualTo(90);
    }

    @Test
    void one_that_is_not_asked_is_not_missed() {
        bind(Map.of());

        assertThat(rig.meters.find("incident.orchestrator.reconcile.age").gauge())
                .isNull();
    }

    private Reconciliation bind(Map<String, String> settings) {
        Reconciliation reconciliation = rig.reconciliation(Fixture.asking(settings));
        new PagerMetrics(rig.heartbeatWatch, reconciliation, new Glances(rig.clock), rig.clock).bindTo(rig.meters);
        return reconciliation;
    }

    private double gauge(String name) {
        return rig.meters.get("incident.orchestrator." + name).gauge().value();
    }
}
