package org.incidentorchestrator.runbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.step.StepCatalogue;
import org.springframework.stereotype.Component;

/** What a runbook may change, itself and by the parts that it calls: read from the deployed models. */
@Component
public class RunbookChanges {
    private static final Pattern STEP = Pattern.compile("\\$\\{steps\\.(\\w+)}");
    private static final Pattern FIRST_WORD = Pattern.compile("^[a-z]+");

    private final ProcessEngine engine;
    private final StepCatalogue catalogue;

    RunbookChanges(ProcessEngine engine, StepCatalogue catalogue) {
        this.engine = engine;
        this.catalogue = catalogue;
    }

    /**
     * A step of a model that changes something.
     *
     * @param step the verb: {@code restartWorkload}
     * @param action its word in the autonomy decision: {@code restart}
     * @param process the key of the model that it is in
     * @param approval whether the step itself refuses without a second person, whatever a decision says
     */
    public record Change(String step, String action, String process, boolean approval) {}

    /**
     * @param definition the id of the deployed runbook, for a link to its diagram
     * @param changes each once; those of a runbook that is chosen on the way are not among them
     */
    public record Changes(String definition, List<Change> changes) {}

    /** @return none when no such runbook is deployed */
    public Optional<Changes> of(String runbook) {
        return AsProgram.in(engine, () -> definition(runbook).map(this::changes));
    }

    private Changes changes(ProcessDefinition runbook) {
        Set<Change> found = new LinkedHashSet<>();
        Set<String> seen = new LinkedHashSet<>();
        List<ProcessDefinition> waiting = new ArrayList<>(List.of(runbook));
        while (!waiting.isEmpty()) {
            ProcessDefinition next = waiting.remove(0);
            if (seen.add(next.getKey())) {
                BpmnModelInstance model = engine.getRepositoryService().getBpmnModelInstance(next.getId());
                found.addAll(steps(next.getKey(), model));
                for (CallActivity call : model.getModelElementsByType(CallActivity.class)) {
                    definition(call.getCalledElement()).ifPresent(waiting::add);
                }
            }
        }
        return new Changes(runbook.getId(), List.copyOf(found));
    }

    private List<Change> steps(String process, BpmnModelInstance model) {
        return model.getModelElementsByType(ServiceTask.class).stream()
                .map(task -> STEP.matcher(String.valueOf(task.getCamundaDelegateExpression())))
                .filter(Matcher::matches)
                .map(matched -> matched.group(1))
                .filter(catalogue.changing()::contains)
                .map(step -> new Change(
                        step, action(step), process, catalogue.needingApproval().contains(step)))
                .toList();
    }

    /** The verb of a step's name is the word that the autonomy decision knows it by. */
    private static String action(String step) {
        Matcher word = FIRST_WORD.matcher(step);
        return word.find() ? word.group() : step.toLowerCase(Locale.ROOT);
    }

    private Optional<ProcessDefinition> definition(String key) {
        return Optional.ofNullable(engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey(key)
                .latestVersion()
                .singleResult());
    }
}
