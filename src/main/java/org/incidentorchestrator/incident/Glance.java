package org.incidentorchestrator.incident;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The answer of one query that gauges show; made by {@link Glances}. A gauge of what cannot be read has no value (NaN):
 * unknown is not zero.
 */
public final class Glance<T> {
    private final Glances glances;
    private final Supplier<T> query;
    private T seen;
    private Instant seenAt;

    Glance(Glances glances, Supplier<T> query) {
        this.glances = glances;
        this.query = query;
    }

    /** A gauge of a number in the answer. @param tags key, value, key, value … of a few values that are known */
    public void gauge(
            MeterRegistry meters, String name, String description, ToDoubleFunction<T> number, String... tags) {
        Gauge.builder(name, () -> now().map(number::applyAsDouble).orElse(Double.NaN))
                .description(description)
                .tags(tags)
                .register(meters);
    }

    /** A gauge of how long ago something in the answer was, in seconds; 0 when there is nothing. */
    public void age(
            MeterRegistry meters,
            String name,
            String description,
            Function<T, Optional<Instant>> oldest,
            String... tags) {
        Gauge.builder(name, () -> now().map(seen -> age(oldest.apply(seen))).orElse(Double.NaN))
                .description(description)
                .baseUnit("seconds")
                .tags(tags)
                .register(meters);
    }

    private double age(Optional<Instant> at) {
        return at.map(since -> Duration.between(since, glances.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** What the database says, or said a few seconds ago; nothing when it cannot be asked. */
    Optional<T> now() {
        return glances.look(this);
    }

    boolean isOf(Instant now) {
        return seenAt != null && Duration.between(seenAt, now).abs().compareTo(Glances.FRESH) < 0;
    }

    Optional<T> seen() {
        return Optional.ofNullable(seen);
    }

    void ask(Instant now) {
        seen = query.get();
        seenAt = now;
    }

    void forget() {
        seen = null;
        seenAt = null;
    }
}
