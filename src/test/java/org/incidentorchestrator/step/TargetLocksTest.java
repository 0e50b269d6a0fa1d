package org.incidentorchestrator.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TargetLocksTest {
    private static final Target GATEWAY = new Target("Deployment", "a1-orchestrator", "mcp-gateway");
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final Duration EXPIRY = Duration.ofMinutes(30);
    private static final IncidentNumber FIRST = new IncidentNumber(1);
    private static final IncidentNumber SECOND = new IncidentNumber(2);

    private final TestDatabase database = TestDatabase.create();
    private final TargetLocks locks = new TargetLocks(database.jdbc());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_second_run_is_told_who_holds_the_target() {
        assertThat(locks.take(GATEWAY, "run-1", FIRST, NOW, EXPIRY)).isEmpty();
        assertThat(locks.take(GATEWAY, "run-2", SECOND, NOW, EXPIRY)).contains(FIRST);
    }

    @Test
    void the_holder_keeps_its_lock_by_working() {
        locks.take(GATEWAY, "run-1", FIRST, NOW, EXPIRY);
        locks.take(GATEWAY, "run-1", FIRST, NOW.plus(Duration.ofMinutes(20)), EXPIRY);

        assertThat(locks.take(GATEWAY, "run-2", SECOND, NOW.plus(Duration.ofMinutes(40)), EXPIRY))
                .contains(FIRST);
    }

    @Test
    void a_lock_without_a_step_for_half_an_hour_is_free() {
        locks.take(GATEWAY, "run-1", FIRST, NOW, EXPIRY);

        assertThat(locks.take(GATEWAY, "run-2", SECOND, NOW.plus(Duration.ofMinutes(31)), EXPIRY))
                .isEmpty();
        assertThat(locks.holder(GATEWAY)).contains(SECOND);
    }

    @Test
    void what_a_run_held_is_free_when_it_ends() {
        locks.take(GATEWAY, "run-1", FIRST, NOW, EXPIRY);
        locks.release("run-1");

        assertThat(locks.take(GATEWAY, "run-2", SECOND, NOW, EXPIRY)).isEmpty();
    }

    @Test
    void an_exercise_hinders_no_real_run_and_a_real_run_hinders_an_exercise() {
        IncidentNumber exercise = exercise();
        assertThat(locks.take(GATEWAY, "game-day", exercise, NOW, EXPIRY)).isEmpty();

        assertThat(locks.take(GATEWAY, "run-2", SECOND, NOW, EXPIRY)).isEmpty();
        assertThat(locks.take(GATEWAY, "game-day", exercise, NOW, EXPIRY)).contains(SECOND);
        locks.release("game-day");
        assertThat(locks.holder(GATEWAY)).contains(SECOND);
    }

    @Test
    void of_two_exercises_one_waits() {
        IncidentNumber exercise = exercise();
        IncidentNumber another = new Incidents(database.jdbc())
                .exercise(new IncidentKey("HighLatency", "shop", "cart"), Severity.CRITICAL, "slow", "bob", null, NOW)
                .number();
        locks.take(GATEWAY, "game-day", exercise, NOW, EXPIRY);

        assertThat(locks.take(GATEWAY, "another", another, NOW, EXPIRY)).contains(exercise);
    }

    /** With a number that no other incident here has. */
    private IncidentNumber exercise() {
        var incidents = new Incidents(database.jdbc());
        for (String workload : new String[] {"a", "b"}) {
            incidents.declare(new IncidentKey("Down", "shop", workload), Severity.WARNING, "down", "alice", null, NOW);
        }
        return incidents
                .exercise(new IncidentKey("Down", "shop", "cart"), Severity.CRITICAL, "down", "alice", null, NOW)
                .number();
    }
}
