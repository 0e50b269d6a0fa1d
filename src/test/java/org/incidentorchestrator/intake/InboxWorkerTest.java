package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.incident.Glances;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InboxWorkerTest {
    private final Rig rig = new Rig(Map.of("intake.look-again", "10m"));
    private final InboxWorker worker = new InboxWorker(rig.pass, rig.signal, rig.pressure, rig.settings);

    @AfterEach
    void close() {
        worker.stop();
        rig.close();
    }

    @Test
    void a_commit_wakes_the_worker_without_a_poll() throws Exception {
        CountDownLatch opened = new CountDownLatch(1);
        rig.whenPublished(event -> opened.countDown());
        worker.start();

        rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w1")));

        assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_error_does_not_end_the_worker() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        rig.whenPublished(event -> {
            failed.countDown();
            throw new StackOverflowError("too deep");
        });
        worker.start();
        rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w1")));
        assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
        CountDownLatch opened = new CountDownLatch(1);
        rig.whenPublished(event -> opened.countDown());

        rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w1")));

        assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopping_waits_for_the_pass_and_can_be_repeated() {
        worker.start();
        assertThat(worker.isRunning()).isTrue();

        worker.stop();
        worker.stop();

        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    void what_waits_can_be_seen_from_outside() {
        new InboxMetrics(rig.inbox, new Glances(rig.clock)).bindTo(rig.meters);
        rig.send(Fixture.message(Fixture.firing("f1", "ServiceDown", "w1")));
        rig.clock.pass(Duration.ofSeconds(90));

        assertThat(rig.meters.get("incident.orchestrator.inbox.backlog").gauge().value())
                .isEqualTo(1);
        assertThat(rig.meters
                        .get("incident.orchestrator.inbox.oldest.age")
                        .gauge()
                        .value())
                .isEqualTo(90);
        rig.workAll();
        rig.clock.pass(Duration.ofSeconds(5));
        assertThat(rig.meters.get("incident.orchestrator.inbox.backlog").gauge().value())
                .isZero();
        assertThat(rig.meters
                        .get("incident.orchestrator.inbox.oldest.age")
                        .gauge()
                        .value())
                .isZero();
    }
}
