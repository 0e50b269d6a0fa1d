package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Old entries go, and the chain can be verified before, meanwhile and after. */
class EvidenceRetentionTest {
    private static final Duration KEPT = Duration.ofDays(400);

    private final TestClock clock = new TestClock();
    private final TestDatabase database = TestDatabase.create();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    private final EvidenceLog log = database.evidence(clock);
    private final Artefacts artefacts = database.artefacts(clock);
    private final EvidenceSealer sealer = new EvidenceSealer(jdbc, database.transactions());
    private final EvidenceChain chain = new EvidenceChain(jdbc, database.transactions());
    private final List<RowsToGo> told = new ArrayList<>();

    @BeforeEach
    void three_incidents_of_four_entries_each() {
        for (int incident = 1; incident <= 3; incident++) {
            jdbc.update(
                    """
                    insert into incident (number, exercise, alert_name, namespace, workload, severity, summary, opened_at,
                        level, ladder_armed_at, ladder_reached, reopened)
                    values (?, false, 'ServiceDown', 'n', 'w', 'CRITICAL', '', ?, 1, ?, 1, 0)""",
                    incident,
                    utc(clock.instant()),
                    utc(clock.instant()));
            for (int entry = 0; entry < 4; entry++) {
                append(incident);
            }
        }
        sealer.seal();
    }

    private void append(int incident) {
        var number = new IncidentNumber(incident);
        database.inTransaction(() -> artefacts.keep(
                number,
                log.append(Entry.of(Entry.Kind.STEP_LOOKED, number, Entry.SELF, "looked")),
                List.of(Artefact.text("a.log", "kubectl logs a", "x"))));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void closed(int incident) {
        jdbc.update("update incident set closed_at = ? where number = ?", utc(clock.instant()), incident);
    }

    private void round(int batch) {
        new Retention(
                        List.of(new EvidenceRetention(database.jdbc(), log, settings(batch))),
                        settings(batch),
                        log,
                        event -> told.add((RowsToGo) event),
                        database.transactions(),
                        clock)
                .round();
    }

    private static RetentionSettings settings(int batch) {
        return new RetentionSettings(KEPT, KEPT, Duration.ofDays(30), Duration.ofDays(90), Duration.ofHours(6), batch);
    }

    /** One states, the next removes. */
    private void twoRounds(int batch) {
        round(batch);
        sealer.seal();
        round(batch);
        sealer.seal();
    }

    private long count(String where) {
        return jdbc.queryForObject("select count(*) from " + where, Long.class);
    }

    private Verdict.Intact intact() {
        return (Verdict.Intact) chain.verify();
    }

    @Test
    void what_was_closed_long_enough_ago_goes_and_the_chain_says_so() {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));
        closed(2);

        twoRounds(100);

