package org.incidentorchestrator.notify.channel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Leaves a server alone that has failed several times in a row, so that each of many messages does not find that out by
 * itself, ten seconds each, but goes to its next address at once. After a while one message tries whether it works again.
 */
final class Circuits {
    static final int IN_A_ROW = 3;
    static final Duration WAIT = Duration.ofSeconds(30);

    private final CircuitBreakerRegistry breakers;
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final Clock clock;

    Circuits(Clock clock) {
        this.clock = clock;
        this.breakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowSize(IN_A_ROW)
                .minimumNumberOfCalls(IN_A_ROW)
                .failureRateThreshold(100)
                .waitDurationInOpenState(WAIT)
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
    }

    /** Why and since when a server does not work. */
    record Trouble(Instant since, String why) {}

    /** What came of it; nothing when it was not tried, because the server is left alone. */
    Optional<Delivery> tried(String server, Supplier<Delivery> call) {
        CircuitBreaker breaker = breakers.circuitBreaker(server);
        if (!breaker.tryAcquirePermission()) {
            return Optional.empty();
        }
        Delivery delivery;
        try {
            delivery = call.get();
        } catch (RuntimeException e) {
            breaker.releasePermission();
            throw e;
        }
        if (delivery instanceof Delivery.Failed failed) {
            troubles.merge(
                    server,
                    new Trouble(clock.instant(), failed.why()),
                    (before, now) -> new Trouble(before.since(), now.why()));
            breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(failed.why()));
        } else {
            // What refuses a message does answer.
            troubles.remove(server);
            breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
        return Optional.of(delivery);
    }

    /** What is wrong with the server since its last answer; nothing when it answered last. */
    Optional<Trouble> trouble(String server) {
        return Optional.ofNullable(troubles.get(server));
    }

    /** By their servers. */
    Map<String, Trouble> troubles() {
        return Map.copyOf(troubles);
    }
}
