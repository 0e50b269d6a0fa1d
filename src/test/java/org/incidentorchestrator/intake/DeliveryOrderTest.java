package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentsOpened;

/** Alertmanager promises neither order nor that it says a thing once. */
class DeliveryOrderTest {
    private static final Rig RIG = new Rig();
    private static final AtomicInteger TRIES = new AtomicInteger();

    private enum Said {
        FIRING,
        RESOLVED,
        FIRING_AGAIN;

        String about(String name) {
            String startsAt = this == FIRING_AGAIN ? Fixture.STARTED_AGAIN : Fixture.STARTED;
            return Fixture.alert(this == RESOLVED ? "resolved" : "firing", name, "ServiceDown", name, startsAt);
        }
    }

    @AfterContainer
    static void close() {
        RIG.close();
    }

    /** @param together how many of the messages are worked on in one go */
    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void firing_resolved_and_firing_again_end_in_one_open_incident_in_any_order(
            @ForAll("deliveries") List<Said> deliveries, @ForAll("sizes") int together) {
        String name = "w" + TRIES.incrementAndGet();
        for (int at = 0; at < deliveries.size(); at++) {
            RIG.send(Fixture.message(deliveries.get(at).about(name)));
            if (at % together == 0) {
                RIG.workAll();
            }
        }
        RIG.workAll();

        List<Incident> incidents = RIG.all().stream()
                .filter(incident -> incident.key().workload().equals(name))
                .toList();
        assertThat(incidents).singleElement().matches(Incident::firing, "is firing");
        assertThat(episodes(name)).containsExactly("RESOLVED", "FIRING");
        assertThat(opened(name)).isEqualTo(1);
    }

    private static List<String> episodes(String name) {
        return RIG.jdbc
                .sql("select status from alert_episode where fingerprint = :name order by starts_at")
                .param("name", name)
                .query(String.class)
                .list();
    }

    private static long opened(String name) {
        return RIG.events(IncidentsOpened.class).stream()
                .flatMap(event -> event.incidents().stream())
                .filter(incident -> incident.key().workload().equals(name))
                .count();
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, 4);
    }

    /** Each at least once, some more than once, shuffled. */
    @Provide
    Arbitrary<List<Said>> deliveries() {
        return Arbitraries.of(Said.values()).list().ofMaxSize(5).flatMap(more -> {
            List<Said> all = new ArrayList<>(List.of(Said.values()));
            all.addAll(more);
            return Arbitraries.shuffle(all);
        });
    }
}
