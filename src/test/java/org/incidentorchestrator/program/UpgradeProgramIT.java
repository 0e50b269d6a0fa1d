package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, stopped with an incident open and started again as its next release, on the same data folder. */
class UpgradeProgramIT {
    private static final String RUNBOOK = "service-down";

    @TempDir
    Path folder;

    @Test
    void an_incident_that_is_open_ends_on_the_model_it_began_on_and_the_next_one_takes_the_new() throws IOException {
        Path next = NextRelease.of(Program.JAR, "runbooks/" + RUNBOOK + ".bpmn", folder);
        try (var program = Program.in(folder.resolve("data"))
                .with("recovery.hold", "2s")
                .with("wait.recovery-poll", "1s")
                .with("wait.rollout-poll", "1s")
                .start()) {
            breaks(program, "mcp-gateway");
            await(() -> decision(program, "INC-1"));
            assertThat(program.stop()).isIn(0, 143);

            program.upgradedTo(next).start();
            assertThat(tags(program.api()
                            .get("/engine-rest/process-definition?sortBy=version&sortOrder=asc&key=" + RUNBOOK)))
                    .containsExactly("1.0.0", "1.0.1");
            applies(program, "INC-1");
            breaks(program, "mcp-config");
            applies(program, "INC-2");

            assertThat(workedOn(program, "INC-1")).containsExactly(1);
            assertThat(workedOn(program, "INC-2")).containsExactly(2);
        }
    }

    private static void breaks(Program program, String workload) throws IOException {
        program.api()
                .post(
                        "responder",
                        "/sandbox/scenarios",
                        Map.of("scenario", "crash-until-restarted", "workload", workload));
        assertThat(program.api().post(PagerMessage.firing("ServiceDown", workload)))
                .isEqualTo(202);
    }

    private static Optional<JsonNode> decision(Program program, String incident) {
        return program.api().task(incident, "Decide on remedy");
    }

    /** A responder has it restarted, and it is well. */
    private static void applies(Program program, String incident) {
        var api = program.api();
        JsonNode decision = await(() -> decision(program, incident));
        api.claim("responder", decision);
        api.complete("responder", decision, Map.of("decision", "apply", "decisionNote", ""));
        await(() -> Optional.of(api.incident(incident))
                .filter(known -> known.path("state").asText().equals("closed")));
    }

    private static List<String> tags(JsonNode definitions) {
        return definitions.findValuesAsText("versionTag");
    }

    /** The versions of the runbook that have run for an incident. */
    private static List<Integer> workedOn(Program program, String incident) {
        return program
                .api()
                .get("/engine-rest/history/process-instance?processInstanceBusinessKey=" + incident
                        + "&processDefinitionKey=" + RUNBOOK)
                .findValues("processDefinitionVersion")
                .stream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static <T> T await(Callable<Optional<T>> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(wanted, Optional::isPresent)
                .orElseThrow();
    }
}
