package org.incidentorchestrator.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.spin.plugin.variable.SpinValues;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.springframework.stereotype.Component;

/** Between a process's variables and a step's records. */
@Component
class StepVariables {
    private static final String LOOP_COUNTER = "loopCounter";
    private static final String PROPOSAL_ID = "proposalId";
    /** Below the engine's limit of 4,000 characters for a string. */
    private static final int LONGEST_TEXT = 1000;

    private final Incidents incidents;
    private final StepCatalogue catalogue;

    StepVariables(Incidents incidents, StepCatalogue catalogue) {
        this.incidents = incidents;
        this.catalogue = catalogue;
    }

    StepCall call(String step, DelegateExecution execution) {
        Map<String, Object> inputs = execution.getVariablesLocal();
        Object proposal = inputs.get(PROPOSAL_ID);
        Object loop = execution.getVariable(LOOP_COUNTER);
        return new StepCall(
                step,
                jobId(execution),
                execution.getCurrentActivityId(),
                loop instanceof Integer counter ? counter : 0,
                IncidentNumber.parse(execution.getProcessBusinessKey()),
                ((ExecutionEntity) execution).getRootProcessInstanceId(),
                execution.getProcessInstanceId(),
                mode(execution),
                inputs,
                proposal instanceof Number id ? OptionalLong.of(id.longValue()) : OptionalLong.empty(),
                "alone".equals(execution.getVariable("decider")));
    }

    /** The ledger is keyed by the job: without one, a retry could not be told from a new visit. */
    private static String jobId(DelegateExecution execution) {
        JobEntity job = Context.getCommandContext().getCurrentJob();
        if (job == null) {
            throw new IllegalStateException(
                    "%s of %s runs outside of a job; set camunda:asyncBefore=\"true\" in the model"
                            .formatted(execution.getCurrentActivityId(), execution.getProcessDefinitionId()));
        }
        return job.getId();
    }

    private static Mode mode(DelegateExecution execution) {
        return "EXECUTE".equals(execution.getVariable("mode")) ? Mode.EXECUTE : Mode.REHEARSE;
    }

    /**
     * Says whether the incident still asks for something of its run ({@code stillFiring}), and if it does not who said so
     * ({@code endedBy}: pager or person), while its row is held until the engine commits: a wait that is entered in this
     * transaction is either seen by whoever resolves the incident or aborts its run, or not entered. To a runbook an abort
     * is a person's word that it is over; whoever calls it knows by {@code runAborted} that the incident goes on.
     */
    void refreshFiring(DelegateExecution execution) {
        Incident incident = incidents.lock(IncidentNumber.parse(execution.getProcessBusinessKey()));
        refresh(execution, "stillFiring", incident.firing() && !incident.aborted());
        if (incident.ending() != null) {
            refresh(execution, "endedBy", incident.ending().cause().byPerson() ? "person" : "pager");
        } else if (incident.aborted()) {
            refresh(execution, "endedBy", "person");
        }
        if (incident.aborted()) {
            refresh(execution, "runAborted", incident.firing());
        }
    }

    private static void refresh(DelegateExecution execution, String variable, Object value) {
        if (!value.equals(execution.getVariable(variable))) {
            execution.setVariable(variable, value);
        }
    }

    void give(String step, Done done, DelegateExecution execution) {
        for (RecordComponent component : done.output().getClass().getRecordComponents()) {
            execution.setVariableLocal(component.getName(), value(component, done.output()));
        }
        if (catalogue.changing().contains(step)) {
            execution.setVariable("assumed", done.assumed());
        }
    }

    /**
     * Keeps what was refused. The engine maps a task's outputs also when it is left by an error: what was known before
     * stays, what never was is null.
     */
    void remember(Refused refused, List<String> outputs, DelegateExecution execution) {
        String text = refused.told();
        execution.setVariable("lastRefusal", storable(text.substring(0, Math.min(text.length(), LONGEST_TEXT))));
        outputs.stream()
                .filter(output -> !execution.hasVariable(output))
                .forEach(output -> execution.setVariableLocal(output, null));
    }

    private static Object value(RecordComponent component, Record output) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return forEngine(accessor.invoke(output));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component + " of a step's output", e);
        }
    }

    private static Object forEngine(Object value) {
        if (value instanceof JsonNode json) {
            return SpinValues.jsonValue(json.toString()).create();
        }
        if (value instanceof String text) {
            return storable(text);
        }
        return value instanceof Instant || value instanceof Enum<?> ? value.toString() : value;
    }

    /** PostgreSQL takes no NUL in a text, and a container may have written one into its last words. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
