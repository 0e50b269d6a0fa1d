package org.incidentorchestrator.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GlancesTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T03:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestDatabase database = TestDatabase.create();
    private final Glances glances = new Glances(clock);
    private int asked;

    @AfterEach
    void close() {
        database.refuse(0);
        database.close();
    }

    private int ask() {
        asked++;
        return database.jdbc()
                .sql("select count(*) from incident")
                .query(Integer.class)
                .single();
    }

    @Test
    void however_many_gauges_and_scrapes_there_are_the_database_is_asked_once_in_a_few_seconds() {
        Glance<Integer> glance = glances.of(this::ask);
        glance.gauge(meters, "one", "", Integer::doubleValue);
        glance.gauge(meters, "two", "", Integer::doubleValue);

        for (int scrape = 0; scrape < 10; scrape++) {
            assertThat(value("one")).isZero();
            assertThat(value("two")).isZero();
        }
        assertThat(asked).isEqualTo(1);

        clock.pass(Glances.FRESH);
        value("one");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_database_that_is_away_is_unknown_and_not_zero_and_a_scrape_waits_for_it_once() {
        glances.of(this::ask).gauge(meters, "one", "", Integer::doubleValue);
        glances.of(this::ask).gauge(meters, "two", "", Integer::doubleValue);
        database.refuse(10);

        assertThat(value("one")).isNaN();
        assertThat(value("two")).isNaN();
        assertThat(asked).isEqualTo(1);

        database.refuse(0);
        clock.pass(Glances.FRESH);
        assertThat(value("two")).isZero();
        assertThat(value("one")).isZero();
    }

    @Test
    void what_was_known_before_the_database_went_away_is_not_shown_for_ever() {
        glances.of(this::ask).gauge(meters, "one", "", Integer::doubleValue);
        assertThat(value("one")).isZero();

        database.refuse(10);
        clock.pass(Glances.FRESH);
        assertThat(value("one")).isNaN();
    }

    @Test
    void an_age_grows_between_two_looks() {
        Instant since = clock.instant();
        glances.of(() -> since).age(meters, "age", "", Optional::of);
        assertThat(value("age")).isZero();

        clock.pass(Duration.ofSeconds(3));
        assertThat(value("age")).isEqualTo(3);
    }

    @Test
    void while_one_thread_waits_for_the_database_no_other_does() throws InterruptedException {
        var waits = new CountDownLatch(1);
        var answers = new CountDownLatch(1);
        Glance<String> slow = glances.of(() -> {
            waits.countDown();
            await(answers);
            return "seen";
        });
        var scrape = new Thread(slow::now);
        scrape.start();
        await(waits);

        assertThat(slow.now()).isEmpty();
        assertThat(glances.of(() -> "never asked").now()).isEmpty();

        answers.countDown();
        scrape.join();
        assertThat(slow.now()).hasValue("seen");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private double value(String gauge) {
        return meters.get(gauge).gauge().value();
    }
}
