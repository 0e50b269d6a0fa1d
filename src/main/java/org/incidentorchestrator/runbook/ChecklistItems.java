package org.incidentorchestrator.runbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.history.HistoricTaskInstance;
import org.camunda.spin.plugin.variable.SpinValues;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Checklist.Item;
import org.incidentorchestrator.runbook.Checklist.State;
import org.springframework.stereotype.Component;

/**
 * {@code ${incidents.noteItem}}: what has become of one item of a maintenance, by what its person or its procedure said;
 * what nobody said anything about, because the work was stopped before, is skipped with that as its reason.
 */
@Component
class ChecklistItems {
    static final String WORK_ON_ITEM = "userTask_workOnItem";
    private static final Set<String> ANSWERS = Set.of("done", "skip", "halfDone", "endWork");

    private final Incidents incidents;
    private final RunAbort runs;
    private final MaintenanceCalendar calendar;
    private final EvidenceLog evidence;

    ChecklistItems(Incidents incidents, RunAbort runs, MaintenanceCalendar calendar, EvidenceLog evidence) {
        this.incidents = incidents;
        this.runs = runs;
        this.calendar = calendar;
        this.evidence = evidence;
    }

    void note(DelegateExecution execution) {
        if (execution.getVariable("quietWindow") instanceof Long window) {
            calendar.end(window, Entry.SELF);
        }
        Incident incident = incidents.lock(IncidentNumber.parse(execution.getProcessBusinessKey()));
        Item item = execution.getVariable("procedure") == null
                ? ofPerson(execution, incident)
                : ofProcedure(execution, incident);
        evidence.append(Entry.of(Entry.Kind.NOTE, incident.number(), Entry.SELF, item.inWords())
                .at(execution.getCurrentActivityId())
                .with(Map.of("item", item.item(), "state", item.state().name())));
        Checklist checklist = Checklist.of(execution.getVariable("checklist")).plus(item);
        execution.setVariableLocal(
                "checklist", SpinValues.jsonValue(checklist.json()).create());
    }

    private Item ofPerson(DelegateExecution execution, Incident incident) {
        String answer = word(execution, "itemAnswer");
        if (!ANSWERS.contains(answer)) {
            return unanswered(execution, incident);
        }
        String person = word(execution, "answeredBy");
        String note = word(execution, "settledNote");
        String told = person + (note.isEmpty() ? "" : ": " + note);
        return switch (answer) {
            case "done" -> item(execution, State.DONE, "by " + told);
            case "skip" -> item(execution, State.SKIPPED, told);
            case "halfDone" -> item(execution, State.HALF_DONE, told);
            default -> {
                runs.abort(incident.number(), person, note);
                yield item(execution, State.CUT_OFF, WorkStop.why(incidents.get(incident.number())));
            }
        };
    }

    /** Who had claimed it may have been in the middle of it; whoever stopped the work knows that it is stopped. */
    private static Item unanswered(DelegateExecution execution, Incident incident) {
        String stopped = WorkStop.why(incident);
        return takenFrom(execution)
                .filter(person -> !person.equals(WorkStop.by(incident)))
                .map(person -> item(execution, State.HALF_DONE, person + " had it in hand: " + stopped))
                .orElseGet(() -> item(execution, State.CUT_OFF, stopped));
    }

    /** Who had the task when it was taken away. */
    private static Optional<String> takenFrom(DelegateExecution execution) {
        List<HistoricTaskInstance> asked = execution
                .getProcessEngineServices()
                .getHistoryService()
                .createHistoricTaskInstanceQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .taskDefinitionKey(WORK_ON_ITEM)
                .list();
        return asked.stream()
                .filter(task -> !"completed".equals(task.getDeleteReason()))
                .flatMap(task -> Optional.ofNullable(task.getAssignee()).stream())
                .findFirst();
    }

    private static Item ofProcedure(DelegateExecution execution, Incident incident) {
        String procedure = word(execution, "procedure");
        return switch (word(execution, "runbookOutcome")) {
            case "done" -> item(execution, State.DONE, procedure);
            case "rehearsed" -> item(execution, State.DONE, procedure + ", rehearsed: nothing was changed");
            case "" -> item(execution, State.CUT_OFF, WorkStop.why(incident));
            case "abandoned" ->
                incident.firing() && !incident.aborted()
                        ? item(execution, State.SKIPPED, procedure + " was abandoned")
                        : item(execution, State.CUT_OFF, WorkStop.why(incident));
            default -> item(execution, State.HALF_DONE, procedure + " was handed to a human");
        };
    }

    private static Item item(DelegateExecution execution, State state, String why) {
        return new Item(word(execution, "item"), state, why);
    }

    private static String word(DelegateExecution execution, String variable) {
        Object value = execution.getVariable(variable);
        return value == null ? "" : value.toString().strip();
    }
}
