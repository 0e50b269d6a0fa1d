package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_SCALED;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;
import static org.incidentorchestrator.sandbox.Scenario.ONE_BAD_POD;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.runbook.history.Pass;
import org.incidentorchestrator.runbook.history.RunHistory;
import org.incidentorchestrator.runbook.history.RunInstance;
import org.incidentorchestrator.runbook.history.RunPath;
import org.incidentorchestrator.runbook.history.RunPath.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** How an incident ran, read when it is over: the flows are those that the engine was seen to take. */
class RunHistoryProcessTest extends RunbookScenario {
    private static final Duration A_WHILE = Duration.ofMinutes(20);

    @Autowired
    RunHistory history;

    @Autowired
    PassedListener seen;

    @AfterEach
    void the_flows_are_those_that_were_seen() {
        assertThat(instances()).isNotEmpty().allSatisfy(this::agreesWithWhatWasSeen);
    }

    private void agreesWithWhatWasSeen(RunInstance instance) {
        RunPath told = path(instance);
        Set<String> went = seen.taken(instance.id());
        List<String> unsure = told.oneOf().stream().flatMap(List::stream).toList();
        assertThat(told.flows())
                .as("the flows of %s that were taken", instance)
                .filteredOn(flow -> !fromChoiceOfEvents(instance, flow))
                .containsExactlyInAnyOrderElementsOf(
                        went.stream().filter(flow -> !unsure.contains(flow)).toList());
        assertThat(told.oneOf()).allSatisfy(alike -> assertThat(alike).containsAnyElementsOf(went));
    }

    /** The engine goes from there to the event that came without a word about the flow. */
    private boolean fromChoiceOfEvents(RunInstance instance, String flow) {
        SequenceFlow drawn = engine.getRepositoryService()
                .getBpmnModelInstance(instance.definition())
                .getModelElementById(flow);
        return drawn.getSource() instanceof EventBasedGateway;
    }

    @Test
    void an_incident_that_a_restart_solved_shows_root_paging_runbook_and_parts_with_what_was_done() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        passesUnseen(Duration.ofMinutes(1));
        decides("alice", "apply");
        passes(A_WHILE);
        assertThat(incident().open()).isFalse();

        List<RunInstance> ran = instances();
        assertThat(ran).allSatisfy(instance -> {
            assertThat(instance.endedAt()).isNotNull();
            assertThat(instance.versionTag()).isNotNull();
        });
        RunInstance root = ran.get(0);
        assertThat(root.kind()).isEqualTo(Runbooks.Kind.ROOT);
        assertThat(root.name()).isEqualTo("Respond to incident");
        assertThat(root.parent()).isNull();
        assertThat(ran.subList(1, ran.size()))
                .allSatisfy(instance -> assertThat(instance.calledBy()).isNotNull());
        assertThat(of("page-responders").kind()).isEqualTo(Runbooks.Kind.PAGING);
        RunInstance runbook = of("service-down");
        assertThat(runbook.kind()).isEqualTo(Runbooks.Kind.RUNBOOK);
        assertThat(runbook.parent()).isEqualTo(root.id());
        assertThat(visit(root, runbook.calledBy()).pass().called()).isEqualTo(runbook.id());
        assertThat(visit(root, runbook.calledBy()).entries())
                .extracting(Recorded::kind)
                .containsExactly(Kind.RUNBOOK_STARTED, Kind.RUNBOOK_ENDED);
        assertThat(path(runbook).diagram()).get().asString().contains("<bpmn:process id=\"service-down\"");

