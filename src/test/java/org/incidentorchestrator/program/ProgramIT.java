package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, started as its README says, on its sandbox: from the alert to the closing. */
class ProgramIT {
    @TempDir
    Path folder;

    @Test
    void a_service_breaks_a_responder_decides_and_the_incident_closes() throws IOException {
        try (var program = Program.in(folder)
                .with("recovery.hold", "2s")
                .with("wait.recovery-poll", "1s")
                .with("wait.rollout-poll", "1s")
                .start()) {
            var api = program.api();
            api.post(
                    "responder",
                    "/sandbox/scenarios",
                    Map.of("scenario", "crash-until-restarted", "workload", "mcp-gateway"));
            assertThat(api.post(PagerMessage.firing("ServiceDown", "mcp-gateway")))
                    .isEqualTo(202);

            var decision = await(() -> api.task("INC-1", "Decide on remedy"));
            api.claim("responder", decision);
            api.complete("responder", decision, Map.of("decision", "apply", "decisionNote", ""));
            await(() -> Optional.of(api.incident("INC-1")).filter(ProgramIT::closed));

            assertThat(program.stop()).isIn(0, 143);
        }
    }

    private static boolean closed(JsonNode incident) {
        return incident.path("state").asText().equals("closed");
    }

    private static <T> T await(Callable<Optional<T>> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(wanted, Optional::isPresent)
                .orElseThrow();
    }
}
