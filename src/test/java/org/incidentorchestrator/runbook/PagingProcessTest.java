package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.task.IdentityLink;
import org.junit.jupiter.api.Test;

/** The ladder, level by level (runbook K01–K04), in its default mode. */
class PagingProcessTest extends RunbookScenario {
    private static final String RESPOND = "Respond to incident";

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
    }

    @Test
    void a_claim_of_any_task_of_the_incident_stops_the_ladder() {
        breaks(NEVER_HEALTHY);
        work();
        claims("alice", "Decide on remedy");

        passes(Duration.ofHours(12));

        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
        assertThat(task(RESPOND).getAssignee()).isEqualTo("alice");
        assertThat(told("ACKNOWLEDGED")).containsExactly("alice has taken it");
    }

    @Test
    void a_late_acknowledgement_keeps_the_levels_that_were_paged() {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(20));
        claims("bob", RESPOND);
        passes(Duration.ofHours(12));

        assertThat(told("PAGED")).hasSize(2);
        assertThat(groups()).contains("l1", "l2");
    }

    @Test
    void who_gives_it_back_makes_the_ladder_go_on_above_the_level_it_had_reached() {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(20));
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(60));

        givesBack(RESPOND);
        passes(Duration.ofMinutes(29));
        assertThat(told("PAGED")).hasSize(2);

        passes(Duration.ofMinutes(1));
        assertThat(told("PAGED")).hasSize(3).last().isEqualTo("paged L3 Platform Architect");
    }

    @Test
    void who_gives_it_back_after_everybody_was_paged_makes_everybody_be_paged_again_and_again() {
        breaks(NEVER_HEALTHY);
        passes(Duration.ofMinutes(346));
        claims("bob", RESPOND);
        passes(Duration.ofHours(1));
        int before = told("PAGED").size();

        givesBack(RESPOND);
        passes(Duration.ofMinutes(60));

        assertThat(told("PAGED").subList(before, told("PAGED").size()))
                .containsExactly("paged everybody", "paged everybody");
    }

    @Test
    void giving_back_a_decision_keeps_the_incident_taken() {
        breaks(NEVER_HEALTHY);
        work();
        claims("alice", "Decide on remedy");
        givesBack("Decide on remedy");
        passes(Duration.ofHours(1));

        assertThat(told("PAGED")).hasSize(1);
        assertThat(incident().acknowledgedBy()).isEqualTo("alice");
    }

    @Test
    void an_outage_of_ours_makes_a_level_overdue_and_not_later() {
        breaks(NEVER_HEALTHY);
        passesUnseen(Duration.ofMinutes(50));

        work();

        assertThat(told("PAGED"))
                .containsExactlyInAnyOrder(
                        "paged L1 Platform Engineer",
                        "paged L2 Senior Platform Engineer",
                        "paged L3 Platform Architect");
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

    private void assertPagedAt(int minute, String summary) {
        long minutes = Duration.between(incident().openedAt(), now()).toMinutes();
        passes(Duration.ofMinutes(minute - minutes).minusSeconds(1));
        int before = told("PAGED").size();
        passes(Duration.ofSeconds(1));
        assertThat(told("PAGED").subList(before, told("PAGED").size()))
                .as("minute %d", minute)
                .containsExactly(summary);
    }

    private List<String> groups() {
        return engine.getTaskService().getIdentityLinksForTask(task(RESPOND).getId()).stream()
                .map(IdentityLink::getGroupId)
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
