package org.incidentorchestrator.thread;

import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Threads that one part of the program has for itself, so that no job, request or other schedule holds them up: from when
 * the program is ready (before that the engine can neither make a task nor start a process) until it stops. They are never
 * interrupted, because an interrupt closes H2's file: to stop is to wait, at most 30 seconds, for what they are at.
 *
 * <p>What is thrown ends neither a thread nor a schedule: it is logged, and done again when it is due.
 */
public abstract class OwnThreads implements SmartLifecycle {
    /** The delay of what is done over and over. */
    protected static final Duration NONE = Duration.ofNanos(1);

    private static final int LONGEST_STOP_SECONDS = 30;

    private final String name;
    private final int count;
    private ThreadPoolTaskScheduler scheduler;

    /**
     * @param name what the threads are called in a thread dump, before their number
     * @param count of threads, at least one
     */
    protected OwnThreads(String name, int count) {
        this.name = name;
        this.count = count;
    }

    /** Has the work scheduled; the threads end with it. */
    protected abstract void schedule(TaskScheduler threads);

    /** Called when the threads are to stop: ends a wait for work. */
    protected void wake() {}

    @EventListener(ApplicationReadyEvent.class)
    public final void startWhenReady() {
        start();
    }

    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public final synchronized void start() {
        if (scheduler == null) {
            scheduler = new ThreadPoolTaskScheduler();
            scheduler.setThreadNamePrefix(name + "-");
            scheduler.setPoolSize(count);
            scheduler.setDaemon(true);
            scheduler.setWaitForTasksToCompleteOnShutdown(true);
            scheduler.setAwaitTerminationSeconds(LONGEST_STOP_SECONDS);
            scheduler.initialize();
            schedule(scheduler);
        }
    }

    /** As soon as a thread is free; not at all while none runs. */
    protected final synchronized void soon(Runnable task) {
        if (scheduler != null) {
            scheduler.execute(task);
        }
    }

    @Override
    public void stop() {
        ThreadPoolTaskScheduler running;
        synchronized (this) {
            running = scheduler;
            scheduler = null;
        }
        if (running != null) {
            wake();
            running.shutdown();
        }
    }

    @Override
    public final synchronized boolean isRunning() {
        return scheduler != null;
    }
}
