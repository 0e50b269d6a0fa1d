package org.incidentorchestrator.runbook.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.incidentorchestrator.runbook.rules.ModelRules;
import org.incidentorchestrator.runbook.rules.Reading;
import org.incidentorchestrator.step.StepFacts;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Test;

/** The templates tell what the steps and the parts are. With {@code -Dpages.update} they are written anew. */
class ElementTemplatesTest {
    static final Path FOLDER = Path.of("processes/.camunda/element-templates");
    private static final Reading PROJECT = new Reading(ModelFiles.in(Path.of("")), ModelFiles.none());
    /** What only the model around it, or whoever draws it, can keep: its id, its documentation, what comes before and after. */
    private static final Set<String> OF_THE_MODEL = Set.of(
            "element-id",
            "documented",
            "codes-are-caught",
            "look-before-act",
            "capture-before-act",
            "proposed-before-act",
            "decided-before-act",
            "undo-is-stated",
            "unknown-outcome-is-for-people");

    private static final ObjectWriter JSON = new ObjectMapper().writer(printer());

    @Test
    void the_folder_has_a_file_for_every_step_and_every_part_that_tells_what_it_is() throws IOException {
        Map<Path, String> files = files();
        if (System.getProperty("pages.update") != null) {
            write(files);
        }
        assertThat(written())
                .as("written anew by mvn test -Dtest=ElementTemplatesTest -Dpages.update")
                .isEqualTo(files);
    }

    @Test
    void what_a_template_makes_keeps_the_rules_before_anybody_has_typed_anything() throws IOException {
        Known known = PROJECT.known(Verbs.all().stream()
                .map(StepFacts::of)
                .collect(Collectors.toMap(StepFacts::name, Function.identity())));
        for (String file : written().values()) {
            for (JsonNode template : new ObjectMapper().readTree(file)) {
                assertThat(ModelRules.check(List.of(new MadeFromTemplate(template).model()), known))
                        .as(template.path("id").asText())
                        .filteredOn(violation ->
                                violation.element().equals("one_task") && !OF_THE_MODEL.contains(violation.rule()))
                        .isEmpty();
            }
        }
    }

    private static Map<Path, String> files() {
        Map<Path, String> files = new TreeMap<>();
        Verbs.all().forEach(step -> files.put(file(step.name()), text(StepTemplates.of(step))));
        PartTemplates.all(PROJECT.models())
                .forEach(part -> files.put(file(part.id().replaceFirst(".*\\.", "")), text(List.of(part))));
        return files;
    }

    private static Path file(String name) {
        return FOLDER.resolve(name + ".json");
    }

    private static String text(List<Template> templates) {
        try {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            templates.forEach(template -> all.add(template.json()));
            return JSON.writeValueAsString(all) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<Path, String> written() throws IOException {
        Map<Path, String> written = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                written.put(file, Files.readString(file));
            }
        }
        return written;
    }

    private static void write(Map<Path, String> files) throws IOException {
        Files.createDirectories(FOLDER);
        for (Path old : written().keySet()) {
            Files.delete(old);
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    private static DefaultPrettyPrinter printer() {
        var indented = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withArrayIndenter(indented).withObjectIndenter(indented);
    }
}
