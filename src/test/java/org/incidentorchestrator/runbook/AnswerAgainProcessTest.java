package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswerAgainProcessTest {
    private final AtomicInteger tries = new AtomicInteger();
    private int conflicts;
    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database, rules -> {
        rules.setCustomPreCommandInterceptorsTxRequired(List.of(new AnswerAgain()));
        rules.setCustomPreBPMNParseListeners(List.of(new Meeting()));
    });

    /** Lets every answer meet something else, as often as the test says. */
    private final class Meeting extends AbstractBpmnParseListener {
        @Override
        public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
            var task = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
            task.addTaskListener(TaskListener.EVENTNAME_COMPLETE, AnswerAgainProcessTest.this::meet);
            task.addTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, AnswerAgainProcessTest.this::meet);
        }
    }

    /** The engine finds out when it writes, at the end of the transaction. */
    private void meet(DelegateTask task) {
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTING, transaction -> {
                    if (tries.incrementAndGet() <= conflicts) {
                        throw new OptimisticLockingException("by another transaction concurrently");
                    }
                });
    }

    @BeforeEach
    void start() {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "ask.bpmn",
                        Bpmn.createExecutableProcess("ask")
                                .startEvent()
                                .userTask("userTask_answer")
                                .endEvent()
                                .done())
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("ask");
    }

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void an_answer_that_meets_an_escalation_is_done_again_and_once() {
        conflicts = 2;
        engine.getTaskService().claim(task().getId(), "alice");
        assertThat(task().getAssignee()).isEqualTo("alice");

        tries.set(0);
        engine.getTaskService().complete(task().getId());
        assertThat(engine.getRuntimeService().createProcessInstanceQuery().count())
                .isZero();
        assertThat(tries).hasValue(3);
    }

    @Test
    void an_answer_that_never_gets_through_is_refused_and_nothing_of_it_stays() {
        conflicts = Integer.MAX_VALUE;

        assertThatThrownBy(() -> engine.getTaskService().claim(task().getId(), "alice"))
                .isInstanceOf(OptimisticLockingException.class);

        assertThat(tries).hasValue(5);
        assertThat(task().getAssignee()).isNull();
    }

    private Task task() {
        return engine.getTaskService().createTaskQuery().singleResult();
    }
}
