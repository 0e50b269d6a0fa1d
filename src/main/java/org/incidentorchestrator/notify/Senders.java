package org.incidentorchestrator.notify;

import org.incidentorchestrator.notify.channel.Channels;
import org.incidentorchestrator.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** The threads that send: some for each channel, so that a mail server that hangs holds up no pager. */
@Component
class Senders extends OwnThreads {
    private static final Logger LOG = LoggerFactory.getLogger(Senders.class);
    private static final int EACH = 2;

    private final Sending sending;
    private final OutboxSignal signal;
    private final Channels channels;
    private final NotifySettings settings;

    Senders(Sending sending, OutboxSignal signal, Channels channels, NotifySettings settings) {
        super("notify", Math.max(1, EACH * channels.configured().size()));
        this.sending = sending;
        this.signal = signal;
        this.channels = channels;
        this.settings = settings;
    }

    @Override
    protected void schedule(TaskScheduler threads) {
        for (String channel : channels.configured()) {
            for (int each = 0; each < EACH; each++) {
                threads.scheduleWithFixedDelay(() -> send(channel), NONE);
            }
        }
    }

    private void send(String channel) {
        int seen = signal.seen();
        if (!sentSomething(channel) && isRunning()) {
            signal.await(seen, settings.lookAgain());
        }
    }

    /** Whatever is thrown, errors too: it is tried again when it is time to look, not at once. */
    private boolean sentSomething(String channel) {
        try {
            return sending.next(channel);
        } catch (Throwable e) {
            LOG.error("Nothing can be sent by {} now; it is tried again in {}", channel, settings.lookAgain(), e);
            return false;
        }
    }

    @Override
    protected void wake() {
        signal.wake();
    }
}
