package org.incidentorchestrator.runbook.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.springframework.core.io.ClassPathResource;

/**
 * Which elements of the models carry out which line of the written runbook: those that name it, and those that ask a decision
 * table whose description does.
 */
public final class Carriers {
    private static final Pattern DESCRIPTION = Pattern.compile("<description>(.*?)</description>", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("\\b[A-Z]\\d\\d\\b");

    private Carriers() {}

    /** @param id {@code D04} @param text as it was written */
    public record Line(String id, String text) {}

    /** @param process the key of its model @param id of the element */
    public record Element(String process, String id) {}

    /** In the order of the runbook; a line that nothing carries has none. */
    public static Map<Line, List<Element>> of(ModelFiles files) {
        Map<String, Set<String>> tables =
                files.ending(".dmn").collect(Collectors.toMap(ModelFile::key, file -> described(file.text())));
        Map<String, List<Element>> byLine = new LinkedHashMap<>();
        files.ending(".bpmn").map(file -> Model.read(file.place(), file.text())).forEach(model -> model.all(
                        FlowNode.class)
                .forEach(node -> lines(node, tables).forEach(id -> byLine.computeIfAbsent(id, none -> new ArrayList<>())
                        .add(new Element(model.key(), node.getId())))));
        return lines().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        line -> byLine.getOrDefault(line.id(), List.of()),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private static Stream<String> lines(FlowNode node, Map<String, Set<String>> tables) {
        Stream<String> decided = node instanceof BusinessRuleTask task
                ? tables.getOrDefault(Model.attribute(task, "decisionRef"), Set.of()).stream()
                : Stream.empty();
        return Stream.concat(Model.obligations(node).stream(), decided).distinct();
    }

    private static Set<String> described(String table) {
        Matcher description = DESCRIPTION.matcher(table);
        return description.find()
                ? ID.matcher(description.group(1))
                        .results()
                        .map(MatchResult::group)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    static List<Line> lines() {
        try {
            return new ClassPathResource("runbook/obligations.tsv")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(cells -> new Line(cells[0], cells[2]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
