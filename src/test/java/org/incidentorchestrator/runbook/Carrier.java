package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.verb.Verbs;

/**
 * An element of a model, or a decision, that carries out lines of the written runbook.
 *
 * @param model its key, which is its file's name too
 * @param element its label; empty for a decision as a whole
 * @param does what carries it out: a verb, a word to people, a table, another model
 * @param rights of the API calls that it makes
 */
record Carrier(Path file, String model, String element, String does, Set<Permission> rights, Set<String> lines) {
    private static final Path DECISIONS = Path.of("processes/decisions");
    private static final Pattern CALL = Pattern.compile("\\$\\{(\\w+)\\.(\\w+)}");
    private static final Pattern DESCRIPTION = Pattern.compile("<description>(.*?)</description>", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("\\b[A-Z]\\d\\d\\b");

    static List<Carrier> all() {
        return Stream.concat(
                        ProjectModels.models().stream().flatMap(Carrier::elements),
                        decisions().map(Carrier::decision))
                .filter(carrier -> !carrier.lines().isEmpty())
                .toList();
    }

    private static Stream<Carrier> elements(Model model) {
        return model.all(FlowNode.class).map(node -> element(model, node));
    }

    private static Carrier element(Model model, FlowNode node) {
        Matcher call = CALL.matcher(Model.attribute(node, "delegateExpression"));
        boolean step = call.matches() && Set.of("steps", "proposals").contains(call.group(1));
        return new Carrier(
                model.path(),
                model.key(),
                node.getName() == null ? node.getId() : node.getName(),
                call.matches() ? word(call.group(1), call.group(2)) : does(node),
                step ? verb(call.group(2)).permissions() : Set.of(),
                new TreeSet<>(Model.obligations(node)));
    }

    private static String word(String bean, String name) {
        return switch (bean) {
            case "steps" -> "`" + name + "`";
            case "proposals" -> "`" + name + "`, proposed";
            default -> "`" + bean + "." + name + "`";
        };
    }

    private static String does(FlowNode node) {
        if (node instanceof CallActivity call) {
            return "calls " + call.getCalledElement();
        }
        if (node instanceof BusinessRuleTask task) {
            return "table " + Model.attribute(task, "decisionRef");
        }
        return node instanceof UserTask ? "a person" : node.getElementType().getTypeName();
    }

    private static Step<?, ?> verb(String name) {
        return Verbs.all().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Path> decisions() {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.filter(file -> file.toString().endsWith(".dmn")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a decision its own description counts; rows tell where each line stands in it. */
    private static Carrier decision(Path file) {
        Matcher description = DESCRIPTION.matcher(read(file));
        String text = description.find() ? description.group(1) : "";
        String key = file.getFileName().toString().replace(".dmn", "");
        return new Carrier(file, key, "", "table", Set.of(), ids(text));
    }

    static Set<String> ids(String text) {
        return LINE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a list of one value each: {@code Q01–Q03} is Q01, Q02, Q03. */
    static Set<String> expanded(String text) {
        String ranges = Pattern.compile("([A-Z])(\\d\\d)–[A-Z]?(\\d\\d)")
                .matcher(text)
                .replaceAll(range -> range(range.group(1), range.group(2), range.group(3)));
        return ids(ranges);
    }

    private static String range(String letter, String from, String to) {
        Function<Integer, String> id = number -> "%s%02d".formatted(letter, number);
        return Stream.iterate(Integer.parseInt(from), number -> number <= Integer.parseInt(to), number -> number + 1)
                .map(id)
                .collect(Collectors.joining(" "));
    }
}
