package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

/** Looks and messages are worked on in any order; what is newest is true. */
class LookOrderTest {
    private static final Rig RIG = new Rig();
    private static final AtomicInteger TRIES = new AtomicInteger();

    /** @param listed whether it was heard of, by a message or in a list, or a look missed it */
    record News(boolean listed, int second) {
        Instant at() {
            return Instant.parse("2026-11-23T03:00:00Z").plusSeconds(second);
        }
    }

    @AfterContainer
    static void close() {
        RIG.close();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void an_alert_fires_if_it_was_heard_of_after_the_last_look_that_missed_it(
            @ForAll("news") List<News> worked, @ForAll("sizes") int together) {
        String name = "w" + TRIES.incrementAndGet();
        store(new News(true, 0), name);
        RIG.workAll();
        for (int at = 0; at < worked.size(); at++) {
            store(worked.get(at), name);
            if (at % together == 0) {
                RIG.workAll();
            }
        }
        RIG.workAll();

        boolean fires = worked.stream()
                .max((one, other) -> Integer.compare(one.second(), other.second()))
                .map(News::listed)
                .orElse(true);
        assertThat(RIG.all().stream()
                        .filter(incident -> incident.key().workload().equals(name)))
                .singleElement()
                .satisfies(incident -> assertThat(incident.firing()).isEqualTo(fires));
    }

    private static void store(News news, String name) {
        String gone =
                """
                {"status":"gone","fingerprint":"%1$s","startsAt":"%2$s",
                 "key":{"alertName":"ServiceDown","namespace":"a1-orchestrator","workload":"%1$s"}}"""
                        .formatted(name, Fixture.STARTED);
        String body = Fixture.message(news.listed() ? Fixture.firing(name, "ServiceDown", name) : gone);
        if (RIG.clock.instant().isBefore(news.at())) {
            RIG.clock.pass(Duration.between(RIG.clock.instant(), news.at()));
        }
        RIG.writer.store("alertmanager", body.getBytes(StandardCharsets.UTF_8), news.at());
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, 4);
    }

    /** Each at a second of its own, shuffled. */
    @Provide
    Arbitrary<List<News>> news() {
        return Arbitraries.of(true, false).list().ofMaxSize(6).flatMap(kinds -> {
            List<News> all = new ArrayList<>();
            kinds.forEach(listed -> all.add(new News(listed, all.size() + 1)));
            return Arbitraries.shuffle(all);
        });
    }
}
