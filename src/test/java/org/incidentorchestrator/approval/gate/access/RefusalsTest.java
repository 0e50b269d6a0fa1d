package org.incidentorchestrator.approval.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Optional<IncidentNumber> INCIDENT = Optional.of(new IncidentNumber(7));

    private final TestDatabase database = TestDatabase.create();
    private final TestClock clock = new TestClock();
    private final Refusals refusals = new Refusals(database.evidence(clock), database.transactions(), clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_first_is_written_down_at_once_and_how_many_followed_after_a_minute() {
        for (int i = 0; i < 5; i++) {
            refusals.record("mallory", "claim task", INCIDENT, "Refused: claim task. No.");
        }
        assertThat(written()).containsExactly("7 mallory Refused: claim task. No.");

        clock.pass(Duration.ofMinutes(1));
        refusals.settle();
        refusals.settle();

        assertThat(written())
                .containsExactly(
                        "7 mallory Refused: claim task. No.",
                        "7 mallory Refused: claim task. No. (and so 4 more times within a minute)");
    }

    @Test
    void what_differs_in_person_incident_or_reason_is_another_one() {
        refusals.record("mallory", "claim task", INCIDENT, "No.");
        refusals.record("mallory", "claim task", Optional.empty(), "No.");
        refusals.record("eve", "claim task", INCIDENT, "No.");
        refusals.record("mallory", "claim task", INCIDENT, "Not this one either.");

        assertThat(written()).hasSize(4);
    }

    @Test
    void whoever_tries_ever_something_else_fills_no_disk_and_is_counted() {
        for (int i = 0; i < 1000; i++) {
            refusals.record("mallory", "operation " + i, INCIDENT, "No.");
        }
        assertThat(written()).hasSize(201).last().asString().contains("many operations");

        clock.pass(Duration.ofMinutes(1));
        refusals.settle();

        assertThat(written()).hasSize(202).last().asString().endsWith("(and so 799 more times within a minute)");
    }

    private List<String> written() {
        return database.jdbc()
                .sql("select coalesce(incident, 0) || ' ' || actor || ' ' || summary from evidence"
                        + " where kind = 'ACCESS_REFUSED' order by id")
                .query(String.class)
                .list();
    }
}
