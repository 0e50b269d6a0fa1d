package org.incidentorchestrator.runbook;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.step.StepFacts;

/** What a model does about an incident: a step that changes something, or a call of a part or a runbook that does. */
record Remedy(Model model, FlowNode element) {
    private static final Known KNOWN = ProjectModels.known();
    private static final Set<String> CHANGING = changing();

    static Stream<Remedy> all() {
        return KNOWN.models().stream()
                .flatMap(model ->
                        model.all(FlowNode.class).filter(Remedy::changes).map(element -> new Remedy(model, element)));
    }

    /** @param name as {@link #toString()} writes it */
    static Remedy named(String name) {
        return all().filter(remedy -> remedy.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is no remedy of a model"));
    }

    WithoutRemedy takenOut(RepositoryService repository) {
        return WithoutRemedy.deploy(repository, model.path(), element.getId());
    }

    private static boolean changes(FlowNode node) {
        return acts(node) || node instanceof CallActivity call && (callsRunbook(call) || calls(call, CHANGING));
    }

    private static boolean acts(FlowNode node) {
        return node instanceof ServiceTask task
                && KNOWN.steps().values().stream()
                        .filter(StepFacts::changes)
                        .map(step -> "${steps." + step.name() + "}")
                        .anyMatch(Model.attribute(task, "delegateExpression")::equals);
    }

    private static boolean callsRunbook(CallActivity call) {
        return call.getCalledElement().startsWith("${");
    }

    private static boolean calls(CallActivity call, Set<String> models) {
        return models.contains(call.getCalledElement());
    }

    /** The models that change something, by themselves or by what they call. */
    private static Set<String> changing() {
        Set<String> found = new TreeSet<>();
        int before;
        do {
            before = found.size();
            KNOWN.models().stream()
                    .filter(model -> model.all(FlowNode.class)
                            .anyMatch(node -> acts(node) || node instanceof CallActivity call && calls(call, found)))
                    .map(Model::key)
                    .forEach(found::add);
        } while (found.size() > before);
        return found;
    }

    @Override
    public String toString() {
        return model.key() + " " + element.getId();
    }
}
