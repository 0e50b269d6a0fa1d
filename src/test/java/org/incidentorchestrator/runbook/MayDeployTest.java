package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.runbook.DecisionTable.inputs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a deployment may begin: every objection, the gravest first, and nothing unknown taken for good. */
class MayDeployTest {
    private static final DecisionTable DECISION = DecisionTable.of("may-deploy");

    @ParameterizedTest(name = "frozen {0}, {1} critical, window {2}, smoke test {3}, application {4}, room {5}: {6}")
    @CsvSource({
        "false, 0, none, passed, true, enough, fit",
        "false, 0, open, passed, true, enough, fit",
        "true, 0, open, passed, true, enough, frozen",
        "true, 1, required, failed, false, short, frozen",
        "false, 1, required, failed, false, short, criticalIncident",
        "false, 0, required, failed, false, short, noWindow",
        "false, 0, open, failed, false, short, smokeTestFailed",
        "false, 0, open, passed, false, short, applicationUnfit",
        "false, 0, open, passed, true, short, noRoom",
        "false, 0, open, unknown, true, enough, unknown",
        "false, 0, open, passed, true, unknown, unknown",
        "false, 0, open, unknown, true, short, noRoom",
        "false, 0, open, passed, , enough, unknown",
        ", 0, open, passed, true, enough, unknown",
        "false, , open, passed, true, enough, unknown",
        "false, 0, , passed, true, enough, unknown",
        "false, 0, open, , true, enough, unknown",
        "false, 0, open, passed, true, , unknown",
        "false, -1, open, passed, true, enough, unknown",
    })
    void as_the_rows_say(
            Boolean frozen, Integer critical, String window, String smoke, Boolean fit, String room, String may) {
        assertThat(decide(frozen, critical, window, smoke, fit, room)).isEqualTo(may);
    }

    @Test
    void only_what_is_all_known_and_all_well_is_fit() {
        Map<String, Integer> words = new HashMap<>();
        for (Boolean frozen : Arrays.asList(null, true, false)) {
            for (Integer critical : Arrays.asList(null, 0, 1, 7)) {
                for (String window : Arrays.asList(null, "open", "none", "required")) {
                    for (String smoke : Arrays.asList(null, "passed", "failed", "unknown")) {
                        for (Boolean fit : Arrays.asList(null, true, false)) {
                            for (String room : Arrays.asList(null, "enough", "short", "unknown")) {
                                String word = decide(frozen, critical, window, smoke, fit, room);
                                boolean well = Boolean.FALSE.equals(frozen)
                                        && Integer.valueOf(0).equals(critical)
                                        && List.of("open", "none").contains(String.valueOf(window))
                                        && "passed".equals(smoke)
                                        && Boolean.TRUE.equals(fit)
                                        && "enough".equals(room);
                                assertThat("fit".equals(word)).isEqualTo(well);
                                words.merge(word, 1, Integer::sum);
                            }
                        }
                    }
                }
            }
        }
        assertThat(words)
                .containsOnlyKeys(
                        "frozen",
                        "criticalIncident",
                        "noWindow",
                        "smokeTestFailed",
                        "applicationUnfit",
                        "noRoom",
                        "fit",
                        "unknown");
    }

    private static String decide(
            Boolean frozen, Integer critical, String window, String smoke, Boolean fit, String room) {
        return DECISION.decide(inputs(
                "frozen", frozen,
                "criticalIncidents", critical,
                "window", window,
                "smokeTest", smoke,
                "applicationFit", fit,
                "room", room));
    }
}
