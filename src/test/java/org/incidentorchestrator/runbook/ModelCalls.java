package org.incidentorchestrator.runbook;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.incidentorchestrator.runbook.rules.Model;

/** Who calls a model, with what, and what it calls. */
record ModelCalls(Model model, List<Model> all) {
    /** The folders that a call by an expression leads to, by the model that calls so; else both. */
    private static final Map<String, Set<String>> LEADS =
            Map.of("act-on-cause", Set.of("runbooks"), "work-procedure", Set.of("procedures"));

    private static final Set<String> BOTH = new TreeSet<>(Set.of("runbooks", "procedures"));

    Collection<String> takes() {
        return new TreeSet<>(all.stream()
                .flatMap(caller -> caller.all(CamundaIn.class))
                .filter(in -> in.getCamundaTarget() != null && mayCall(around(in)))
                .map(in -> "`" + in.getCamundaTarget() + "`")
                .toList());
    }

    Collection<String> gives() {
        return new TreeSet<>(all.stream()
                .flatMap(caller -> caller.all(CamundaOut.class))
                .filter(out -> out.getCamundaSource() != null && mayCall(around(out)))
                .map(out -> "`" + out.getCamundaSource() + "`")
                .toList());
    }

    Collection<String> callers() {
        return all.stream()
                .filter(caller -> caller.all(CallActivity.class).anyMatch(this::mayCall))
                .map(ModelEntry::link)
                .toList();
    }

    Collection<String> calls() {
        return model.all(CallActivity.class)
                .map(call ->
                        called(call).map(this::link).orElseGet(() -> "one of the " + String.join(" or ", leads(call))))
                .distinct()
                .toList();
    }

    private String link(String key) {
        return all.stream()
                .filter(part -> part.key().equals(key))
                .findFirst()
                .map(ModelEntry::link)
                .orElse("`" + key + "`");
    }

    private static ModelElementInstance around(ModelElementInstance mapping) {
        return mapping.getParentElement().getParentElement();
    }

    private boolean mayCall(Object element) {
        return element instanceof CallActivity call
                && called(call).map(model.key()::equals).orElseGet(() -> leads(call)
                        .contains(model.path().getParent().getFileName().toString()));
    }

    /** The key of what is called; empty where a variable names it that others have set. */
    private static Optional<String> called(CallActivity call) {
        String key = call.getCalledElement();
        return key.startsWith("${") ? given(call, key.substring(2, key.length() - 1)) : Optional.of(key);
    }

    private static Optional<String> given(CallActivity call, String variable) {
        return call.getModelInstance().getModelElementsByType(CamundaInputParameter.class).stream()
                .filter(input -> variable.equals(input.getCamundaName()) && within(input, call))
                .map(input -> input.getTextContent().strip())
                .filter(text -> !text.startsWith("${"))
                .findFirst();
    }

    private static boolean within(ModelElementInstance element, CallActivity call) {
        return Stream.iterate(element, each -> each != null, ModelElementInstance::getParentElement)
                .anyMatch(call::equals);
    }

    private static Set<String> leads(CallActivity call) {
        return LEADS.getOrDefault(((BaseElement) call.getParentElement()).getId(), BOTH);
    }
}
