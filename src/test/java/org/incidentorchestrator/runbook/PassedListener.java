package org.incidentorchestrator.runbook;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.TransactionState;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmTransition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Sees every flow node begin and every sequence flow taken, of every model that the engine has, and keeps those whose
 * transaction is committed: what was rolled back has not happened. Only as the program deployed them: what a test has
 * deployed of its own may be a model with a hole in it.
 */
final class PassedListener extends AbstractBpmnParseListener {
    private static final String BY_THE_PROGRAM = "SpringAutoDeployment";

    private final Map<String, String> hashes = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();

    /** The sequence flows that an instance took, of whatever model. */
    Set<String> taken(String instance) {
        return taken.getOrDefault(instance, Set.of());
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        listen(process);
    }

    private void listen(ScopeImpl scope) {
        for (ActivityImpl activity : scope.getActivities()) {
            activity.addListener(ExecutionListener.EVENTNAME_START, passing(activity.getId()));
            for (PvmTransition flow : activity.getOutgoingTransitions()) {
                ((TransitionImpl) flow).addListener(ExecutionListener.EVENTNAME_TAKE, passing(flow.getId()));
                ((TransitionImpl) flow).addListener(ExecutionListener.EVENTNAME_TAKE, taking(flow.getId()));
            }
            listen(activity);
        }
    }

    private ExecutionListener passing(String element) {
        return execution -> {
            String hash = hash(execution);
            if (!hash.isEmpty()) {
                whenCommitted(() -> PassedElements.passed(hash, element));
            }
        };
    }

    private ExecutionListener taking(String flow) {
        return execution -> {
            String instance = execution.getProcessInstanceId();
            whenCommitted(() -> taken.computeIfAbsent(instance, first -> ConcurrentHashMap.newKeySet())
                    .add(flow));
        };
    }

    private static void whenCommitted(Runnable what) {
        Context.getCommandContext()
                .getTransactionContext()
                .addTransactionListener(TransactionState.COMMITTED, committed -> what.run());
    }

    private String hash(DelegateExecution execution) {
        return hashes.computeIfAbsent(execution.getProcessDefinitionId(), id -> {
            ProcessDefinitionEntity process = ((ExecutionEntity) execution).getProcessDefinition();
            CommandContext command = Context.getCommandContext();
            String by = command.getDeploymentManager()
                    .findDeploymentById(process.getDeploymentId())
                    .getName();
            return BY_THE_PROGRAM.equals(by)
                    ? PassedElements.hash(command.getResourceManager()
                            .findResourceByDeploymentIdAndResourceName(
                                    process.getDeploymentId(), process.getResourceName())
                            .getBytes())
                    : "";
        });
    }
}
