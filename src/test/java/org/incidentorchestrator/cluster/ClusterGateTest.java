package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

class ClusterGateTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T03:00:00Z"));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ClusterGate gate = new ClusterGate(settings(2), clock, metrics);
    private int sent;

    private static ClusterSettings settings(int permits) {
        return new ClusterSettings(
                "",
                false,
                "",
                Map.of(),
                Map.of(),
                Duration.ofSeconds(10),
                permits,
                List.of("a1-orchestrator"),
                Duration.ofSeconds(15));
    }

    @Test
    void who_comes_when_all_permits_are_taken_gets_none_and_does_not_wait() {
        try (var first = gate.tryEnter().orElseThrow();
                var second = gate.tryEnter().orElseThrow()) {
            assertThat(second).isNotSameAs(first);
            assertThat(gate.tryEnter()).isEmpty();
            assertThat(gauge("incident.orchestrator.cluster.permits.used")).isEqualTo(2);
        }
        assertThat(gauge("incident.orchestrator.cluster.permits.used")).isZero();
        assertThat(gate.tryEnter()).isPresent();
    }

    @Test
    void the_more_are_turned_away_the_later_they_come_again_until_one_gets_in() {
        var first = gate.tryEnter().orElseThrow();
        gate.tryEnter().orElseThrow();

        assertThat(pauses(4)).containsExactly(1500L, 2000L, 2500L, 3000L);
        assertThat(pauses(50)).last().isEqualTo(5000L);

        first.close();
        gate.tryEnter().orElseThrow();
        assertThat(pauses(1)).containsExactly(1500L);
    }

    private List<Long> pauses(int times) {
        return java.util.stream.IntStream.range(0, times)
                .mapToObj(i -> {
                    assertThat(gate.tryEnter()).isEmpty();
                    return gate.comeAgainAfter().toMillis();
                })
                .toList();
    }

    @Test
    void a_permit_that_is_closed_twice_gives_back_one() {
        var permit = gate.tryEnter().orElseThrow();
        permit.close();
        permit.close();
        assertThat(gauge("incident.orchestrator.cluster.permits.used")).isZero();
        gate.tryEnter().orElseThrow();
        gate.tryEnter().orElseThrow();
        assertThat(gate.tryEnter()).isEmpty();
    }

    @Test
    void after_unanswered_calls_nothing_is_sent_and_it_says_until_when() {
        unansweredCalls(5);
        ClusterFailure failure = failure(() -> gate.counted(this::answer));
        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(failure).hasMessageContaining("circuit open until 2026-11-24T03:00:15Z");
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(15));
        assertThat(failure(() -> gate.uncounted(this::answer))).hasMessageContaining("circuit open");
        assertThat(sent).isEqualTo(5);
        assertThat(gauge("incident.orchestrator.cluster.circuit.open")).isEqualTo(1);
    }

    @Test
    void after_the_wait_one_answer_closes_the_circuit() {
        unansweredCalls(5);
        clock.pass(Duration.ofSeconds(16));
        assertThat(gate.counted(this::answer)).isEqualTo("answer");
        assertThat(gate.counted(this::answer)).isEqualTo("answer");
        assertThat(gauge("incident.orchestrator.cluster.circuit.open")).isZero();
    }

    @Test
    void while_one_call_tries_it_the_others_are_told_so_and_not_a_time_that_is_over() {
        unansweredCalls(5);
        clock.pass(Duration.ofSeconds(16));
        gate.counted(() -> {
            assertThat(failure(() -> gate.counted(this::answer)))
                    .hasMessageContaining("until the call that tries it is answered");
            return answer();
        });
    }

    @Test
    void after_the_wait_one_more_silence_opens_it_anew() {
        unansweredCalls(5);
        clock.pass(Duration.ofSeconds(16));
        unansweredCalls(1);
        assertThat(failure(() -> gate.counted(this::answer))).hasMessageContaining("2026-11-24T03:00:31Z");
    }

    @Test
    void a_refusal_is_an_answer() {
        for (Kind kind : List.of(Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.THROTTLED, Kind.CONFLICT, Kind.BUDGET)) {
            failure(() -> gate.counted(() -> {
                throw new ClusterFailure(kind, "no");
            }));
        }
        assertThat(gate.counted(this::answer)).isEqualTo("answer");
    }

    @Test
    void the_silence_of_a_pod_or_a_node_is_not_the_clusters() {
        for (int i = 0; i < 20; i++) {
            failure(() -> gate.uncounted(this::silence));
        }
        assertThat(gate.counted(this::answer)).isEqualTo("answer");
    }

    @Test
    void a_bug_says_nothing_about_the_cluster() {
        unansweredCalls(4);
        Supplier<String> bug = () -> {
            throw new IllegalArgumentException("bug");
        };
        assertThatThrownBy(() -> gate.counted(bug)).isInstanceOf(IllegalArgumentException.class);
        assertThat(gauge("incident.orchestrator.cluster.circuit.open")).isZero();
    }

    private void unansweredCalls(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(failure(() -> gate.counted(this::silence)).getMessage()).isEqualTo("silence");
        }
    }

    private String answer() {
        sent++;
        return "answer";
    }

    private String silence() {
        sent++;
        throw new ClusterFailure(Kind.UNREACHABLE, "silence");
    }

    private static ClusterFailure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ClusterFailure.class, call);
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }
}
