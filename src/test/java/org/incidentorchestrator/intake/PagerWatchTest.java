package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.incident.PersonNeeded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagerWatchTest {
    private final Rig rig = new Rig();
    private final ListingAlertmanager pager = new ListingAlertmanager();
    private PagerWatch watch;

    @AfterEach
    void close() {
        watch.stop();
        pager.close();
        rig.close();
    }

    @Test
    void alertmanager_is_asked_at_the_start_and_at_once_when_a_message_leaves_alerts_out() {
        start(Map.of("intake.sources.alertmanager.url", pager.url(), "intake.sources.alertmanager.look-every", "10m"));
        await(() -> pager.asked() == 1);

        watch.lookForTheRest(new AlertsLeftOut("alertmanager"));
        await(() -> pager.asked() == 2);
        watch.lookForTheRest(new AlertsLeftOut("alertmanager"));

        await(() -> pager.asked() == 3);
    }

    @Test
    void it_is_asked_again_and_again_also_after_it_did_not_answer_and_the_database_was_away() {
        pager.answersWith(500);
        start(Map.of("intake.sources.alertmanager.url", pager.url(), "intake.sources.alertmanager.look-every", "1s"));
        await(() -> pager.refused() >= 1);
        rig.databaseRefuses(1);
        pager.answersWith(200);
        pager.lists("f1", "ServiceDown", "w", Fixture.STARTED);
        await(() -> pager.asked() >= 2);

        await(() -> {
            rig.workAll();
            return rig.all().size() == 1;
        });
    }

    @Test
    void without_an_address_the_heartbeat_is_listened_for_all_the_same() {
        rig.work(Fixture.firing("f1", "Watchdog", ""));
        rig.heartbeatWatch.check();
        rig.clock.pass(Duration.ofHours(1));

        start(Map.of());
        watch.lookForTheRest(new AlertsLeftOut("alertmanager"));

        await(() -> rig.events(PersonNeeded.class).size() == 1);
        assertThat(pager.asked()).isZero();
    }

    @Test
    void it_can_be_stopped_and_told_twice() {
        start(Map.of());
        watch.start();
        assertThat(watch.isRunning()).isTrue();

        watch.stop();
        watch.stop();
        watch.lookForTheRest(new AlertsLeftOut("alertmanager"));

        assertThat(watch.isRunning()).isFalse();
    }

    private void start(Map<String, String> settings) {
        ReconcileSettings asking = Fixture.asking(settings);
        watch = new PagerWatch(rig.heartbeatWatch, rig.reconciliation(asking), asking);
        watch.startWhenReady();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }
}
