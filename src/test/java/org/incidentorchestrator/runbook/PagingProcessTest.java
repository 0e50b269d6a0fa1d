package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.IdentityLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ladder, level by level (runbook K01–K04), in its default mode. */
class PagingProcessTest extends PagingScenario {
    @Test
    void nobody_answers_and_every_level_is_paged_at_its_minute_and_then_everybody_again_and_again() {
        breaks(NEVER_HEALTHY);

        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
        assertPagedAt(15, "paged L2 Senior Platform Engineer");
        assertPagedAt(45, "paged L3 Platform Architect");
        assertPagedAt(105, "paged L4 CTO");
        assertPagedAt(345, "paged everybody");
        assertPagedAt(375, "paged everybody");
        assertPagedAt(405, "paged everybody");
        assertThat(levelsTold()).containsExactly(1, 2, 3, 4, 5, 5, 5);
    }

    @Test
    void the_record_says_of_each_page_when_its_own_timer_was_due() {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(405));

        assertThat(pagedAndDue()).hasSize(6).allSatisfy(page -> assertThat(page.get("at"))
                .isEqualTo(page.get("timerDueAt")));
    }

    @Test
    void a_claim_of_any_task_of_the_incident_stops_the_ladder() {
        breaks(NEVER_HEALTHY);
        work();
        claims("alice", "Decide on remedy");

        passes(Duration.ofMinutes(29));

        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
        assertThat(task(RESPOND).getAssignee()).isEqualTo("alice");
        assertThat(told("ACKNOWLEDGED")).containsExactly("alice has taken it");
    }

    @Test
    void a_late_acknowledgement_keeps_the_levels_that_were_paged() {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(20));
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(29));

        assertThat(told("PAGED")).hasSize(2);
        assertThat(groups()).contains("l1", "l2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void who_gives_it_back_has_the_same_level_paged_at_once_and_the_next_after_its_time(int level) {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(List.of(5, 20, 50, 110, 346).get(level - 1)));
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(10));
        levelsTold();

        givesBack(RESPOND);

        assertThat(levelsTold()).as("at once").containsExactly(level);
        Duration next = Duration.ofMinutes(List.of(15, 30, 60, 240, 30).get(level - 1));
        passes(next.minusSeconds(1));
        assertThat(levelsTold()).as("before the next is due").isEmpty();
        passes(Duration.ofSeconds(1));
        assertThat(levelsTold()).containsExactly(Math.min(level + 1, 5));
    }

    @Test
    void giving_back_a_decision_keeps_the_incident_taken() {
        breaks(NEVER_HEALTHY);
        work();
        claims("alice", "Decide on remedy");
        givesBack("Decide on remedy");
        passes(Duration.ofMinutes(20));

        assertThat(told("PAGED")).hasSize(1);
        assertThat(incident().acknowledgedBy()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void after_an_outage_of_ours_all_that_is_due_is_one_page_whatever_timer_comes_first(long order) {
        breaks(NEVER_HEALTHY);
        work();
        levelsTold();
        passesUnseen(Duration.ofMinutes(110));

        workInOrder(new Random(order));

        assertThat(levelsTold()).containsExactly(4);
        assertThat(told("PAGED"))
                .containsExactly(
                        "paged L1 Platform Engineer",
                        "paged L2 Senior Platform Engineer",
                        "paged L3 Platform Architect",
                        "paged L4 CTO");
        assertThat(groups()).contains("l1", "l2", "l3", "l4");
        passes(Duration.ofMinutes(234));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void after_an_outage_of_a_night_everybody_is_paged_once_and_half_an_hour_later_again(long order) {
        breaks(NEVER_HEALTHY);
        work();
        levelsTold();
        passesUnseen(Duration.ofHours(8));

        workInOrder(new Random(order));

        assertThat(levelsTold()).containsExactly(5);
        assertThat(told("PAGED")).hasSize(5).doesNotHaveDuplicates();
        passes(Duration.ofMinutes(29));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).containsExactly(5);
    }

    @Test
    void an_incident_that_has_ended_never_pages_again() {
        breaks(NEVER_HEALTHY);
        work();
        ends("alice", "continuedElsewhere");
        passes(Duration.ofHours(12));

        assertThat(told("PAGED")).hasSize(1);
        assertThat(incident().open()).isFalse();
    }

    @Test
    void an_incident_that_comes_back_begins_its_ladder_anew() {
        breaks(NEVER_HEALTHY);
        work();
        passes(Duration.ofMinutes(20));
        ends("alice", "resolved");
        levelsTold();
        passes(Duration.ofMinutes(5));
        startsAnew();
        fires();

        assertThat(incident().reopened()).isEqualTo(1);
        assertThat(levelsTold()).containsExactly(1);
        passes(Duration.ofMinutes(15));
        assertThat(levelsTold()).containsExactly(2);
    }

    @Test
    void tasklist_shows_what_is_wrong_who_is_paged_next_and_when_it_is_asked_whether_anything_was_heard() {
        breaks(NEVER_HEALTHY);
        work();

        assertThat(task(RESPOND).getDescription())
                .startsWith("mcp-gateway is down (ServiceDown on a1-orchestrator/mcp-gateway). Paged next: L2 Senior");
        assertThat(task(RESPOND).getDueDate()).isEqualTo(inMinutes(15));
        assertThat(task(RESPOND).getPriority()).isEqualTo(100);
        passes(Duration.ofMinutes(15));
        assertThat(task(RESPOND).getDueDate()).isEqualTo(inMinutes(30));

        claims("alice", RESPOND);
        assertThat(task(RESPOND).getDescription()).contains("alice has it; given back if nothing is heard of anybody");
        assertThat(task(RESPOND).getDueDate()).isNull();
        assertThat(task(RESPOND).getFollowUpDate()).isEqualTo(inMinutes(30));
    }

    /** Of all but the first, which no timer pages. */
    private List<Map<String, String>> pagedAndDue() {
        return details("PAGED").stream()
                .skip(1)
                .map(page -> Map.of("at", minute(page.path("at")), "timerDueAt", minute(page.path("timerDueAt"))))
                .toList();
    }

    private static String minute(JsonNode instant) {
        return instant.asText().substring(0, "2026-11-24T03:00".length());
    }

    private void assertPagedAt(int minute, String summary) {
        long minutes = Duration.between(incident().openedAt(), now()).toMinutes();
        passes(Duration.ofMinutes(minute - minutes).minusSeconds(1));
        int before = told("PAGED").size();
        passes(Duration.ofSeconds(1));
        assertThat(told("PAGED").subList(before, told("PAGED").size()))
                .as("minute %d", minute)
                .containsExactly(summary);
    }

    /** What is due is done in an order of chance, as by the threads of a job executor. */
    private void workInOrder(Random chance) {
        for (List<Job> due = due(); !due.isEmpty(); due = due()) {
            Collections.shuffle(due, chance);
            execute(due.get(0));
        }
    }

    private List<Job> due() {
        return new java.util.ArrayList<>(executable());
    }

    private List<String> groups() {
        return engine.getTaskService().getIdentityLinksForTask(task(RESPOND).getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
