package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Description;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.incidentorchestrator.runbook.rules.Model;

/** What the page of the diagrams says of a decision: what it is for, who asks it, and its rows. */
record DecisionEntry(Path path, Decision decision, DecisionTable table) {
    private static final Path FOLDER = Path.of("processes/decisions");

    static List<DecisionEntry> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".dmn"))
                    .sorted()
                    .flatMap(DecisionEntry::tables)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<DecisionEntry> tables(Path file) {
        DmnModelInstance model = Dmn.readModelFromFile(file.toFile());
        return model.getModelElementsByType(DecisionTable.class).stream()
                .map(table -> new DecisionEntry(file, (Decision) table.getParentElement(), table));
    }

    String link() {
        return "[%s](#decision-%s)".formatted(decision.getName(), decision.getId());
    }

    String text(List<Model> models) {
        return """

                <a id="decision-%s"></a>
                ### %s

                %s

                Asked by: %s. Model: [%s](../../%s). Of its rows %s.

                """
                        .formatted(
                                decision.getId(),
                                decision.getName(),
                                description(decision).orElse(""),
                                askedBy(models),
                                decision.getId(),
                                path,
                                holds())
                + rows();
    }

    private String askedBy(List<Model> models) {
        List<String> asking = models.stream()
                .filter(model -> model.all(BusinessRuleTask.class)
                        .anyMatch(task -> decision.getId().equals(Model.attribute(task, "decisionRef"))))
                .map(ModelEntry::link)
                .toList();
        return asking.isEmpty() ? "no model; the program, or another decision" : String.join(", ", asking);
    }

    private String holds() {
        return switch (table.getHitPolicy()) {
            case FIRST -> "the first that fits holds, from above";
            case UNIQUE -> "exactly one fits";
            case COLLECT -> "all that fit hold";
            default -> "hold by " + table.getHitPolicy();
        };
    }

    private String rows() {
        List<String> heads = Stream.of(
                        table.getInputs().stream().map(input -> input.getLabel()),
                        table.getOutputs().stream().map(output -> "**" + output.getLabel() + "**"),
                        Stream.of("why"))
                .flatMap(each -> each)
                .toList();
        return line(heads.stream())
                + line(heads.stream().map(head -> "---"))
                + table.getRules().stream().map(DecisionEntry::row).collect(joining());
    }

    private static String row(Rule rule) {
        return line(Stream.of(
                        rule.getInputEntries().stream().map(entry -> code(entry.getText())),
                        rule.getOutputEntries().stream().map(entry -> code(entry.getText())),
                        Stream.of(description(rule).orElse("")))
                .flatMap(each -> each));
    }

    private static String line(Stream<String> cells) {
        return cells.map(cell -> cell.replace("|", "\\|").replaceAll("\\s+", " "))
                .collect(joining(" | ", "| ", " |\n"));
    }

    private static String code(Text text) {
        String said = text == null ? "" : text.getTextContent().strip();
        return said.isEmpty() || said.equals("-") ? "" : "`" + said + "`";
    }

    private static Optional<String> description(DmnElement element) {
        return Optional.ofNullable(element.getDescription())
                .map(Description::getTextContent)
                .map(text -> text.strip().replaceAll("\\s+", " "));
    }
}
