package org.incidentorchestrator.runbook.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.incidentorchestrator.runbook.Runbooks;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The flows that tokens of a real engine went along, each named by where it begins and where it leads. */
class PathTakenTest {
    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine =
            TestEngine.on(database, settings -> settings.setHistory(ProcessEngineConfiguration.HISTORY_FULL));
    private String instance;

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    /** Fails as the variable says. */
    public static final class Trouble implements JavaDelegate {
        @Override
        public void execute(DelegateExecution execution) {
            String kind = String.valueOf(execution.getVariable("trouble"));
            if (kind.equals("error")) {
                throw new BpmnError("trouble");
            }
            if (kind.equals("bug")) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    @Test
    void of_a_choice_only_the_way_that_was_chosen_was_taken() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .exclusiveGateway("which")
                        .condition("left", "${way == 'left'}")
                        .endEvent("left")
                        .moveToNode("which")
                        .condition("right", "${way == 'right'}")
                        .endEvent("right")
                        .done(),
                Map.of("way", "right"));

        assertThat(taken()).containsExactlyInAnyOrder("start>which", "which>right");
    }

    @Test
    void of_two_ways_from_a_choice_to_the_same_place_it_is_not_said_which_was_taken() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .exclusiveGateway("stillNeeded")
                        .sequenceFlowId("serviceBack")
                        .condition("Service back", "${false}")
                        .endEvent("nothingToDo")
                        .moveToNode("stillNeeded")
                        .sequenceFlowId("alertOver")
                        .condition("Alert over", "${true}")
                        .connectTo("nothingToDo")
                        .done(),
                Map.of());

        assertThat(taken()).containsExactly("start>stillNeeded");
        assertThat(PathTaken.of(model(), passes()).oneOf()).containsExactly(List.of("serviceBack", "alertOver"));
    }

    @Test
    void a_loop_is_taken_when_it_was_gone_through_and_not_before() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .userTask("look")
                        .exclusiveGateway("again")
                        .condition("no", "${!again}")
                        .endEvent("end")
                        .moveToNode("again")
                        .condition("yes", "${again}")
                        .connectTo("look")
                        .done(),
                Map.of());
        assertThat(taken()).containsExactlyInAnyOrder("start>look");

        complete("look", Map.of("again", true));
        assertThat(taken()).containsExactlyInAnyOrder("start>look", "look>again", "again>look");

        complete("look", Map.of("again", false));
        assertThat(taken()).containsExactlyInAnyOrder("start>look", "look>again", "again>look", "again>end");
    }

    @Test
    void what_was_interrupted_was_left_by_the_event_at_its_boundary() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .userTask("wait")
                        .endEvent("done")
                        .moveToActivity("wait")
                        .boundaryEvent("resolved")
                        .message("resolved")
                        .endEvent("over")
                        .done(),
                Map.of());
        engine.getRuntimeService().correlateMessage("resolved");

        assertThat(taken()).containsExactlyInAnyOrder("start>wait", "resolved>over");
        assertThat(pass("wait").state()).isEqualTo(Pass.State.CANCELLED);
        assertThat(pass("wait").event()).isEqualTo("resolved");
    }

    @Test
    void an_event_that_does_not_interrupt_leaves_both_ways() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .userTask("wait")
                        .endEvent("done")
                        .moveToActivity("wait")
                        .boundaryEvent("level2")
                        .cancelActivity(false)
                        .message("level2")
                        .endEvent("paged")
                        .done(),
                Map.of());
        engine.getRuntimeService().correlateMessage("level2");
        complete("wait", Map.of());

        assertThat(taken()).containsExactlyInAnyOrder("start>wait", "level2>paged", "wait>done");
        assertThat(pass("wait").event()).isNull();
    }

    @Test
    void a_step_that_was_refused_was_left_by_its_error() {
        BpmnModelInstance model = Bpmn.createExecutableProcess("p")
                .startEvent("start")
                .serviceTask("restart")
                .camundaClass(Trouble.class)
                .endEvent("restarted")
                .moveToActivity("restart")
                .boundaryEvent("refused")
                .error("trouble")
                .endEvent("handedOver")
                .done();
        start(model, Map.of("trouble", "error"));

        assertThat(taken()).containsExactlyInAnyOrder("start>restart", "refused>handedOver");
    }

    @Test
    void an_error_out_of_a_subprocess_leaves_nothing_else_behind_it() {
        BpmnModelInstance model = Bpmn.createExecutableProcess("p")
                .startEvent("start")
                .subProcess("remedies")
                .embeddedSubProcess()
                .startEvent("try")
                .serviceTask("restart")
                .camundaClass(Trouble.class)
                .endEvent("tried")
                .subProcessDone()
                .endEvent("helped")
                .moveToActivity("remedies")
                .boundaryEvent("refused")
                .error("trouble")
                .endEvent("handedOver")
                .done();
        start(model, Map.of("trouble", "error"));

        assertThat(taken()).containsExactlyInAnyOrder("start>remedies", "try>restart", "refused>handedOver");
    }

    @Test
    void branches_that_run_beside_each_other_are_all_taken_and_what_joins_them_once_each() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .parallelGateway("fork")
                        .userTask("page")
                        .parallelGateway("join")
                        .endEvent("end")
                        .moveToNode("fork")
                        .userTask("look")
                        .connectTo("join")
                        .done(),
                Map.of());
        assertThat(taken()).containsExactlyInAnyOrder("start>fork", "fork>page", "fork>look");

        complete("look", Map.of());
        assertThat(taken()).containsExactlyInAnyOrder("start>fork", "fork>page", "fork>look", "look>join");

        complete("page", Map.of());
        assertThat(taken())
                .containsExactlyInAnyOrder(
                        "start>fork", "fork>page", "fork>look", "look>join", "page>join", "join>end");
    }

    @Test
    void branches_that_merge_without_waiting_are_each_taken() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .parallelGateway("fork")
                        .userTask("page")
                        .exclusiveGateway("merge")
                        .userTask("tell")
                        .endEvent("end")
                        .moveToNode("fork")
                        .userTask("look")
                        .connectTo("merge")
                        .done(),
                Map.of());
        complete("look", Map.of());
        assertThat(taken())
                .containsExactlyInAnyOrder("start>fork", "fork>page", "fork>look", "look>merge", "merge>tell");

        complete("page", Map.of());
        assertThat(taken()).contains("page>merge");
    }

    private void waitsForAMessageOrAnHour() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .eventBasedGateway()
                        .id("await")
                        .intermediateCatchEvent("resolved")
                        .message("resolved")
                        .endEvent("over")
                        .moveToNode("await")
                        .intermediateCatchEvent("later")
                        .timerWithDuration("PT1H")
                        .endEvent("again")
                        .done(),
                Map.of());
    }

    @Test
    void of_events_that_are_waited_for_the_one_that_came_was_taken() {
        waitsForAMessageOrAnHour();
        assertThat(taken()).containsExactlyInAnyOrder("start>await");

        engine.getRuntimeService().correlateMessage("resolved");
        assertThat(taken()).containsExactlyInAnyOrder("start>await", "await>resolved", "resolved>over");
        assertThat(pass("await").state()).isEqualTo(Pass.State.COMPLETED);
        assertThat(pass("await").event()).isEqualTo("resolved");
    }

    @Test
    void each_time_that_events_were_waited_for_has_the_event_that_came_then() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .exclusiveGateway("again")
                        .eventBasedGateway()
                        .id("await")
                        .intermediateCatchEvent("resolved")
                        .message("resolved")
                        .endEvent("over")
                        .moveToNode("await")
                        .intermediateCatchEvent("later")
                        .message("later")
                        .connectTo("again")
                        .done(),
                Map.of());
        engine.getRuntimeService().correlateMessage("later");
        engine.getRuntimeService().correlateMessage("later");
        engine.getRuntimeService().correlateMessage("resolved");

        assertThat(passes().stream().filter(pass -> pass.element().equals("await")))
                .extracting(Pass::state, Pass::event)
                .containsExactly(
                        tuple(Pass.State.COMPLETED, "later"),
                        tuple(Pass.State.COMPLETED, "later"),
                        tuple(Pass.State.COMPLETED, "resolved"));
    }

    @Test
    void events_that_were_waited_for_in_vain_are_no_way_out() {
        waitsForAMessageOrAnHour();
        engine.getRuntimeService().deleteProcessInstance(instance, "an administrator");

        assertThat(pass("await").state()).isEqualTo(Pass.State.CANCELLED);
        assertThat(pass("await").event()).isNull();
    }

    @Test
    void what_is_done_for_each_of_many_is_reached_and_left_once() {
        start(
                Bpmn.createExecutableProcess("p")
                        .startEvent("start")
                        .userTask("review")
                        .multiInstance()
                        .sequential()
                        .cardinality("2")
                        .multiInstanceDone()
                        .endEvent("end")
                        .done(),
                Map.of());
        complete("review", Map.of());
        assertThat(taken()).containsExactlyInAnyOrder("start>review");

        complete("review", Map.of());
        assertThat(taken()).containsExactlyInAnyOrder("start>review", "review>end");
        assertThat(passes().stream().filter(pass -> pass.element().equals("review") && !pass.around()))
                .hasSize(2);
    }

    @Test
    void a_step_whose_job_waits_is_reached_and_fails_when_no_retry_is_left() {
        start(asynchronous(), Map.of("trouble", "bug"));
        assertThat(taken()).containsExactlyInAnyOrder("start>which", "which>restart");
        assertThat(pass("restart").state()).isEqualTo(Pass.State.RUNNING);

        var jobs = engine.getManagementService();
        String job = jobs.createJobQuery().singleResult().getId();
        assertThatThrownBy(() -> jobs.executeJob(job)).hasStackTraceContaining("a bug");
        assertThat(pass("restart").state()).isEqualTo(Pass.State.RUNNING);

        jobs.setJobRetries(job, 0);
        assertThat(pass("restart").state()).isEqualTo(Pass.State.FAILED);
        assertThat(pass("restart").endedAt()).isNull();
        assertThat(taken()).containsExactlyInAnyOrder("start>which", "which>restart");
    }

    @Test
    void a_step_that_had_failed_when_its_instance_was_deleted_stays_one_that_failed() {
        start(asynchronous(), Map.of("trouble", "bug"));
        var jobs = engine.getManagementService();
        String job = jobs.createJobQuery().singleResult().getId();
        jobs.setJobRetries(job, 1);
        assertThatThrownBy(() -> jobs.executeJob(job)).hasStackTraceContaining("a bug");
        engine.getRuntimeService().deleteProcessInstance(instance, "an administrator");

        assertThat(pass("restart").state()).isEqualTo(Pass.State.FAILED);
        assertThat(pass("restart").endedAt()).isNotNull();
    }

    @Test
    void a_step_whose_job_was_done_has_one_pass() {
        start(asynchronous(), Map.of());
        engine.getManagementService()
                .executeJob(engine.getManagementService()
                        .createJobQuery()
                        .singleResult()
                        .getId());

        assertThat(taken()).containsExactlyInAnyOrder("start>which", "which>restart", "restart>end");
        assertThat(pass("restart").state()).isEqualTo(Pass.State.COMPLETED);
    }

    private static BpmnModelInstance asynchronous() {
        return Bpmn.createExecutableProcess("p")
                .startEvent("start")
                .exclusiveGateway("which")
                .condition("restart", "${true}")
                .serviceTask("restart")
                .camundaAsyncBefore()
                .camundaClass(Trouble.class)
                .endEvent("end")
                .moveToNode("which")
                .condition("other", "${false}")
                .endEvent("other")
                .done();
    }

    private Pass pass(String element) {
        return passes().stream()
                .filter(pass -> pass.element().equals(element))
                .reduce((one, other) -> {
                    throw new AssertionError("two passes: " + one + " and " + other);
                })
                .orElseThrow();
    }

    private void start(BpmnModelInstance model, Map<String, Object> variables) {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("p.bpmn", model)
                .deploy();
        instance = engine.getRuntimeService()
                .startProcessInstanceByKey("p", variables)
                .getId();
    }

    private void complete(String task, Map<String, Object> variables) {
        String id = engine.getTaskService()
                .createTaskQuery()
                .taskDefinitionKey(task)
                .singleResult()
                .getId();
        engine.getTaskService().complete(id, variables);
    }

    private List<Pass> passes() {
        var ended = engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceId(instance)
                .singleResult();
        List<Pass> written = new Passes(engine, database.jdbc())
                .of(new RunInstance(
                        instance,
                        null,
                        null,
                        ended.getProcessDefinitionId(),
                        "p",
                        "p",
                        1,
                        null,
                        Runbooks.Kind.PART,
                        RunInstance.State.of(ended.getState()),
                        ended.getStartTime().toInstant(),
                        ended.getEndTime() == null ? null : ended.getEndTime().toInstant()));
        return EndedByEvents.in(model(), written);
    }

    /** {@code from>to} */
    private List<String> taken() {
        BpmnModelInstance model = model();
        return PathTaken.of(model, passes()).flows().stream()
                .map(model::<org.camunda.bpm.model.bpmn.instance.SequenceFlow>getModelElementById)
                .map(flow -> flow.getSource().getId() + ">" + flow.getTarget().getId())
                .toList();
    }

    private BpmnModelInstance model() {
        return engine.getRepositoryService()
                .getBpmnModelInstance(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .singleResult()
                        .getId());
    }
}
