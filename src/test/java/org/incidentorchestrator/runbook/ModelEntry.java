package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.verb.Verbs;

/** What the page of the diagrams says of a model; all of it is read off the model and off those that call it. */
record ModelEntry(Model model, List<Model> all) {
    private static final Pattern STEP = Pattern.compile("\\$\\{steps\\.(\\w+)}");
    private static final Pattern SENTENCE = Pattern.compile("^(.*?[.:])(\\s|$)", Pattern.DOTALL);

    /** For the contents: where it is, and its first sentence. */
    String line() {
        String first = SENTENCE.matcher(documentation())
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElse(documentation());
        return link(model) + ": " + first.replaceAll(":$", ".");
    }

    String text() {
        var calls = new ModelCalls(model, all);
        return """

                <a id="%s"></a>
                ### %s

                ![%s](pictures/%s.png)

                %s

                | | |
                |---|---|
                """
                        .formatted(
                                model.key(),
                                name(model),
                                name(model),
                                model.key(),
                                documentation().replace("\n", "\n\n"))
                + Stream.of(
                                row("model", List.of("[%s](../../%s)".formatted(model.key(), model.path()))),
                                row("runbook lines", lines()),
                                row("takes", calls.takes()),
                                row("gives", calls.gives()),
                                row("ends as", ends()),
                                row("called by", calls.callers()),
                                row("calls", calls.calls()),
                                row("forms", forms()),
                                row("decisions", decisions()),
                                row("changes", changes()))
                        .flatMap(Optional::stream)
                        .collect(joining());
    }

    private static Optional<String> row(String name, Collection<String> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of("| " + name + " | " + String.join(", ", values) + " |\n");
    }

    private String documentation() {
        return model.all(Process.class)
                .flatMap(process -> process.getDocumentations().stream())
                .map(Documentation::getTextContent)
                .collect(joining("\n"))
                .strip()
                .replaceAll(" *\n *", "\n");
    }

    private static String name(Model model) {
        return model.all(Process.class).map(Process::getName).findFirst().orElse(model.key());
    }

    static String link(Model model) {
        return "[%s](#%s)".formatted(name(model), model.key());
    }

    private Collection<String> lines() {
        return new TreeSet<>(model.all(FlowNode.class)
                .flatMap(node -> Model.obligations(node).stream())
                .toList());
    }

    private Collection<String> ends() {
        return model.all(EndEvent.class)
                .filter(end -> end.getParentElement() instanceof Process)
                .map(FlowNode::getName)
                .distinct()
                .toList();
    }

    private Collection<String> forms() {
        return model.all(FlowNode.class)
                .filter(node -> !Model.attribute(node, "formRef").isEmpty())
                .map(node -> "[%s](../../forms/%s.form)".formatted(node.getName(), Model.attribute(node, "formRef")))
                .toList();
    }

    private Collection<String> decisions() {
        return model.all(BusinessRuleTask.class)
                .map(task -> Model.attribute(task, "decisionRef"))
                .distinct()
                .map(key -> "[%s](#decision-%s)".formatted(key, key))
                .toList();
    }

    private Collection<String> changes() {
        List<String> changing =
                Verbs.all().stream().filter(Step::changes).map(Step::name).toList();
        return new TreeSet<>(model.all(ServiceTask.class)
                .flatMap(task -> STEP.matcher(Model.attribute(task, "delegateExpression"))
                        .results())
                .map((MatchResult call) -> call.group(1))
                .filter(changing::contains)
                .map(verb -> "`" + verb + "`")
                .toList());
    }
}
