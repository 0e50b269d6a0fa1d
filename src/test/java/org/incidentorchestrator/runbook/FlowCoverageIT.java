package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.incidentorchestrator.runbook.rules.Model;
import org.junit.jupiter.api.Test;

/**
 * Every flow node and every sequence flow of every model was passed by a process test of this build. It runs after all
 * process tests have; where only some of them were asked for, {@code not-passed.txt} in the build's folder says what these
 * have not passed, and nothing is judged.
 */
class FlowCoverageIT {
    private static final Path BUILD = Path.of(System.getProperty(PassedElements.READ, "target/flow-coverage/none"));

    private final PassedElements passed = PassedElements.in(BUILD);

    @Test
    void every_element_of_every_model_is_passed_by_a_process_test() throws IOException {
        List<String> notPassed =
                ProjectModels.models().stream().flatMap(this::notPassed).toList();
        Files.createDirectories(BUILD.getParent());
        Files.write(BUILD.resolveSibling("not-passed.txt"), notPassed);

        List<String> others = Stream.concat(methodsAsked(), notRun()).toList();
        assumeTrue(others.isEmpty(), "not measured: only some tests ran, and not " + others);
        assertThat(String.join("\n", notPassed))
                .as("write a process test that passes it")
                .isEmpty();
    }

    private Stream<String> notPassed(Model model) {
        String hash = PassedElements.hash(bytes(model.path()));
        return Stream.concat(model.all(FlowNode.class), model.all(SequenceFlow.class))
                .filter(element -> !passed.isPassed(hash, seenAs(element)))
                .map(element -> model.file() + " · " + element.getId() + " · no process test passes it");
    }

    /** The engine takes no flow from a gateway that waits for events: the event that comes is where it goes on. */
    private static String seenAs(FlowElement element) {
        return element instanceof SequenceFlow flow && flow.getSource() instanceof EventBasedGateway
                ? flow.getTarget().getId()
                : element.getId();
    }

    /** Single methods of a class. */
    private static Stream<String> methodsAsked() {
        return Stream.of(System.getProperty("test", "")).filter(tests -> tests.contains("#"));
    }

    private Stream<String> notRun() throws IOException {
        return processTests().filter(test -> !passed.hasRun(test)).map(Class::getSimpleName);
    }

    private static Stream<Class<?>> processTests() throws IOException {
        Path classes = Path.of("target/test-classes");
        try (Stream<Path> files = Files.walk(classes)) {
            return files
                    .filter(file -> file.toString().endsWith("ProcessTest.class"))
                    .<Class<?>>map(file -> load(classes.relativize(file)))
                    .filter(RunbookScenario.class::isAssignableFrom)
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(Path file) {
        try {
            return Class.forName(file.toString().replace(".class", "").replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(file + " lies in target/test-classes: mvn clean", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
