package org.incidentorchestrator.cluster;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.springframework.stereotype.Component;

/**
 * Keeps a cluster that does not answer from holding up everything else. Few steps at once may be in cluster calls; who
 * gets no permit comes again later and never waits. When calls go unanswered, nothing is sent for a while: each further
 * call is answered at once with NOT_SENT. What the API server does answer, be it an error, counts as answered.
 */
@Component
public final class ClusterGate {
    private static final int LAST_CALLS = 10;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** When to ask again whether the call that tries it was answered: half of what it may take. */
    private static final Duration TRIAL = Duration.ofSeconds(5);

    private final Semaphore permits;
    private final CircuitBreaker breaker;
    private final int allPermits;
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final Counter refused;
    private final Clock clock;
    private final Duration wait;
    private volatile Instant closedUntil;

    public ClusterGate(ClusterSettings settings, Clock clock, MeterRegistry metrics) {
        this.allPermits = settings.permits();
        this.permits = new Semaphore(allPermits);
        this.clock = clock;
        this.wait = settings.breakerWait();
        this.closedUntil = clock.instant();
        this.breaker = CircuitBreaker.of("cluster", config(clock, wait));
        breaker.getEventPublisher()
                .onStateTransition(change -> opened(change.getStateTransition().getToState()));
        this.refused = Counter.builder("incident.orchestrator.cluster.permits.refused")
                .description("Steps that came when all permits for cluster calls were taken")
                .register(metrics);
        Gauge.builder(
                        "incident.orchestrator.cluster.permits.used",
                        permits,
                        free -> allPermits - free.availablePermits())
                .description("Steps that are in cluster calls now")
                .register(metrics);
        Gauge.builder(
                        "incident.orchestrator.cluster.circuit.open",
                        breaker,
                        it -> it.getState() == State.CLOSED ? 0 : 1)
                .description("1 while nothing is sent to the cluster because it did not answer")
                .register(metrics);
    }

    private static CircuitBreakerConfig config(Clock clock, Duration wait) {
        return CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowSize(LAST_CALLS)
                .minimumNumberOfCalls(LAST_CALLS / 2)
                .waitDurationInOpenState(wait)
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(ClusterGate::unanswered)
                .ignoreException(thrown -> !(thrown instanceof ClusterFailure))
                .writableStackTraceEnabled(false)
                .build();
    }

    /** A permit for the cluster calls of one step; none when as many as allowed are taken. Close it when done. */
    public Optional<Permit> tryEnter() {
        if (permits.tryAcquire()) {
            turnedAway.set(0);
            return Optional.of(new Permit(permits));
        }
        turnedAway.incrementAndGet();
        refused.increment();
        return Optional.empty();
    }

    /**
     * When one that got no permit should come again: the more were turned away since the last one got in, the later.
     * Each time costs commits, and when all came every second, asking would be most of the work.
     */
    public Duration comeAgainAfter() {
        Duration pause = PAUSE.plus(PAUSE.multipliedBy(turnedAway.get()).dividedBy(allPermits));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** Makes a call and counts whether the API server answered it. */
    <T> T counted(Supplier<T> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (CallNotPermittedException e) {
            throw open();
        }
    }

    /** Makes a call through the API server to something behind it, whose silence says nothing about the API server. */
    <T> T uncounted(Supplier<T> call) {
        if (!breaker.tryAcquirePermission()) {
            throw open();
        }
        breaker.releasePermission();
        return call.get();
    }

    private static boolean unanswered(Throwable thrown) {
        return thrown instanceof ClusterFailure failure && failure.kind() == Kind.UNREACHABLE;
    }

    private void opened(State state) {
        if (state == State.OPEN) {
            closedUntil = clock.instant().plus(wait);
        }
    }

    private ClusterFailure open() {
        Instant now = clock.instant();
        boolean waits = now.isBefore(closedUntil);
        String until = waits
                ? "circuit open until " + closedUntil.truncatedTo(ChronoUnit.SECONDS)
                : "circuit open until the call that tries it is answered";
        return new ClusterFailure(
                Kind.NOT_SENT,
                "Nothing is sent to the cluster: " + until + ", because half of the last " + LAST_CALLS
                        + " calls got no answer. It tries again by itself; check that the API server runs and can be"
                        + " reached from here.",
                Optional.of(waits ? Duration.between(now, closedUntil) : TRIAL),
                null);
    }

    /** The right of one step to call the cluster, until it is closed. Closing it twice gives back one. */
    public static final class Permit implements AutoCloseable {
        private final Semaphore permits;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Permit(Semaphore permits) {
            this.permits = permits;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                permits.release();
            }
        }
    }
}
