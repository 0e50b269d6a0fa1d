package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;

/**
 * All models, decisions and forms once more, as a newer version in which one element does nothing: a token passes through
 * it, and what it would have told stays empty. Closing it brings the version back that was there before.
 */
final class WithoutRemedy implements AutoCloseable {
    private static final Pattern DOES =
            Pattern.compile(" (camunda:delegateExpression|calledElement|camunda:calledElementBinding)=\"[^\"]*\"");
    /** The engine takes no outputs of a task that is done for each of a list; once is as good, where it does nothing. */
    private static final Pattern FOR_EACH = Pattern.compile(
            "<bpmn:multiInstanceLoopCharacteristics.*?</bpmn:multiInstanceLoopCharacteristics>", Pattern.DOTALL);

    private static final Pattern OUTPUT = Pattern.compile(
            "(<camunda:outputParameter name=\"[^\"]*\")\\s*>.*?</camunda:outputParameter>", Pattern.DOTALL);
    private static final Pattern HANDED_BACK =
            Pattern.compile("<camunda:out source(?:Expression)?=\"[^\"]*\" target=\"([^\"]*)\" />");

    private static final String EXTENSIONS = "<bpmn:extensionElements>";
    private static final String MAPPING = "<camunda:inputOutput>";

    private final RepositoryService repository;
    private final Deployment deployment;

    private WithoutRemedy(RepositoryService repository, Deployment deployment) {
        this.repository = repository;
        this.deployment = deployment;
    }

    static WithoutRemedy deploy(RepositoryService repository, Path model, String element) {
        DeploymentBuilder all = repository.createDeployment().name("without " + element);
        for (Path file : files()) {
            String text = Carrier.read(file);
            all.addString(file.getFileName().toString(), file.equals(model) ? without(text, element) : text);
        }
        return new WithoutRemedy(repository, all.deploy());
    }

    /** @throws IllegalArgumentException when there is no such service task or call activity */
    static String without(String model, String element) {
        Matcher found = Pattern.compile(
                        "<bpmn:(serviceTask|callActivity) id=\"%s\"([^>]*)>(.*?)</bpmn:\\1>"
                                .formatted(Pattern.quote(element)),
                        Pattern.DOTALL)
                .matcher(model);
        if (!found.find()) {
            throw new IllegalArgumentException("no task or call activity " + element);
        }
        String passThrough = "<bpmn:serviceTask id=\"%s\"%s camunda:expression=\"${true}\">%s</bpmn:serviceTask>"
                .formatted(
                        element,
                        DOES.matcher(found.group(2)).replaceAll(""),
                        empty(FOR_EACH.matcher(found.group(3)).replaceAll("")));
        return found.replaceFirst(Matcher.quoteReplacement(passThrough));
    }

    private static String empty(String inside) {
        String told = OUTPUT.matcher(inside).replaceAll("$1 />");
        List<String> back =
                HANDED_BACK.matcher(inside).results().map(out -> out.group(1)).toList();
        if (back.isEmpty()) {
            return told;
        }
        return told.contains(MAPPING)
                ? told.replaceFirst(MAPPING, "$0" + nothing(back))
                : told.replaceFirst(EXTENSIONS, "$0" + MAPPING + nothing(back) + "</camunda:inputOutput>");
    }

    private static String nothing(List<String> variables) {
        return variables.stream()
                .map(name -> "<camunda:outputParameter name=\"%s\" />".formatted(name))
                .collect(Collectors.joining());
    }

    private static List<Path> files() {
        try (Stream<Path> all = Stream.concat(Files.walk(Path.of("processes")), Files.walk(Path.of("forms")))) {
            return all.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        repository.deleteDeployment(deployment.getId(), true);
    }

    @Override
    public String toString() {
        return deployment.getName();
    }
}
