package org.incidentorchestrator.runbook.templates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.incidentorchestrator.runbook.rules.Reading;
import org.incidentorchestrator.runbook.rules.Violation;
import org.incidentorchestrator.runbook.rules.picture.PictureRules;
import org.incidentorchestrator.support.Tutorial;
import org.junit.jupiter.api.Test;

/** The procedure of the tutorial is made from templates alone, and can be read as a picture. */
class NewProcedureTest {
    private static final Model MODEL = model();

    @Test
    void every_task_is_what_its_template_makes() throws IOException {
        Map<String, JsonNode> templates = templates();
        List<Activity> tasks = Stream.concat(
                        MODEL.all(ServiceTask.class).map(Activity.class::cast), MODEL.all(CallActivity.class))
                .toList();
        assertThat(tasks).hasSize(6).allSatisfy(task -> {
            JsonNode template = templates.get(Model.attribute(task, "modelerTemplate"));
            assertThat(template).as("template of %s", task.getId()).isNotNull();
            assertThat(new Applied(task).contradictions(template))
                    .as(task.getId())
                    .isEmpty();
        });
    }

    @Test
    void its_picture_keeps_the_rules_of_pictures() {
        var known = new Reading(ModelFiles.none(), ModelFiles.none()).known(Map.of());
        assertThat(PictureRules.ALL.stream()
                        .flatMap(rule -> rule.check(MODEL, known))
                        .map(Violation::toString))
                .isEmpty();
    }

    private static Model model() {
        try {
            Tutorial.Move.Save saved =
                    Tutorial.read(Path.of("src/docs/new-procedure.md")).saved().get(0);
            return Model.read(Path.of(saved.file()), saved.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, JsonNode> templates() throws IOException {
        Map<String, JsonNode> templates = new HashMap<>();
        try (Stream<Path> files = Files.list(ElementTemplatesTest.FOLDER)) {
            for (Path file : files.toList()) {
                StreamSupport.stream(new ObjectMapper().readTree(file.toFile()).spliterator(), false)
                        .forEach(template -> templates.put(template.path("id").asText(), template));
            }
        }
        return templates;
    }
}
