package org.incidentorchestrator.approval.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.incident.LevelPaged;
import org.incidentorchestrator.intake.Deliveries;
import org.incidentorchestrator.support.InTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.annotation.DirtiesContext;

/**
 * The whole program in real seconds, with its own job executor: each level's timer is the only one there is, and the
 * executor, which sleeps ever longer while nothing is due, wakes for it.
 */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:ladder-in-time;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "data.folder=${test.data:./target/test-data}/ladder-in-time",
            "sandbox.world=",
            "sandbox.first-alert=false",
            "sandbox.resolves=false",
            "escalation.response-times=6s,6s,6s,6s",
            "watchdog.every=1s",
        })
@Import({Deliveries.class, LadderInTimeIT.Pages.class})
@DirtiesContext
@InTime
class LadderInTimeIT {
    private static final Duration BETWEEN_LEVELS = Duration.ofSeconds(6);
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    @Autowired
    private Deliveries delivery;

    @Autowired
    private Pages pages;

    @Autowired
    private Watchdog watchdog;

    @Test
    void every_level_is_paged_within_five_seconds_of_when_it_is_due_and_the_watchdog_finds_nothing() throws Exception {
        delivery.deliver(
                """
                {"version":"4","status":"firing","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"firing","labels":{"alertname":"ServiceDown","namespace":"a1-orchestrator",
                  "deployment":"nowhere","severity":"critical"},"annotations":{"summary":"nowhere is down"},
                  "startsAt":"%s","endsAt":"0001-01-01T00:00:00Z","fingerprint":"in-time"}]}"""
                        .formatted(Instant.now()));
        Instant armed = pages.next(1).incident().ladderArmedAt();

        for (int level = 2; level <= 5; level++) {
            Instant due = armed.plus(BETWEEN_LEVELS.multipliedBy(level - 1L));
            assertThat(pages.next(level).at()).isBetween(due, due.plus(IN_TIME));
        }
        assertThat(watchdog.alive()).isTrue();
        assertThat(watchdog.last().confirmed()).isEmpty();
    }

    @TestComponent
    static class Pages {
        private final BlockingQueue<LevelPaged> heard = new LinkedBlockingQueue<>();

        @EventListener
        void hear(LevelPaged paged) {
            heard.add(paged);
        }

        LevelPaged next(int level) throws InterruptedException {
            LevelPaged paged = heard.poll(30, TimeUnit.SECONDS);
            assertThat(paged).as("the page of level %d", level).isNotNull();
            assertThat(paged.level()).isEqualTo(level);
            return paged;
        }
    }
}
