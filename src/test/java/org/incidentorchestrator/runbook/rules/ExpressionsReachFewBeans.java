package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** An expression names a variable or one of five beans, and nothing else. */
final class ExpressionsReachFewBeans implements ModelRule {
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{[^}]*}");
    private static final Pattern LITERAL = Pattern.compile("'[^']*'");
    private static final Pattern ALLOWED =
            Pattern.compile("\\b(steps|proposals|retries|approvals)\\.\\w+|\\btimers\\.\\w+(\\([\\w, ]*\\))?"
                    + "|\\bexecution\\.processBusinessKey|\\bexecution\\.getVariable\\(''\\)");
    private static final List<String> ATTRIBUTES = List.of(
            "delegateExpression",
            "formRef",
            "formKey",
            "candidateGroups",
            "assignee",
            "candidateUsers",
            "dueDate",
            "followUpDate",
            "priority",
            "jobPriority",
            "taskPriority",
            "topic",
            "decisionRef");
    private static final Set<String> NESTED = Set.of(
            "documentation",
            "sequenceFlow",
            "serviceTask",
            "userTask",
            "receiveTask",
            "businessRuleTask",
            "callActivity",
            "subProcess",
            "startEvent",
            "endEvent",
            "boundaryEvent",
            "intermediateCatchEvent",
            "intermediateThrowEvent",
            "exclusiveGateway",
            "parallelGateway",
            "eventBasedGateway");

    @Override
    public Stream<Violation> check(Model model, Known known) {

        return Stream.concat(model.all(FlowElement.class), model.all(Process.class))
                .flatMap(
                        element -> expressions(element)
                                .filter(ExpressionsReachFewBeans::reachesOut)
                                .map(
                                        text -> model.violation(
                                                this,
                                                element,
                                                "'" + text
                                                        + "' reaches beyond steps, proposals, timers, retries, approvals and variables")));
    }

    private static boolean reachesOut(String expression) {
        String rest =
                ALLOWED.matcher(LITERAL.matcher(expression).replaceAll("''")).replaceAll("known");
        return rest.matches(".*\\w\\s*[.(\\[].*");
    }

    /** Of the element itself, not of the elements that lie in it. */
    private static Stream<String> expressions(ModelElementInstance element) {
        return texts(element.getDomElement())
                .flatMap(text -> EXPRESSION.matcher(text).results().map(MatchResult::group));
    }

    private static Stream<String> texts(DomElement element) {
        Stream<String> attributes = ATTRIBUTES.stream()
                .map(name -> element.getAttribute(BpmnModelConstants.CAMUNDA_NS, name))
                .filter(Objects::nonNull);
        Stream<String> own = Stream.of("calledElement", "source", "sourceExpression", "businessKey")
                .map(element::getAttribute)
                .filter(Objects::nonNull);
        String text = element.getChildElements().isEmpty() ? element.getTextContent() : "";
        Stream<String> inside = element.getChildElements().stream()
                .filter(child -> !NESTED.contains(child.getLocalName()))
                .flatMap(ExpressionsReachFewBeans::texts);
        return Stream.of(attributes, own, Stream.of(text), inside).flatMap(each -> each);
    }
}
