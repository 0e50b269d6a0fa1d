package org.incidentorchestrator.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.notify.channel.Channels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The threads that send: some for each channel, so that a mail server that hangs holds up no pager. They are nobody
 * else's: neither a timer nor a request waits for them. Never interrupted, because an interrupt closes H2's file; each
 * ends after the message it is at.
 */
@Component
class Senders implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);
    private static final int EACH = 2;

    private final Sending sending;
    private final OutboxSignal signal;
    private final Channels channels;
    private final NotifySettings settings;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running;

    Senders(Sending sending, OutboxSignal signal, Channels channels, NotifySettings settings) {
        this.sending = sending;
        this.signal = signal;
        this.channels = channels;
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void startWhenReady() {
        start();
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        for (String channel : channels.configured()) {
            for (int i = 1; i <= EACH; i++) {
                Thread thread = new Thread(() -> run(channel), "notify-" + channel + "-" + i);
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
            }
        }
    }

    private void run(String channel) {
        while (running) {
            int seen = signal.seen();
            if (!sentSomething(channel)) {
                signal.await(seen, settings.lookAgain());
            }
        }
    }

    /** Whatever is thrown, errors too: a dead thread would be an outbox that nobody empties. */
    private boolean sentSomething(String channel) {
        try {
            return sending.next(channel);
        } catch (Throwable e) {
            LOG.error("Nothing can be sent by {} now; it is tried again in {}", channel, settings.lookAgain(), e);
            return false;
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        signal.wake();
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }

    /** Whether its threads are there to work. */
    synchronized boolean work() {
        return running && threads.stream().allMatch(Thread::isAlive);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
