package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterGates;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.support.TestIncident;
import org.junit.jupiter.api.Test;

class ModeLimitTest {
    private static final ClusterSettings REAL = new ClusterSettings(
            "kubeconfig",
            false,
            "",
            Map.of(),
            Map.of(),
            Duration.ofSeconds(10),
            10,
            List.of("shop"),
            Duration.ofSeconds(15));

    private static final IncidentKey KEY = new IncidentKey("ServiceDown", "shop", "cart");
    private static final Instant AT = Instant.parse("2026-11-24T03:00:00Z");

    private final Incident real = TestIncident.opened(1, KEY, AT).row();
    private final Incident exercise = TestIncident.opened(2, KEY, AT).exercise().row();

    @Test
    void an_exercise_never_changes_a_real_cluster_whatever_is_set_and_whatever_its_run_wishes() {
        ModeLimit limit = new ModeLimit(settings(Mode.EXECUTE), REAL);

        assertThat(limit.mode(real)).isEqualTo(Mode.EXECUTE);
        assertThat(limit.mode(exercise)).isEqualTo(Mode.REHEARSE);
        assertThat(limit.of(Mode.EXECUTE, exercise)).isEqualTo(Mode.REHEARSE);
    }

    @Test
    void an_exercise_on_the_sandbox_does_what_a_real_incident_may() {
        assertThat(new ModeLimit(unset(), ClusterGates.settings()).mode(exercise))
                .isEqualTo(Mode.EXECUTE);
        assertThat(new ModeLimit(settings(Mode.REHEARSE), ClusterGates.settings()).mode(exercise))
                .isEqualTo(Mode.REHEARSE);
    }

    private static StepSettings settings(Mode mode) {
        return new StepSettings(Optional.of(mode), false, Duration.ofMinutes(30), Duration.ofMinutes(30));
    }

    private static StepSettings unset() {
        return new StepSettings(Optional.empty(), false, Duration.ofMinutes(30), Duration.ofMinutes(30));
    }
}
