package org.incidentorchestrator.runbook.templates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.incidentorchestrator.runbook.rules.Model;

/** The call of a part, with what those that call it give it and take from it. */
record PartTemplates(Model part, List<CallActivity> calls) {
    private static final Pattern SENTENCE = Pattern.compile("^(.*?)[.:](\\s|$)", Pattern.DOTALL);

    /** Of the parts that are called by name: what is begun by the program is no part of another model. */
    static Stream<Template> all(List<Model> models) {
        return models.stream()
                .sorted(Comparator.comparing(Model::key))
                .map(part -> new PartTemplates(part, calls(part, models)))
                .filter(part -> !part.calls.isEmpty())
                .map(PartTemplates::template);
    }

    private static List<CallActivity> calls(Model part, List<Model> models) {
        return models.stream()
                .flatMap(model -> model.all(CallActivity.class))
                .filter(call -> part.key().equals(call.getCalledElement()))
                .toList();
    }

    private Template template() {
        String name = Template.words(part.key());
        List<Field> fields = new ArrayList<>(List.of(
                Field.name(name).grouped(Template.RUNS),
                Field.fixed("calledElement", part.key()),
                Field.fixed("camunda:calledElementBinding", "deployment"),
                Field.businessKey()));
        targets().forEach(target -> fields.add(in(target)));
        sources()
                .forEach(source -> fields.add(
                        Field.out(source).needed().labelled(source, "").grouped(Template.GIVES)));
        fields.add(Properties.runbook(""));
        return new Template(
                "org.incidentorchestrator.parts." + part.key(), name, does(), "bpmn:CallActivity", Icon.CALL, fields);
    }

    private Field in(String target) {
        List<CamundaIn> given =
                ins().filter(in -> target.equals(in.getCamundaTarget())).toList();
        boolean word = given.stream().allMatch(in -> in.getCamundaSource() == null);
        Field field = word && !target.equals("incident") ? Field.inWord(target) : Field.in(target, target);
        String help = word ? "As " + words(given) + "." : "";
        return field.needed().labelled(target, help).grouped(Template.TAKES);
    }

    private static String words(List<CamundaIn> given) {
        return given.stream()
                .map(CamundaIn::getCamundaSourceExpression)
                .distinct()
                .sorted()
                .limit(4)
                .collect(Collectors.joining(" or "));
    }

    private Set<String> targets() {
        return ins().map(CamundaIn::getCamundaTarget)
                .filter(target -> target != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> sources() {
        return of(CamundaOut.class)
                .map(CamundaOut::getCamundaSource)
                .filter(source -> source != null)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<CamundaIn> ins() {
        return of(CamundaIn.class);
    }

    private <T extends ModelElementInstance> Stream<T> of(Class<T> type) {
        return calls.stream()
                .map(BaseElement::getExtensionElements)
                .flatMap(extensions -> extensions.getElementsQuery().filterByType(type).list().stream());
    }

    private String does() {
        String documentation = part.all(Process.class)
                .flatMap(process -> process.getDocumentations().stream())
                .map(Documentation::getTextContent)
                .findFirst()
                .orElse("");
        Matcher sentence = SENTENCE.matcher(documentation.strip());
        return (sentence.find() ? sentence.group(1) : documentation).replaceAll("\\s+", " ") + ".";
    }
}