        Visit restart = deed(Kind.STEP_APPLIED);
        assertThat(restart.pass().state()).isEqualTo(Pass.State.COMPLETED);
        assertThat(restart.entries()).extracting(Recorded::kind).containsExactly(Kind.STEP_INTENT, Kind.STEP_APPLIED);
        assertThat(restart.entries().get(1).kubectl())
                .singleElement()
                .asString()
                .contains("rollout restart", "mcp-gateway");
        Visit decision = visit(of("decide-change"), "userTask_decideOnRemedy");
        assertThat(decision.pass().assignee()).isEqualTo("alice");
        assertThat(decision.pass().endedAt())
                .isAfterOrEqualTo(decision.pass().startedAt().plus(Duration.ofMinutes(1)));
        assertThat(decision.entries()).extracting(Recorded::kind).containsExactly(Kind.ACKNOWLEDGED, Kind.DECIDED);
        assertThat(decision.entries()).extracting(Recorded::actor).containsOnly("alice");
    }

    @Test
    void every_entry_of_a_step_belongs_to_one_pass_also_when_its_part_ran_again() {
        breaks(CRASH_UNTIL_SCALED);
        work();
        decides("alice", "apply");
        passes(A_WHILE);
        decides("alice", "apply");
        passes(A_WHILE);

        List<Long> shown = visits().flatMap(visit -> visit.entries().stream())
                .filter(entry -> entry.kind().name().startsWith("STEP_"))
                .map(Recorded::id)
                .toList();
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(jdbc.sql(
                                "select id from evidence where incident = :incident and kind like 'STEP!_%' escape '!'")
                        .param("incident", incident().number().value())
                        .query(Long.class)
                        .list());
        assertThat(visits().filter(visit -> visit.entries().stream().anyMatch(did -> did.kind() == Kind.STEP_APPLIED)))
                .hasSize(2);
    }

    @Test
    void an_open_incident_shows_where_its_tokens_are() {
        breaks(ONE_BAD_POD);
        work();
        decides("alice", "skip");

        Visit asked = visit(
                instances().stream()
                        .filter(instance ->
                                instance.key().equals("decide-change") && instance.state() == RunInstance.State.RUNNING)
                        .findFirst()
                        .orElseThrow(),
                "userTask_decideOnRemedy");
        assertThat(asked.pass().state()).isEqualTo(Pass.State.RUNNING);
        assertThat(asked.pass().endedAt()).isNull();
    }

    @Test
    void what_was_interrupted_is_shown_as_interrupted() {
        breaks(NEVER_HEALTHY);
        work();
        ends("alice", "resolved");
        passes(A_WHILE);

        Pass asked = visit(of("decide-change"), "userTask_decideOnRemedy").pass();
        assertThat(asked.state()).isEqualTo(Pass.State.CANCELLED);
        assertThat(asked.event()).isEqualTo("event_alertResolved");
        assertThat(visit(of("decide-change"), "event_alertResolved").pass().state())
                .isEqualTo(Pass.State.COMPLETED);
    }

    @Test
    void a_wait_is_shown_as_passed_and_by_which_of_its_events() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        passes(A_WHILE);

        List<Pass> waits = visits().map(Visit::pass)
                .filter(pass -> pass.element().equals("gateway_wait"))
                .toList();
        assertThat(waits).isNotEmpty().allSatisfy(pass -> {
            assertThat(pass.state()).isEqualTo(Pass.State.COMPLETED);
            assertThat(visits().map(Visit::pass))
                    .as("the event %s, when the wait was over", pass.event())
                    .anyMatch(event -> event.element().equals(pass.event())
                            && event.scope().equals(pass.scope())
                            && event.state() == Pass.State.COMPLETED);
        });
    }

    @Test
    void an_incident_that_came_back_has_a_root_for_each_time() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("alice", "apply");
        passes(A_WHILE);
        startsAnew();
        fires();
        passes(Duration.ofMinutes(1));

        assertThat(incident().reopened()).isEqualTo(1);
        assertThat(instances().stream()
                        .filter(instance -> instance.kind() == Runbooks.Kind.ROOT)
                        .map(RunInstance::startedAt))
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    private List<RunInstance> instances() {
        return history.of(incident().number()).orElseThrow().instances();
    }

    private RunInstance of(String key) {
        return instances().stream()
                .filter(instance -> instance.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key));
    }

    private RunPath path(RunInstance instance) {
        return history.path(incident().number(), instance.id()).orElseThrow();
    }

    private Visit visit(RunInstance instance, String element) {
        return path(instance).elements().stream()
                .filter(passed -> passed.id().equals(element))
                .flatMap(passed -> passed.visits().stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(instance.key() + " has not passed " + element));
    }

    private Visit deed(Kind kind) {
        return visits().filter(visit -> visit.entries().stream().anyMatch(entry -> entry.kind() == kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing was " + kind));
    }

    private Stream<Visit> visits() {
        return instances().stream()
                .flatMap(instance -> path(instance).elements().stream())
                .flatMap(element -> element.visits().stream());
    }
}
