package org.incidentorchestrator.approval.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.junit.jupiter.api.Test;

class ClosedChecksTest {
    private static final Set<String> METHODS = Set.copyOf(Arrays.stream(CommandChecker.class.getMethods())
            .map(Method::getName)
            .toList());

    @Test
    void each_check_of_the_engine_is_judged_in_one_way() {
        List<String> judged = Stream.of(ClosedChecks.OPEN, ClosedChecks.LOOKED_AT, ClosedChecks.CLOSED.keySet())
                .flatMap(Set::stream)
                .toList();
        assertThat(judged).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(METHODS);
    }

    @Test
    void what_is_open_reads_or_has_a_failed_job_tried_again() {
        assertThat(ClosedChecks.OPEN).allMatch(name -> name.matches("check(Read|EvaluateDecision|UpdateRetries).*"));
    }
}
