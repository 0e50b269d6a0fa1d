package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.runbook.DecisionTable.inputs;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a service wants more or fewer replicas, and how many (runbook A04–A06): every bound, every gap, the cap. */
class ScalingDecisionTest {
    private static final DecisionTable DECISION = DecisionTable.of("scaling-decision");
    private static final DecisionTable STEP = DecisionTable.of("scaling-step");
    private static final int CAP = 10;

    private static final List<Double> CPU = Arrays.asList(null, -1.0, Double.NaN, 0.0, 29.999, 30.0, 70.0, 70.001);
    private static final List<Double> MEMORY = Arrays.asList(null, -1.0, Double.NaN, 0.0, 39.999, 40.0, 80.0, 80.001);
    private static final List<Double> QUEUE = Arrays.asList(null, -1.0, Double.NaN, 0.0, 9.999, 10.0, 100.0, 100.001);
    private static final List<Integer> REPLICAS = Arrays.asList(null, -1, 0, 1, 2, 3, 9, 10, 11);

    @ParameterizedTest(name = "CPU {0}, memory {1}, queue {2}: {3}")
    @CsvSource({
        "70.001, 50, 50, up",
        "70, 50, 50, stay",
        "50, 80.001, 50, up",
        "50, 80, 50, stay",
        "50, 50, 100.001, up",
        "50, 50, 100, stay",
        "29.999, 39.999, 9.999, down",
        "30, 39.999, 9.999, stay",
        "29.999, 40, 9.999, stay",
        "29.999, 39.999, 10, stay",
        "0, 0, 0, down",
        // idle, and its queue is full
        "5, 10, 5000, up",
        "70.001, , , up",
        ", 80.001, , up",
        ", , 100.001, up",
        "10, 10, , unknown",
        "10, , 0, unknown",
        ", 10, 0, unknown",
        "10, 10, -1, unknown",
        "50, 50, , unknown",
        ", , , unknown",
    })
    void of_five_replicas(Double cpu, Double memory, Double queue, String direction) {
        assertThat(direction(cpu, memory, queue, 5)).isEqualTo(direction);
    }

    @ParameterizedTest
    @CsvSource({"1, stay", "2, stay", "3, down", "10, down", "11, down", "0, stay", "-1, unknown", ", unknown"})
    void what_is_idle_keeps_two_replicas_and_what_is_scaled_to_none_stays_so(Integer replicas, String direction) {
        assertThat(direction(1.0, 1.0, 0.0, replicas)).isEqualTo(direction);
    }

    @ParameterizedTest
    @CsvSource({"1, up", "9, up", "10, atMaximum", "11, atMaximum", "0, stay", ", unknown"})
    void what_is_busy_gets_more_until_the_hardware_has_no_more(Integer replicas, String direction) {
        assertThat(direction(99.0, 1.0, 0.0, replicas)).isEqualTo(direction);
        assertThat(direction(1.0, 99.0, 0.0, replicas)).isEqualTo(direction);
        assertThat(direction(1.0, 1.0, 101.0, replicas)).isEqualTo(direction);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,3", "3,5", "4,6", "5,8", "6,9", "7,10", "8,10", "9,10", "10,10"})
    void up_is_half_as_many_again_rounded_up_and_ten_at_most(int replicas, int scaleTo) {
        assertThat(step("up", replicas)).isEqualTo(scaleTo);
        assertThat(scaleTo).isEqualTo(Math.min(CAP, (int) Math.ceil(replicas * 1.5)));
    }

    @ParameterizedTest
    @CsvSource({"3,2", "4,3", "10,9", "11,10", "25,10"})
    void down_is_one_fewer_and_never_above_the_cap(int replicas, int scaleTo) {
        assertThat(step("down", replicas)).isEqualTo(scaleTo);
    }

    @Test
    void every_combination_has_an_answer_and_the_one_that_the_rules_in_words_give() {
        int walked = 0;
        for (Double cpu : CPU) {
            for (Double memory : MEMORY) {
                for (Double queue : QUEUE) {
                    for (Integer replicas : REPLICAS) {
                        assertThat(direction(cpu, memory, queue, replicas))
                                .as("CPU %s, memory %s, queue %s, %s replicas", cpu, memory, queue, replicas)
                                .isEqualTo(expected(cpu, memory, queue, replicas));
                        walked++;
                    }
                }
            }
        }
        assertThat(walked).isEqualTo(8 * 8 * 8 * 9);
    }

    @Test
    void a_step_goes_where_the_decision_says_and_ends_within_the_cap() {
        for (String direction : List.of("up", "down", "stay", "atMaximum", "unknown")) {
            for (int replicas = 0; replicas <= 12; replicas++) {
                Integer scaleTo = step(direction, replicas);
                assertThat(scaleTo).as("%s from %d", direction, replicas).isNotNull();
                boolean moves = direction.equals("up") && replicas >= 1 && replicas < CAP
                        || direction.equals("down") && replicas > 2;
                if (moves) {
                    assertThat(Integer.signum(scaleTo - replicas))
                            .as("%s from %d", direction, replicas)
                            .isEqualTo(direction.equals("up") ? 1 : -1);
                    assertThat(scaleTo).isBetween(2, CAP);
                } else {
                    assertThat(scaleTo).as("%s from %d", direction, replicas).isEqualTo(replicas);
                }
            }
        }
        assertThat(step("unknown", null)).isNull();
    }

    private static String expected(Double cpu, Double memory, Double queue, Integer replicas) {
        if (replicas == null || replicas < 0) {
            return "unknown";
        }
        if (replicas == 0) {
            return "stay";
        }
        if (any(cpu, memory, queue, (value, bounds) -> value > bounds[1])) {
            return replicas >= CAP ? "atMaximum" : "up";
        }
        if (Stream.of(cpu, memory, queue).anyMatch(value -> value == null || !(value >= 0))) {
            return "unknown";
        }
        boolean idle = !any(cpu, memory, queue, (value, bounds) -> value >= bounds[0]);
        return idle && replicas > 2 ? "down" : "stay";
    }

    private static boolean any(Double cpu, Double memory, Double queue, BiPredicate<Double, double[]> holds) {
        return Objects.nonNull(cpu) && holds.test(cpu, new double[] {30, 70})
                || Objects.nonNull(memory) && holds.test(memory, new double[] {40, 80})
                || Objects.nonNull(queue) && holds.test(queue, new double[] {10, 100});
    }

    private static String direction(Double cpu, Double memory, Double queue, Integer replicas) {
        return DECISION.decide(
                inputs("cpuPercent", cpu, "memoryPercent", memory, "queueDepth", queue, "replicas", replicas));
    }

    private static Integer step(String direction, Integer replicas) {
        return STEP.decide(inputs("direction", direction, "replicas", replicas));
    }
}