        assertThat(count("evidence where incident = 1")).isZero();
        assertThat(count("artefact where incident = 1")).isZero();
        assertThat(count("evidence where incident in (2, 3)")).isEqualTo(8);
        assertThat(intact().removed()).isEqualTo(4);
        assertThat(count("evidence where kind = 'EVIDENCE_REMOVED'")).isEqualTo(1);
        assertThat(jdbc.queryForObject("select summary from evidence where kind = 'RETENTION'", String.class))
                .contains("4 entries of the evidence");
    }

    @Test
    void nothing_goes_before_a_sealed_entry_has_stated_it() {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));

        round(100);
        round(100);

        assertThat(count("evidence where incident = 1")).isEqualTo(4);
        assertThat(count("evidence where kind = 'EVIDENCE_REMOVED'")).isEqualTo(1);
    }

    @Test
    void an_open_incident_keeps_what_came_after_its_first_entry() {
        closed(1);
        closed(3);
        clock.pass(KEPT.multipliedBy(2));

        twoRounds(100);

        assertThat(count("evidence where incident = 1")).isZero();
        assertThat(count("evidence where incident in (2, 3)")).isEqualTo(8);
    }

    @Test
    void one_that_is_as_old_as_it_is_kept_stays() {
        closed(1);
        clock.pass(KEPT);

        twoRounds(100);

        assertThat(count("evidence where incident = 1")).isEqualTo(4);
        assertThat(count("evidence where kind = 'EVIDENCE_REMOVED'")).isZero();
    }

    @Test
    void a_program_that_is_killed_between_two_batches_leaves_a_chain_that_can_be_verified() {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));
        round(3);
        sealer.seal();
        var retention = new EvidenceRetention(database.jdbc(), log, settings(3));
        database.inTransaction(() ->
                assertThat(retention.remove(clock.instant().minus(KEPT), 3)).isEqualTo(3));

        assertThat(count("evidence where incident = 1")).isEqualTo(1);
        assertThat(intact().removed()).isEqualTo(3);

        round(3);
        sealer.seal();
        assertThat(count("evidence where incident = 1")).isZero();
        assertThat(intact().removed()).isEqualTo(4);
    }

    @Test
    void what_is_removed_later_goes_on_where_the_first_ended() {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));
        twoRounds(2);
        closed(2);
        closed(3);
        clock.pass(KEPT.plusSeconds(1));

        twoRounds(2);
        twoRounds(2);

        assertThat(count("evidence where incident is not null")).isZero();
        assertThat(intact().removed()).isGreaterThanOrEqualTo(12);
        append(1);
        sealer.seal();
        assertThat(chain.verify(new IncidentNumber(1))).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void whoever_keeps_count_of_rows_is_told_before_and_after() {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));

        round(3);

        assertThat(told).containsExactly(new RowsToGo(List.of("evidence", "artefact"), 3), RowsToGo.OVER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from evidence where seq = 5",
                "delete from evidence where seq = 6",
                "delete from evidence where kind = 'EVIDENCE_REMOVED'",
                "update evidence set details = replace(details, '\"through\":4', '\"through\":5')"
                        + " where kind = 'EVIDENCE_REMOVED'",
                "update evidence set prev_hash = repeat('0', 64) where seq = 5",
                "update evidence set summary = 'x' where kind = 'EVIDENCE_REMOVED'",
            })
    void what_was_not_stated_may_not_be_gone(String attack) {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));
        twoRounds(100);
        assertThat(intact().removed()).isEqualTo(4);

        assertThat(jdbc.update(attack)).isEqualTo(1);

        assertThat(chain.verify()).isInstanceOf(Verdict.Broken.class);
        assertThat(chain.verify(new IncidentNumber(2))).isInstanceOf(Verdict.Broken.class);
    }

    @Test
    void the_last_that_is_removed_has_to_be_the_one_that_was_stated() {
        closed(1);
        clock.pass(KEPT.plusSeconds(1));
        round(100);
        sealer.seal();
        jdbc.update("update evidence set hash = repeat('0', 64) where seq = 4");

        assertThat(new RecordProof(jdbc, database.transactions())
                        .of(Optional.empty())
                        .place())
                .hasValueSatisfying(place -> assertThat(place.sequence()).isEqualTo(4));
    }

    @Test
    void history_is_counted_in_whole_days() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> new RetentionSettings(KEPT, Duration.ofHours(25), KEPT, KEPT, Duration.ofHours(6), 1))
                .hasMessageContaining("whole days");
    }

    @Test
    void an_entry_of_no_incident_stays_as_long_by_itself() {
        Instant written = clock.instant();
        log.append(new Entry(Entry.Kind.GLOBAL_STOP, Optional.empty(), "ann", "", "stopped", java.util.Map.of()));
        sealer.seal();
        closed(1);
        closed(2);
        closed(3);
        clock.pass(KEPT);
        assertThat(clock.instant().minus(KEPT)).isEqualTo(written);
        jdbc.update("update incident set closed_at = ?", utc(written.minusSeconds(1)));

        twoRounds(100);

        assertThat(count("evidence where incident is not null")).isZero();
        assertThat(count("evidence where kind = 'GLOBAL_STOP'")).isEqualTo(1);
    }
}
