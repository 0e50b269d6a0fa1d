package org.incidentorchestrator.runbook.rules;

import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Definitions;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;

/** What the engine and the Modeler have to know of every process. */
final class ProcessAttributes implements ModelRule {
    private static final String MODELER = "http://camunda.org/schema/modeler/1.0";

    @Override
    public Stream<Violation> check(Model model, Known known) {
        Process process = model.all(Process.class).findFirst().orElseThrow();
        return Stream.of(
                        wrong(process.isExecutable(), "set isExecutable=\"true\""),
                        wrong(
                                Extensions.attribute(process, "historyTimeToLive")
                                        .equals("P400D"),
                                "set camunda:historyTimeToLive=\"P400D\""),
                        wrong(
                                Extensions.attribute(process, "versionTag").matches("\\d+\\.\\d+\\.\\d+"),
                                "set camunda:versionTag to a version such as 1.0.0"),
                        wrong(
                                Extensions.attribute(process, "isStartableInTasklist")
                                        .equals(Boolean.toString(startForm(model))),
                                "set camunda:isStartableInTasklist to \"true\" where a person starts it by a form, else to \"false\": an incident starts it"),
                        wrong(
                                platform(model),
                                "set modeler:executionPlatform=\"Camunda Platform\" and its version 7.24.0"))
                .flatMap(Optional::stream)
                .map(remedy -> model.violation(this, process, remedy));
    }

    private static boolean startForm(Model model) {
        return model.all(StartEvent.class)
                .anyMatch(start -> !Extensions.attribute(start, "formRef").isEmpty());
    }

    private static Optional<String> wrong(boolean right, String remedy) {
        return right ? Optional.empty() : Optional.of(remedy);
    }

    private static boolean platform(Model model) {
        Definitions definitions = model.all(Definitions.class).findFirst().orElseThrow();
        return "Camunda Platform".equals(definitions.getAttributeValueNs(MODELER, "executionPlatform"))
                && "7.24.0".equals(definitions.getAttributeValueNs(MODELER, "executionPlatformVersion"));
    }
}
