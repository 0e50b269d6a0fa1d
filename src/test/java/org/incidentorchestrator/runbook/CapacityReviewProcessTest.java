package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.LOAD_IS_HIGH;

import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which workloads want more, which get it, and what does not fit. Each test fails when its remedy is taken out. */
class CapacityReviewProcessTest extends UsageScenario {
    private static final String READ = "Read the figures";
    private static final String PLAN = "Plan for capacity";

    @Autowired
    private RunAbort runs;

    @Test
    void a_workload_above_its_bound_gets_half_as_many_again_and_the_others_stay() {
        reviewed(GATEWAY);
        assertThat(told("STEP_PROPOSED")).singleElement().asString().contains("from 2 to 3 replicas");
        applies();

        assertThat(changes()).containsExactly(DEPLOYMENT + GATEWAY);
        assertThat(replicas(GATEWAY)).isEqualTo(3);
        assertThat(result())
                .containsPattern(
                        "mcp-gateway: CPU \\d+ %, memory \\d+ %, queue unknown, 2 replicas: up to 3, .*; scaled")
                .containsPattern("mcp-config: CPU \\d+ %, .*: unknown, .*; stays");
        plansFor("a third node in spring");
        assertThat(incident().outcome()).isEqualTo(Outcome.WORK_DONE);
        assertThat(told("PAGED")).isEmpty();
    }

    @Test
    void an_autoscaled_workload_gets_more_by_its_autoscaler() {
        reviewed(API);
        assertThat(replicas(API)).as("it has done what it could").isEqualTo(6);
        applies();

        assertThat(changes()).containsExactly(AUTOSCALER + API);
        assertThat(replicas(API)).isGreaterThan(6);
    }

    @Test
    void the_figures_are_shown_with_their_time_and_drawn() {
        reviewed("");
        looksAgain();
        assertThat(variable(READ, "stockAt")).isEqualTo(now().toString());
        assertThat(variable(READ, "usageText"))
                .containsPattern("mcp-gateway, 2 replicas: CPU .* used, 0.2 cores requested");
        assertThat(jdbc.sql("select name from artefact where media_type = 'image/svg+xml'")
                        .query(String.class)
                        .list())
                .contains("a1-orchestrator-cpu.svg", "a1-orchestrator-memory.svg");
    }

    @Test
    void where_nothing_is_asked_for_nothing_is_proposed() {
        reviewed("");
        goesOn();

        assertThat(told("STEP_PROPOSED")).isEmpty();
        assertThat(result()).doesNotContain("scaled");
        plansFor("nothing");
        endsAs("capacity-review", "done");
    }

    @Test
    void ten_replicas_that_want_more_are_said_to_have_all() {
        limits("cpu", "300m");
        scales(GATEWAY, 10);
        passesUnseen(Duration.ofMinutes(2));
        reviewed(GATEWAY);

        assertThat(told("STEP_PROPOSED")).isEmpty();
        assertThat(result()).containsPattern("mcp-gateway: .*, 10 replicas: atMaximum, .*; atMaximum");
    }

    @Test
    void what_no_node_has_room_for_is_left_to_a_plan() {
        requests("3900m");
        reviewed(GATEWAY);
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(result()).containsPattern("mcp-gateway: .*: up to 3, room for 0 more; noRoom");
        plansFor("a larger node");
        endsAs("capacity-review", "done");
    }

    @Test
    void a_responder_who_skips_one_leaves_it_as_it_is() {
        reviewed(GATEWAY);
        decides("alice", "lookAgain");
        decides("alice", "skip");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(result()).contains("; skipped");
    }

    @Test
    void a_responder_who_hands_over_stops_the_review() {
        reviewed(GATEWAY);
        decides("alice", "handOver");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("PERSON_NEEDED")).anyMatch(reason -> reason.contains("The capacity review stopped"));
        endsAs("capacity-review", "handedToHuman");
    }

    @Test
    void what_somebody_takes_back_is_for_people() {
        reviewed(GATEWAY);
        decides("alice", "apply");
        scales(GATEWAY, 2);
        passes(Duration.ofMinutes(40));

        endsAs("capacity-review", "handedToHuman");
    }

    @Test
    void a_person_who_wants_no_review_abandons_it() {
        plans("capacity-review");
        answers("alice", READ, Map.of("review", "abandon", "settledNote", ""));
        work();

        assertThat(incident().outcome()).isEqualTo(Outcome.WORK_ABANDONED);
    }

    @Test
    void whoever_aborts_it_before_it_has_begun_leaves_all_as_it_is() {
        plans("capacity-review");
        aborts();

        assertThat(taskNames()).doesNotContain(READ);
        endsAs("capacity-review", "abandoned");
    }

    @Test
    void whoever_aborts_it_while_a_responder_decides_leaves_all_as_it_is() {
        reviewed(GATEWAY);
        aborts();

        assertThat(changes()).isEmpty();
        endsAs("capacity-review", "abandoned");
    }

    @Test
    void whoever_aborts_it_before_a_workload_was_looked_at_leaves_that_as_it_is() {
        plans("capacity-review");
        answers("alice", READ, Map.of("review", "review", "settledNote", ""));
        aborts();

        assertThat(told("STEP_PROPOSED")).isEmpty();
        endsAs("capacity-review", "abandoned");
    }

    @Test
    void whoever_aborts_it_while_a_plan_is_made_has_reviewed_all_the_same() {
        reviewed("");
        goesOn();
        aborts();

        assertThat(taskNames()).doesNotContain(PLAN);
        endsAs("capacity-review", "done");
    }

    private void aborts() {
        assertThat(runs.abort(incident().number(), "bob", "another day")).isEmpty();
        passes(Duration.ofMinutes(1));
    }

    @AfterEach
    void asksForLittleAgain() {
        edits(container -> container.withObject("/resources/requests").put("cpu", "100m"));
        passesUnseen(Duration.ofMinutes(5));
    }

    private void reviewed(String loaded) {
        if (!loaded.isEmpty()) {
            sandbox.play(LOAD_IS_HIGH, loaded);
            passesUnseen(Duration.ofMinutes(2));
        }
        plans("capacity-review");
        if (!loaded.isEmpty()) {
            goesOn();
        }
    }

    private void goesOn() {
        answers("alice", READ, Map.of("review", "review", "settledNote", ""));
        work();
    }

    private void looksAgain() {
        passesUnseen(Duration.ofMinutes(1));
        answers("alice", READ, Map.of("review", "lookAgain", "settledNote", ""));
        work();
    }

    private void applies() {
        decides("alice", "apply");
        passes(A_WHILE);
    }

    private void plansFor(String plan) {
        answers("bob", PLAN, Map.of("settledNote", plan));
        work();
    }

    private String result() {
        return variable(PLAN, "reviewText");
    }

    private String variable(String task, String name) {
        return (String) engine.getTaskService().getVariable(task(task).getId(), name);
    }

    private void requests(String cpu) {
        edits(container -> {
            container.withObject("/resources/requests").put("cpu", cpu);
            container.withObject("/resources/limits").put("cpu", cpu);
        });
        passesUnseen(Duration.ofMinutes(2));
    }
}
