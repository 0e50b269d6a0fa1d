package org.incidentorchestrator.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

/** An exercise is an incident beside the real ones: it takes nothing of theirs. */
class ExerciseTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final IncidentKey KEY = new IncidentKey("ServiceDown", "shop", "cart");

    private final TestDatabase database = TestDatabase.create();
    private final Incidents incidents = new Incidents(database.jdbc());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_exercise_and_a_real_incident_of_one_key_are_open_beside_each_other_and_each_only_once() {
        Incident exercise = exercise();
        Incident real = incidents.open(alert(), NOW);

        assertThat(exercise.exercise()).isTrue();
        assertThat(real.exercise()).isFalse();
        assertThat(incidents.findOpen(KEY)).contains(real);
        assertThat(incidents.findOpenExercise(KEY)).contains(exercise);
        assertThatThrownBy(this::exercise).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> incidents.open(alert(), NOW)).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void no_alert_finds_an_exercise_be_it_open_or_closed() {
        Incident exercise = exercise();
        assertThat(incidents.lockOpen(List.of(KEY))).isEmpty();
        assertThat(incidents.findOpen(List.of(KEY))).isEmpty();

        incidents.close(exercise.number(), Incident.Outcome.RESOLVED_BY_PERSON, NOW);

        assertThat(incidents.findLatest(KEY)).isEmpty();
    }

    @Test
    void the_figures_of_what_is_open_do_not_count_it() {
        exercise();
        assertThat(incidents.countOpen()).isEmpty();

        incidents.open(alert(), NOW);

        assertThat(incidents.countOpen()).containsEntry(Severity.CRITICAL, new Incidents.Count(1, 1));
    }

    private Incident exercise() {
        return incidents.exercise(KEY, Severity.CRITICAL, "cart is down", "alice", null, NOW);
    }

    private static Alert alert() {
        return new Alert(
                "alertmanager",
                Alert.Status.FIRING,
                "f1",
                NOW,
                KEY,
                Severity.CRITICAL,
                "cart is down",
                Map.of(),
                Map.of());
    }
}
