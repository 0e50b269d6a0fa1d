package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.approval.paging.Responders;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever has taken an incident may fall asleep again. */
class SilenceProcessTest extends PagingScenario {
    @Autowired
    Responders responders;

    @Test
    void of_whom_nothing_is_heard_for_half_an_hour_the_incident_is_given_back_and_the_same_level_paged_at_once() {
        takenAtL2("bob");

        passes(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofSeconds(1));

        assertThat(levelsTold()).containsExactly(2);
        assertThat(told("GIVEN_BACK")).singleElement().asString().contains("nothing was heard of bob");
        assertThat(heard.givenBack).hasSize(1);
        assertThat(incident().takenBy()).isEmpty();
        assertThat(task(RESPOND).getAssignee())
                .as("he sees it still, and may take it again")
                .isNull();
        passes(Duration.ofMinutes(30));
        assertThat(levelsTold()).containsExactly(3);
    }

    @Test
    void a_note_of_anybody_puts_the_next_check_off() {
        takenAtL2("bob");
        passes(Duration.ofMinutes(20));
        responders.note(incident().number(), "carol", "the node is full");

        passes(Duration.ofMinutes(29));
        assertThat(levelsTold()).isEmpty();
        assertThat(task(RESPOND).getFollowUpDate()).isEqualTo(inMinutes(1));
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).containsExactly(2);
    }

    @Test
    void a_decision_counts_as_having_been_heard_of() {
        breaks(NEVER_HEALTHY);
        work();
        claims("alice", "Decide on remedy");
        passes(Duration.ofMinutes(20));
        decides("alice", "skip");
        levelsTold();

        passes(Duration.ofMinutes(29));

        assertThat(levelsTold()).isEmpty();
        assertThat(incident().takenBy()).contains("alice");
    }

    @Test
    void an_answer_in_tasklist_keeps_the_task_with_whoever_has_it() {
        takenAtL2("bob");
        passes(Duration.ofMinutes(20));
        responds("bob", "note", Map.of());

        assertThat(task(RESPOND).getAssignee()).isEqualTo("bob");
        assertThat(task(RESPOND).getDescription())
                .startsWith("mcp-gateway is down")
                .contains("bob has it");
        assertThat(task(RESPOND).getFollowUpDate()).isEqualTo(inMinutes(30));
        passes(Duration.ofMinutes(29));
        assertThat(levelsTold()).isEmpty();
    }

    @Test
    void after_an_outage_of_ours_a_silence_is_noticed_at_once_and_once() {
        takenAtL2("bob");
        passesUnseen(Duration.ofHours(3));

        work();

        assertThat(levelsTold()).containsExactly(2);
        assertThat(told("GIVEN_BACK")).hasSize(1);
    }

    private void takenAtL2(String person) {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(20));
        claims(person, RESPOND);
        levelsTold();
    }
}
