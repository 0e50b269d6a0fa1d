package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Triage.Outcome;
import org.incidentorchestrator.intake.AlertReading.Read;
import org.incidentorchestrator.intake.Foresight.Foreseen;
import org.incidentorchestrator.intake.Foresight.Resolve;

/** What is foretold of an alert is what becomes of it, and foretelling it leaves nothing behind. */
class ForesightTest {
    private static final Rig RIG = new Rig();
    private static final AtomicInteger TRIES = new AtomicInteger();

    private final Foresight foresight = RIG.foresight();

    /** @param minutes that have gone by since the message before */
    private record Said(String status, String fingerprint, String startsAt, int minutes) {}

    @AfterContainer
    static void close() {
        RIG.close();
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void what_is_foretold_of_a_message_is_what_becomes_of_it_and_no_row_is_written_for_it(
            @ForAll("messages") List<Said> messages, @ForAll boolean closes) {
        String name = "w" + TRIES.incrementAndGet();
        for (Said said : messages) {
            RIG.clock.pass(Duration.ofMinutes(said.minutes()));
            String body = Fixture.message(
                    Fixture.alert(said.status(), said.fingerprint() + name, "ServiceDown", name, said.startsAt()));
            var before = rows();
            Foreseen foreseen = foretell(body);
            assertThat(rows()).isEqualTo(before);

            String worked = RIG.row(work(body)).outcome();

            assertThat(worked)
                    .startsWith(foreseen.triage().outcome().name())
                    .endsWith("(" + foreseen.triage().reason() + ")");
            if (foreseen.triage().outcome() != Outcome.OPENED) {
                assertThat(worked).isEqualTo(foreseen.triage().toString());
            }
            closeWhenOver(foreseen, closes);
        }
    }

    /** An incident that the pager has ended is closed by its root process, which is not here. */
    private static void closeWhenOver(Foreseen foreseen, boolean closes) {
        if (foreseen.resolve() == Resolve.ENDS_THE_INCIDENT) {
            IncidentNumber number = foreseen.incident().orElseThrow().number();
            assertThat(RIG.incidents.get(number).firing()).isFalse();
            if (closes) {
                RIG.incidents.close(number, Incident.Outcome.RESOLVED_MEANWHILE, RIG.clock.instant());
            }
        }
    }

    @Example
    void an_alert_that_is_worse_than_its_incident_raises_it() {
        RIG.work(Fixture.firing("mild", "Slow", "raised").replace("critical", "warning"));

        Foreseen foreseen = foretell(Fixture.message(Fixture.firing("bad", "Slow", "raised")));

        assertThat(foreseen.triage().outcome()).isEqualTo(Outcome.ATTACHED);
        assertThat(foreseen.raisedTo()).contains(Severity.CRITICAL);
        assertThat(foreseen.starts()).isFalse();
    }

    @Example
    void alerts_that_tell_of_no_trouble_are_foretold_to_open_nothing() {
        assertThat(simple("{\"alertName\":\"Watchdog\",\"severity\":\"none\"}").triage())
                .hasToString("SUPPRESSED (a heartbeat)");
        assertThat(simple("{\"alertName\":\"Scaled\",\"severity\":\"info\"}").triage())
                .hasToString("RECORDED (its severity is info)");
        assertThat(simple("{\"alertName\":\"Down\",\"namespace\":\"shop\",\"workload\":\"cart\"}"))
                .satisfies(foreseen -> {
                    assertThat(foreseen.triage()).hasToString("OPENED (nothing was open for it)");
                    assertThat(foreseen.alert().key()).hasToString("Down on shop/cart");
                    assertThat(foreseen.alert().severity()).isEqualTo(Severity.UNKNOWN);
                });
        assertThat(RIG.heartbeats.all()).isEmpty();
    }

    @Example
    void what_cannot_be_read_says_what_to_write() {
        assertThat(read("nonsense").faults())
                .anyMatch(fault -> fault.startsWith("alertmanager: The message is not JSON"))
                .anyMatch(fault -> fault.contains("{\"alertName\": …}"));
        assertThat(read("{\"alertName\":\" \",\"severity\":\"bad\",\"pod\":\"x\",\"namespace\":7}")
                        .faults())
                .containsExactlyInAnyOrder(
                        "There is no field pod; there are alertName, namespace, severity, workload",
                        "namespace has to be a text of at most 255 characters",
                        "alertName is empty; it has to be the name of an alert's rule, as ServiceDown",
                        "severity is 'bad'; it has to be critical, warning, info or none, or left out");
    }

    private Foreseen simple(String body) {
        return foretell(body);
    }

    private Foreseen foretell(String body) {
        return foresight.of(read(body).alerts()).get(0);
    }

    private static Read read(String body) {
        return RIG.reading().read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static long work(String body) {
        long id = RIG.send(body);
        RIG.workAll();
        return id;
    }

    /** Of every table, how many there are. */
    private static TreeMap<String, Long> rows() {
        var rows = new TreeMap<String, Long>();
        RIG.jdbc
                .sql("select table_name from information_schema.tables where table_schema = 'PUBLIC'")
                .query(String.class)
                .list()
                .forEach(table -> rows.put(
                        table,
                        RIG.jdbc
                                .sql("select count(*) from \"" + table + "\"")
                                .query(Long.class)
                                .single()));
        return rows;
    }

    @Provide
    Arbitrary<List<Said>> messages() {
        return Combinators.combine(
                        Arbitraries.of("firing", "firing", "resolved"),
                        Arbitraries.of("a", "b"),
                        Arbitraries.of(Fixture.STARTED, Fixture.STARTED_AGAIN),
                        Arbitraries.of(0, 1, 16, 40))
                .as(Said::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
    }
}
