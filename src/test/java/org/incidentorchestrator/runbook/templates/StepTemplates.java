package org.incidentorchestrator.runbook.templates;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepFacts;
import org.incidentorchestrator.step.verb.VerbSource;

/** The shapes in which a model names a step: a look; or a proposal, and the act that makes what was proposed. */
record StepTemplates(Step<?, ?> step, String does) {
    /** What is the same wherever it is asked for. */
    private static final Map<String, String> OF_ALL = Map.of(
            "target", VerbSource.comment(Target.class, "public String id()"),
            "namespace", VerbSource.components(Target.class).get("namespace"));

    private static final String TASK = "bpmn:ServiceTask";

    static List<Template> of(Step<?, ?> step) {
        var templates = new StepTemplates(step, VerbSource.of(step).does());
        return step.changes() ? List.of(templates.proposal(), templates.act()) : List.of(templates.look());
    }

    private Template look() {
        return template("steps", words(), does, Icon.LOOK, Stream.concat(inputs(), outputs()), lines());
    }

    private Template proposal() {
        Stream<Field> gives = Stream.of(
                Field.output("proposalId")
                        .needed()
                        .labelled("proposalId", "What the act and whoever decides are given.")
                        .grouped(Template.GIVES),
                Field.output("proposal")
                        .needed()
                        .labelled("proposal", "What the form shows.")
                        .grouped(Template.GIVES));
        return template(
                "proposals",
                "Propose to " + words().substring(0, 1).toLowerCase(Locale.ROOT) + words().substring(1),
                "Plans it, asks what would refuse it, and changes nothing. " + does,
                Icon.PROPOSE,
                Stream.concat(inputs(), gives),
                lines());
    }

    private Template act() {
        Field proposal = Field.input("proposalId", String.class, "${proposalId}")
                .needed()
                .labelled("proposalId", "What was proposed, and decided on.")
                .grouped(Template.TAKES);
        return template(
                "steps",
                words(),
                (step.needsApproval() ? "A second person has to approve it. " : "") + does,
                Icon.ACT,
                Stream.concat(Stream.of(proposal), outputs()),
                Stream.concat(lines(), Properties.ofChanges()));
    }

    private Template template(
            String bean, String name, String does, Icon icon, Stream<Field> parameters, Stream<Field> properties) {
        Stream<Field> all = Stream.of(
                        Stream.of(
                                Field.name(name).grouped(Template.RUNS),
                                Field.fixed("camunda:delegateExpression", "${%s.%s}".formatted(bean, step.name())),
                                Field.asyncBefore().grouped(Template.RUNS)),
                        parameters,
                        properties)
                .flatMap(fields -> fields);
        String id = "org.incidentorchestrator.%s.%s".formatted(bean, step.name());
        return new Template(id, name, does, TASK, icon, all.toList());
    }

    private Stream<Field> inputs() {
        Map<String, String> said = VerbSource.components(step.input());
        StepFacts facts = StepFacts.of(step);
        return components(step.input()).map(component -> {
            String name = component.getName();
            String help = said.getOrDefault(name, OF_ALL.getOrDefault(name, ""));
            boolean needed = facts.inputs().contains(name) && !help.contains("may be null");
            Field field = Field.input(name, component.getType(), needed ? "${" + name + "}" : "")
                    .labelled(name, help)
                    .grouped(Template.TAKES);
            return needed ? field.needed() : field;
        });
    }

    private Stream<Field> outputs() {
        Map<String, String> said = VerbSource.components(step.output());
        return components(step.output()).map(RecordComponent::getName).map(name -> Field.output(name)
                .needed()
                .labelled(name, said.getOrDefault(name, ""))
                .grouped(Template.GIVES));
    }

    private Stream<Field> lines() {
        String own = Arrays.stream(
                        step.getClass().getAnnotation(RunbookLines.class).value())
                .sorted()
                .collect(Collectors.joining(", "));
        return Stream.of(Properties.runbook(own));
    }

    private static Stream<RecordComponent> components(Class<? extends Record> record) {
        return Stream.of(record.getRecordComponents());
    }

    private String words() {
        return Template.words(step.name());
    }
}
