package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each remedy is why its scenario ends well: taken out of its model, the test that shows it fails, and the incident ends
 * as {@code remedies.tsv} says. A remedy without a row there fails this test.
 */
class ModelMutationProcessTest {
    private static final Path TABLE = Path.of("src/test/resources/remedies.tsv");

    /** Longer than any verification waits. */
    private static final Duration A_WHILE = Duration.ofMinutes(40);

    /**
     * @param shownBy class#method of the test that fails without it
     * @param endsWithoutIt the incident's outcome then, or open
     */
    record Row(String remedy, String shownBy, String endsWithoutIt) {
        static Row of(String line) {
            String[] cells = line.split("\t");
            return new Row(cells[0], cells[1], cells[2]);
        }

        @Override
        public String toString() {
            return remedy;
        }
    }

    @Test
    void every_remedy_of_every_model_has_a_test_that_shows_it() throws IOException {
        assertThat(rows().map(Row::remedy))
                .as("each remedy has a row in %s", TABLE)
                .containsExactlyInAnyOrderElementsOf(
                        Remedy.all().map(Remedy::toString).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void without_its_remedy_a_scenario_fails(Row row) throws Exception {
        ShownScenario shown = ShownScenario.of(row.shownBy());
        RunbookScenario scenario = shown.scenario();
        shown.begin();
        try (WithoutRemedy without = Remedy.named(row.remedy()).takenOut(scenario.engine.getRepositoryService())) {
            Throwable failure = catchThrowable(shown::show);
            scenario.passes(A_WHILE);
            String ending = ending(scenario);
            shown.end();

            assertThat(failure)
                    .as("%s with a model %s", row.shownBy(), without)
                    .isInstanceOfAny(AssertionError.class, ConditionTimeoutException.class)
                    .hasMessageNotContaining("only steps fail")
                    .hasMessageNotContaining("does not come to rest");
            assertThat(ending).isEqualTo(row.endsWithoutIt());
        }
    }

    private static Stream<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream().skip(1).map(Row::of);
    }

    private static String ending(RunbookScenario scenario) {
        Outcome outcome = scenario.incident().outcome();
        return outcome == null ? "open" : outcome.name();
    }
}
