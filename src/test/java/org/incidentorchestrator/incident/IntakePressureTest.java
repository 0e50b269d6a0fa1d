package org.incidentorchestrator.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IntakePressureTest {
    private final IntakePressure pressure = new IntakePressure();

    @Test
    void a_steady_trickle_is_no_pressure() {
        for (int at = 0; at < 100; at++) {
            pressure.acknowledged(1, millis(at * 50L));
        }

        assertThat(pressure.high(millis(99 * 50L))).isFalse();
    }

    @Test
    void a_storm_is_until_it_is_over() {
        pressure.acknowledged(20, millis(1));
        pressure.acknowledged(20, millis(10));

        assertThat(pressure.high(millis(50))).isTrue();
        assertThat(pressure.high(millis(150))).isFalse();
    }

    @Test
    void nothing_yet_is_no_pressure() {
        assertThat(pressure.high(millis(1))).isFalse();
    }

    private static long millis(long time) {
        return Duration.ofMillis(time).toNanos();
    }
}
