package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.IllegalTransactionStateException;

class EvidenceLogTest {
    private static final IncidentNumber INC_1 = new IncidentNumber(1);
    private static final Entry OPENED =
            Entry.of(Entry.Kind.INCIDENT_OPENED, INC_1, "alertmanager", "opened: ServiceDown on shop/cart");

    private final TestDatabase database = TestDatabase.create();
    private final Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    private final EvidenceLog log = database.evidence(clock);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_entry_without_a_transaction_is_kept() {
        log.append(OPENED.with(Map.of("b", 2, "a", List.of("x"))));

        assertThat(database.jdbc()
                        .sql("select details from evidence")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"a\":[\"x\"],\"b\":2}");
    }

    @Test
    void an_entry_shares_the_fate_of_its_callers_transaction() {
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    log.append(OPENED);
                    throw new IllegalStateException("the fact did not become true");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(database.jdbc()
                        .sql("select count(*) from evidence")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void an_entry_may_belong_to_no_incident() {
        log.append(new Entry(Entry.Kind.GLOBAL_STOP, Optional.empty(), "alice", "", "stopped all changes", Map.of()));

        assertThat(database.jdbc()
                        .sql("select count(*) from evidence where incident is null")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void artefacts_are_numbered_and_need_their_entrys_transaction() {
        var artefacts = database.artefacts(clock);
        var two = List.of(Artefact.text("a.log", "kubectl logs a", "x"), Artefact.text("b.log", "kubectl logs b", "y"));

        database.inTransaction(() -> assertThat(artefacts.keep(INC_1, log.append(OPENED), two))
                .hasSize(2)
                .doesNotHaveDuplicates());
        assertThatThrownBy(() -> artefacts.keep(INC_1, 1, two)).isInstanceOf(IllegalTransactionStateException.class);
    }
}
