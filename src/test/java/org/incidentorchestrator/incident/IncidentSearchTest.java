package org.incidentorchestrator.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people look for among all incidents there were. */
class IncidentSearchTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final TestDatabase database = TestDatabase.create();
    private final Incidents incidents = new Incidents(database.jdbc());

    /** INC-1 to INC-4, an hour apart. */
    @BeforeEach
    void open() {
        open(0, "shop", "Checkout-api", Severity.CRITICAL);
        open(1, "shop", "checkout-worker", Severity.WARNING);
        open(2, "bank", "checkout-api", Severity.INFO);
        open(3, "bank", "ledger", Severity.WARNING);
        incidents.choose(new IncidentNumber(1), null, "service-down");
        incidents.choose(new IncidentNumber(2), null, "memory-leak");
        incidents.choose(new IncidentNumber(4), null, "memory-leak");
        incidents.close(new IncidentNumber(1), Incident.Outcome.RESOLVED_BY_PERSON, NOW);
        incidents.close(new IncidentNumber(4), Incident.Outcome.RESOLVED_BY_RUNBOOK, NOW);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void open(int hours, String namespace, String workload, Severity severity) {
        var key = new IncidentKey("ServiceDown", namespace, workload);
        incidents.declare(key, severity, "it is down", "alice", null, NOW.plus(Duration.ofHours(hours)));
    }

    @Test
    void without_a_filter_all_are_found_newest_first() {
        assertThat(found(sought(Listed.ALL, null, null, null, null, null, null)))
                .containsExactly(4L, 3L, 2L, 1L);
        assertThat(found(sought(Listed.OPEN, null, null, null, null, null, null)))
                .containsExactly(3L, 2L);
        assertThat(found(sought(Listed.CLOSED, null, null, null, null, null, null)))
                .containsExactly(4L, 1L);
    }

    @Test
    void a_service_is_found_by_how_its_name_begins_whatever_its_case() {
        assertThat(found(service("checkout"))).containsExactly(3L, 2L, 1L);
        assertThat(found(service("CHECKOUT-API"))).containsExactly(3L, 1L);
        assertThat(found(service("ledger"))).containsExactly(4L);
        assertThat(found(service("check%"))).isEmpty();
        assertThat(found(service("checkout_"))).isEmpty();
        assertThat(found(service("check!"))).isEmpty();
        assertThat(found(service("check\\"))).isEmpty();
        assertThat(found(service("api"))).isEmpty();
        open(4, "shop", "50%!_\\off", Severity.INFO);
        assertThat(found(service("50%!_\\O"))).containsExactly(5L);
        assertThat(found(service(""))).hasSize(5);
    }

    @Test
    void filters_hold_together() {
        assertThat(found(sought(Listed.ALL, "checkout", "shop", null, null, null, null)))
                .containsExactly(2L, 1L);
        assertThat(found(sought(Listed.ALL, null, "bank", "memory-leak", null, null, null)))
                .containsExactly(4L);
        assertThat(found(sought(Listed.ALL, null, null, "memory-leak", Severity.WARNING, null, null)))
                .containsExactly(4L, 2L);
        assertThat(found(sought(Listed.OPEN, null, null, "memory-leak", Severity.WARNING, null, null)))
                .containsExactly(2L);
    }

    @Test
    void a_time_begins_with_its_first_moment_and_ends_before_its_last() {
        Instant second = NOW.plus(Duration.ofHours(1));
        Instant fourth = NOW.plus(Duration.ofHours(3));

        assertThat(found(sought(Listed.ALL, null, null, null, null, second, fourth)))
                .containsExactly(3L, 2L);
        assertThat(found(sought(Listed.ALL, null, null, null, null, fourth, null)))
                .containsExactly(4L);
        assertThat(found(sought(Listed.ALL, null, null, null, null, null, second)))
                .containsExactly(1L);
    }

    @Test
    void a_person_is_found_in_the_record_of_whatever_they_had_to_do_with() {
        acted(1, "alice");
        acted(3, "alice");
        acted(3, "alice");
        acted(2, "bob");

        assertThat(found(person("alice"))).containsExactly(3L, 1L);
        assertThat(found(person("bob"))).containsExactly(2L);
        assertThat(found(person("ali"))).isEmpty();
        assertThat(found(person("' or '1'='1"))).isEmpty();
    }

    @Test
    void what_many_fulfil_is_found_as_what_few_do() {
        Instant second = NOW.plus(Duration.ofHours(1));
        database.jdbc()
                .sql(
                        """
                        insert into incident (exercise, alert_name, namespace, workload, severity, summary, opened_at, level,
                            ladder_armed_at, ladder_reached, reopened)
                        select false, 'ServiceDown', 'shop', 'many', 'INFO', 'it was down', opened_at, 1, opened_at, 1, 0
                        from incident, generate_series(1, 1000) as x where number = 1""")
                .update();
        database.jdbc()
                .sql(
                        """
                        insert into evidence (incident, at, kind, actor, activity, summary, details)
                        select number, opened_at, 'NOTE', 'busy', '', 'busy was here', '{}' from incident
                        where number not in (1, 4)""")
                .update();

        assertThat(found(person("busy"))).hasSize(10).startsWith(1004L, 1003L);
        assertThat(found(sought(Listed.ALL, null, null, null, null, null, second)))
                .hasSize(10)
                .startsWith(1004L, 1003L);
        assertThat(found(sought(Listed.ALL, "checkout", null, null, null, null, second)))
                .containsExactly(1L);
        assertThat(found(new IncidentFilter(Listed.ALL, null, "check", null, null, null, "busy", NOW, null)))
                .containsExactly(3L, 2L);
        assertThat(found(sought(Listed.ALL, null, null, null, null, NOW, null))).hasSize(10);
    }

    @Test
    void a_number_is_found_only_when_the_rest_fits_too() {
        assertThat(found(number(2, Listed.ALL))).containsExactly(2L);
        assertThat(found(number(2, Listed.CLOSED))).isEmpty();
        assertThat(found(number(9, Listed.ALL))).isEmpty();
    }

    @Test
    void the_next_page_begins_where_the_last_one_ended() {
        IncidentFilter filter = service("checkout");

        assertThat(numbers(incidents.search(filter, null, 2))).containsExactly(3L, 2L);
        assertThat(numbers(incidents.search(filter, new IncidentNumber(2), 2))).containsExactly(1L);
    }

    private void acted(long incident, String person) {
        database.evidence(Clock.fixed(NOW, ZoneOffset.UTC))
                .append(Entry.of(Entry.Kind.NOTE, new IncidentNumber(incident), person, person + " was here"));
    }

    private static IncidentFilter service(String begins) {
        return sought(Listed.ALL, begins, null, null, null, null, null);
    }

    private static IncidentFilter person(String person) {
        return new IncidentFilter(Listed.ALL, null, null, null, null, null, person, null, null);
    }

    private static IncidentFilter number(long number, Listed state) {
        return new IncidentFilter(state, new IncidentNumber(number), null, null, null, null, null, null, null);
    }

    private static IncidentFilter sought(
            Listed state,
            String service,
            String namespace,
            String runbook,
            Severity severity,
            Instant from,
            Instant to) {
        return new IncidentFilter(state, null, service, namespace, runbook, severity, null, from, to);
    }

    private List<Long> found(IncidentFilter filter) {
        return numbers(incidents.search(filter, null, 10));
    }

    private static List<Long> numbers(List<Incident> found) {
        return found.stream().map(incident -> incident.number().value()).toList();
    }
}
