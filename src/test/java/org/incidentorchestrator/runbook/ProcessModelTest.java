package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.ModelRules;
import org.incidentorchestrator.runbook.rules.Violation;
import org.incidentorchestrator.runbook.rules.picture.PictureRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds on every model; and every rule is shown one model that keeps it and one that breaks it. */
class ProcessModelTest {
    private static final Path FIXTURES = Path.of("src/test/resources/models");
    private static final List<ModelRule> RULES =
            Stream.concat(ModelRules.ALL.stream(), PictureRules.ALL.stream()).toList();
    private static final Known KNOWN = ProjectModels.known();

    @Test
    void every_model_keeps_every_rule() {
        List<Violation> violations = Stream.concat(
                        ModelRules.check(KNOWN.models(), KNOWN).stream(),
                        KNOWN.models().stream()
                                .flatMap(model -> PictureRules.ALL.stream().flatMap(rule -> rule.check(model, KNOWN))))
                .toList();
        assertThat(KNOWN.models()).isNotEmpty();
        if (!violations.isEmpty()) {
            fail(violations.size() + " violations\n" + lines(violations));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void a_valid_model_keeps_the_rule(String id, ModelRule rule) {
        assertThat(lines(rule.check(fixture(id, "valid"), KNOWN).toList())).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void an_invalid_model_breaks_the_rule_as_told(String id, ModelRule rule) throws IOException {
        String told = Files.readString(FIXTURES.resolve(id).resolve("invalid.txt"));
        assertThat(told).isNotBlank();
        assertThat(lines(rule.check(fixture(id, "invalid"), KNOWN).toList())).isEqualTo(told.strip());
    }

    @Test
    void no_fixture_is_left_without_a_rule() throws IOException {
        try (Stream<Path> folders = Files.list(FIXTURES)) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            RULES.stream().map(ModelRule::id).toList());
        }
    }

    static Stream<Object[]> rules() {
        return RULES.stream().map(rule -> new Object[] {rule.id(), rule});
    }

    private static Model fixture(String rule, String name) {
        return Model.read(FIXTURES.resolve(rule).resolve(name + ".bpmn"));
    }

    private static String lines(List<Violation> violations) {
        return violations.stream().map(Violation::toString).sorted().collect(joining("\n"));
    }
}
