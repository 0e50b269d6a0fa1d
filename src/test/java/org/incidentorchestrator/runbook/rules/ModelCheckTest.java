package org.incidentorchestrator.runbook.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of models is judged as it would be deployed: together with those that the program has beside it. */
class ModelCheckTest {
    @TempDir
    Path folder;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(folder.resolve("processes/parts"));
        Files.createDirectories(folder.resolve("processes/procedures"));
        Files.createDirectories(folder.resolve("forms"));
    }

    @Test
    void the_models_of_the_project_break_no_rule_from_its_own_folder() {
        assertThat(ModelCheck.of(Path.of(""))).isEmpty();
    }

    @Test
    void a_model_that_takes_the_place_of_one_of_the_program_is_judged_with_those_that_call_it() throws IOException {
        put("processes/parts/await-rollout.bpmn", text("processes/parts/await-rollout.bpmn"));
        assertThat(ModelCheck.of(folder)).isEmpty();
    }

    @Test
    void each_fault_names_file_element_rule_and_what_to_do() throws IOException {
        put(
                "processes/parts/await-rollout.bpmn",
                text("processes/parts/await-rollout.bpmn").replace("${steps.checkRollout}", "${steps.checkRolout}"));
        assertThat(ModelCheck.of(folder))
                .extracting(Violation::toString)
                .contains(
                        "await-rollout.bpmn · serviceTask_checkRollout · step-exists: there is no step 'checkRolout'; write checkRollout");
    }

    @Test
    void what_is_missed_by_another_model_is_told_of_that_model() throws IOException {
        put("forms/sign-off.form", "{\"id\": \"something-else\"}");
        assertThat(ModelCheck.of(folder)).extracting(Violation::rule).containsOnly("form-of-task");
    }

    @Test
    void a_file_that_cannot_be_read_is_a_fault_like_any_other() throws IOException {
        put("processes/parts/broken.bpmn", "<bpmn:definitions");
        put("processes/parts/broken.dmn", "no table");
        put("forms/broken.form", "{");
        assertThat(ModelCheck.of(folder))
                .extracting(Violation::file, Violation::rule)
                .containsExactly(
                        tuple("broken.bpmn", "can-be-read"),
                        tuple("broken.dmn", "can-be-read"),
                        tuple("broken.form", "can-be-read"));
    }

    @Test
    void a_drawing_that_was_only_begun_is_told_what_it_lacks() throws IOException {
        put(
                "processes/procedures/begun.bpmn",
                """
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="begun">
                  <bpmn:process id="begun">
                    <bpmn:startEvent />
                    <bpmn:callActivity id="call" />
                    <bpmn:boundaryEvent id="border" attachedToRef="nothing" />
                  </bpmn:process>
                </bpmn:definitions>
                """);
        put(
                "processes/procedures/empty.bpmn",
                "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" targetNamespace=\"empty\" />");
        assertThat(ModelCheck.of(folder))
                .extracting(Violation::toString)
                .containsExactly(
                        "begun.bpmn · border · is-whole: put it at the border of a task that is there",
                        "begun.bpmn · call · is-whole: name the part that it calls: calledElement",
                        "begun.bpmn · startEvent · is-whole: give it an id",
                        "empty.bpmn · empty.bpmn · is-whole: draw a process in it");
    }

    @Test
    void a_model_that_nobody_could_begin_or_call_is_a_fault() throws IOException {
        put("processes/await-something.bpmn", text("processes/parts/await-rollout.bpmn"));
        assertThat(ModelCheck.of(folder))
                .extracting(Violation::toString)
                .contains(
                        "await-something.bpmn · await-something · lies-in-its-folder: put it into one of the folders [processes/procedures, processes/runbooks, processes/parts, processes/starts]");
    }

    @Test
    void a_folder_without_models_is_a_fault() {
        assertThat(ModelCheck.of(folder))
                .extracting(Violation::toString)
                .containsExactly(
                        folder
                                + " · no model, decision or form · has-models: put models into its folders processes and forms");
        assertThat(ModelCheck.of(folder.resolve("absent")))
                .extracting(Violation::element)
                .containsExactly("no folder");
    }

    private void put(String place, String text) throws IOException {
        Files.writeString(folder.resolve(place), text);
    }

    private static String text(String place) throws IOException {
        return Files.readString(Path.of(place));
    }
}
