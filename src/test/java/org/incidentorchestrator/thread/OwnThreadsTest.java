package org.incidentorchestrator.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.TaskScheduler;

class OwnThreadsTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);
    private final Worker worker = new Worker();

    @AfterEach
    void close() {
        worker.stop();
    }

    @Test
    void they_begin_when_the_program_is_ready_and_end_with_it() throws InterruptedException {
        worker.work = begun::countDown;
        try (GenericApplicationContext program = new AnnotationConfigApplicationContext()) {
            program.registerBean(Worker.class, () -> worker);
            program.refresh();
            assertThat(worker.isRunning()).isFalse();

            program.publishEvent(
                    new ApplicationReadyEvent(new SpringApplication(), new String[0], program, Duration.ofSeconds(1)));

            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.isRunning()).isTrue();
        }
        assertThat(worker.isRunning()).isFalse();
    }

    @Test
    void to_stop_is_to_wake_them_and_to_wait_for_what_they_are_at() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean interrupted = new AtomicBoolean();
        worker.work = () -> {
            begun.countDown();
            interrupted.set(!isCountedDown(woken));
            done.set(true);
        };
        worker.start();
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();

        worker.stop();

        assertThat(done).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void an_error_ends_neither_the_thread_nor_its_schedule() throws InterruptedException {
        CountDownLatch again = new CountDownLatch(3);
        worker.work = () -> {
            again.countDown();
            throw new StackOverflowError("too deep");
        };

        worker.start();

        assertThat(again.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.isRunning()).isTrue();
    }

    @Test
    void what_is_wanted_soon_is_done_while_they_run_and_not_afterwards() throws InterruptedException {
        AtomicInteger late = new AtomicInteger();
        worker.start();
        worker.start();

        worker.soon(begun::countDown);
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        worker.stop();
        worker.stop();
        worker.soon(late::incrementAndGet);

        assertThat(late).hasValue(0);
    }

    private static boolean isCountedDown(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private final class Worker extends OwnThreads {
        private volatile Runnable work = () -> {};

        private Worker() {
            super("worker", 1);
        }

        @Override
        protected void schedule(TaskScheduler threads) {
            threads.scheduleWithFixedDelay(() -> work.run(), NONE);
        }

        @Override
        protected void wake() {
            woken.countDown();
        }
    }
}
