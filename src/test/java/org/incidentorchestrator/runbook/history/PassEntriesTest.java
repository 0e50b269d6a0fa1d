package org.incidentorchestrator.runbook.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.runbook.Runbooks;
import org.junit.jupiter.api.Test;

/** Times are seconds of one run. */
class PassEntriesTest {
    private static final RunInstance RUN = new RunInstance(
            "this", null, null, "p:1:1", "p", "P", 1, null, Runbooks.Kind.PART, RunInstance.State.RUNNING, at(0), null);
    private static final Pass FIRST = pass("1", 10, 12);
    private static final Pass SECOND = pass("2", 30, 32);

    @Test
    void what_a_step_did_belongs_to_the_pass_that_it_was_done_in() {
        assertThat(told(FIRST, step("this", 11), step("this", 31))).containsExactly(11L);
        assertThat(told(SECOND, step("this", 11), step("this", 31))).containsExactly(31L);
    }

    @Test
    void a_try_that_failed_before_belongs_to_the_pass_that_the_engine_knows() {
        assertThat(told(FIRST, step("this", 4), step("this", 11))).containsExactly(4L, 11L);
        assertThat(told(SECOND, step("this", 13), step("this", 29))).containsExactly(13L, 29L);
    }

    @Test
    void what_became_of_a_step_later_belongs_to_its_last_pass() {
        assertThat(told(SECOND, step("this", 90))).containsExactly(90L);
    }

    @Test
    void what_a_step_did_in_another_instance_is_not_told_of_this_one() {
        assertThat(told(FIRST, step("other", 11))).isEmpty();
        assertThat(told(SECOND, step("other", 31))).isEmpty();
    }

    @Test
    void a_fact_belongs_to_the_pass_that_lasted_then_and_to_no_other() {
        assertThat(told(FIRST, fact(12))).containsExactly(12L);
        assertThat(told(SECOND, fact(30))).containsExactly(30L);
        assertThat(Stream.of(FIRST, SECOND).flatMap(pass -> told(pass, fact(20), fact(33)).stream()))
                .isEmpty();
    }

    private static List<Long> told(Pass pass, Recorded... entries) {
        return PassEntries.of(RUN, List.of(FIRST, SECOND), List.of(entries)).getOrDefault(pass, List.of()).stream()
                .map(Recorded::id)
                .toList();
    }

    private static Pass pass(String id, int from, int to) {
        return new Pass(id, "this", "restart", false, Pass.State.COMPLETED, at(from), at(to), null, null, null);
    }

    /** Its id is its second. */
    private static Recorded step(String instance, int second) {
        return entry(Kind.STEP_LOOKED, second, Map.of(Entry.INSTANCE, instance));
    }

    private static Recorded fact(int second) {
        return entry(Kind.DECIDED, second, Map.of());
    }

    private static Recorded entry(Kind kind, int second, Map<String, Object> details) {
        return new Recorded(second, at(second), kind, "alice", "restart", "so it was", details, true, List.of());
    }

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }
}
