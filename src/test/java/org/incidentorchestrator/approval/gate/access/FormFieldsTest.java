package org.incidentorchestrator.approval.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormFieldsTest {
    static List<Path> forms() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("forms"))) {
            return files.filter(file -> file.toString().endsWith(".form"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void each_form_of_ours_takes_what_it_sends_and_nothing_else(Path file) throws IOException {
        FormFields form = FormFields.read(Files.newInputStream(file));
        Map<String, Object> answer = new HashMap<>();
        form.fields().values().forEach(field -> answer.put(field.key(), fitting(field)));
        assertThat(form.faults(answer)).isEmpty();

        answer.put("approved", true);
        assertThat(form.faults(answer)).containsExactly("'approved' is no field of this form");
        answer.remove("approved");

        for (FormField field : form.fields().values()) {
            Map<String, Object> wrong = new HashMap<>(answer);
            wrong.put(field.key(), Variables.objectValue(new byte[0]).create());
            if (field.required()) {
                wrong.put(field.key(), " ");
            } else if (!field.options().isEmpty() || field.type().startsWith("text")) {
                wrong.put(field.key(), "x".repeat(4001));
            }
            if (!List.of("expression", "checklist", "taglist", "structure").contains(field.type())) {
                assertThat(form.faults(wrong)).as("%s of %s", field, file).hasSize(1);
            }
        }
    }

    private static Object fitting(FormField field) {
        return switch (field.type()) {
            case "checkbox" -> true;
            case "number" -> 1;
            default -> field.options().stream().findFirst().orElse("x".repeat(Math.max(3, field.minLength())));
        };
    }

    @Test
    void an_object_that_somebody_serialised_is_no_text() throws IOException {
        FormFields form = FormFields.read(Files.newInputStream(Path.of("forms/respond-to-incident.form")));
        assertThat(form.faults(Map.of(
                        "action",
                        Variables.serializedObjectValue("{}")
                                .serializationDataFormat("application/json")
                                .create(),
                        "reason",
                        Variables.stringValue("a reason"))))
                .containsExactly("'action' is a radio, not a object");
    }
}
