package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.evidence.Entry.Kind.STEP_LOOKED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;

class EvidenceChainTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final IncidentNumber INC_1 = new IncidentNumber(1);
    private static final IncidentNumber INC_2 = new IncidentNumber(2);

    private final TestDatabase database = TestDatabase.create();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    private final EvidenceLog log = database.evidence(at(NOW));
    private final Artefacts artefacts = database.artefacts(at(NOW));
    private final EvidenceSealer sealer = new EvidenceSealer(jdbc, database.transactions());
    private final EvidenceChain chain = new EvidenceChain(jdbc, database.transactions());

    @BeforeEach
    void six_entries_of_two_incidents() {
        for (IncidentNumber incident : List.of(INC_1, INC_2, INC_1, INC_2, INC_1, INC_2)) {
            database.inTransaction(() -> artefacts.keep(
                    incident,
                    log.append(Entry.of(STEP_LOOKED, incident, Entry.SELF, "looked at pods")
                            .with(Map.of("pods", 2))),
                    List.of(
                            Artefact.text("a.log", "kubectl logs a", "x"),
                            Artefact.text("b.log", "kubectl logs b", "y"))));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_sealed_and_not_touched_is_intact() {
        assertThat(sealer.seal()).isEqualTo(6);

        assertThat(chain.verify()).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.entries()).isEqualTo(6);
            assertThat(intact.head())
                    .isEqualTo(jdbc.queryForObject("select hash from evidence where seq = 6", String.class));
        });
        assertThat(chain.verify(INC_1))
                .isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                        .isEqualTo(3));
        assertThat(sealer.seal()).isZero();
    }

    @Test
    void entries_are_sealed_in_many_rounds_as_in_one() {
        sealer.seal();
        for (int i = 0; i < 1_003; i++) {
            log.append(Entry.of(STEP_LOOKED, INC_1, Entry.SELF, "look " + i));
        }

        assertThat(sealer.seal()).isEqualTo(1_003);
        assertThat(chain.verify()).isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                .isEqualTo(1_009));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update evidence set summary = 'looked away' where seq = 3",
                "update evidence set actor = 'somebody' where seq = 3",
                "update evidence set details = '{\"pods\":3}' where seq = 3",
                "update evidence set at = at + interval '1' second where seq = 3",
                "update evidence set incident = 2 where seq = 3",
                "update evidence set activity = 'x' where seq = 3",
                "update evidence set kind = 'PAGED' where seq = 3",
                "update evidence set hash = prev_hash where seq = 3",
                "delete from evidence where seq = 3",
                "update evidence set seq = null where seq = 3",
                "update evidence set seq = case seq when 3 then 4 else 3 end where seq in (3, 4)",
                "update artefact set sha256 = repeat('0', 64) where id = 5",
                "update artefact set content = (select content from artefact where id = 6) where id = 5",
                "update artefact set content = substring(content from 2) where id = 5",
                "delete from artefact where id = 5",
                "update artefact set evidence = 1 where id = 5",
            })
    void a_row_that_was_changed_breaks_the_chain_at_its_place(String attack) {
        sealer.seal();
        jdbc.update("alter table evidence drop constraint evidence_seq");
        assertThat(jdbc.update(attack)).isPositive();

        assertThat(chain.verify()).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.at()).isIn(1L, 3L);
            assertThat(broken.why()).isNotBlank();
        });
        assertThat(chain.verify(INC_1))
                .as("of the incident")
                .satisfiesAnyOf(
                        verdict -> assertThat(verdict).isInstanceOf(Verdict.Broken.class),
                        verdict -> assertThat(attack).contains("incident = 2"));
    }

    @Test
    void an_incident_does_not_answer_for_another_ones_changed_entry() {
        sealer.seal();
        jdbc.update("update evidence set summary = 'x' where seq = 4");

        assertThat(chain.verify(INC_1)).isInstanceOf(Verdict.Intact.class);
        assertThat(chain.verify(INC_2))
                .isEqualTo(new Verdict.Broken(4, "its content, its place or the list of its artefacts was changed"));
    }

    @Test
    void two_sealers_make_one_chain() throws Exception {
        for (int i = 0; i < 400; i++) {
            log.append(Entry.of(STEP_LOOKED, INC_1, Entry.SELF, "look " + i));
        }
        var other = new EvidenceSealer(jdbc, database.transactions());
        var start = new CountDownLatch(1);
        var both = List.of(sealer, other).stream()
                .map(one -> java.util.concurrent.CompletableFuture.runAsync(() -> {
                    awaitUninterruptibly(start);
                    one.seal();
                }))
                .toList();
        start.countDown();
        for (var one : both) {
            one.get();
        }
        sealer.seal();

        assertThat(chain.verify()).isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.entries())
                .isEqualTo(406));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_appender_that_has_not_committed_is_not_waited_for() {
        PlatformTransactionManager transactions = database.transactions();
        var open = transactions.getTransaction(new DefaultTransactionDefinition());
        log.append(Entry.of(STEP_LOOKED, INC_1, Entry.SELF, "slow"));
        var sealed =
                java.util.concurrent.CompletableFuture.supplyAsync(sealer::seal).join();
        transactions.commit(open);

        assertThat(sealed).isEqualTo(6);
        assertThat(sealer.seal()).isEqualTo(1);
        assertThat(chain.verify()).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void what_waits_too_long_for_its_seal_is_unhealthy() {
        assertThat(healthAt(NOW.plusSeconds(59))).isEqualTo(Status.UP);
        assertThat(healthAt(NOW.plusSeconds(61))).isEqualTo(Status.DOWN);

        sealer.seal();

        assertThat(healthAt(NOW.plus(Duration.ofDays(1)))).isEqualTo(Status.UP);
    }

    private Status healthAt(Instant now) {
        return new EvidenceHealthIndicator(database.jdbc(), EvidenceSettings.defaults(), at(now))
                .health()
                .getStatus();
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
