package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.Attacker.Answer;

/** An incident whose process asks a second person whether a workload may be isolated. */
final class GateScene {
    /** In {@code src/test/resources/gate}; it begins only with the engine's doors open. */
    static final String MODEL = "isolate-by-approval";

    private final Program program;
    private final Control.Switches controls;
    private final AttackScene incident;

    GateScene(Program program, Control.Switches controls, AttackScene incident) {
        this.program = program;
        this.controls = controls;
        this.incident = incident;
    }

    AttackScene incident() {
        return incident;
    }

    /** @param walksAround whether the process acts without asking, as one that was moved past its gate */
    void proposes(String workload, String mode, boolean walksAround) {
        controls.off(List.of(Control.ADDRESSES, Control.CHECKER));
        Answer started = Attacker.overRest(program, "admin")
                .ask(
                        "POST",
                        "/process-definition/key/" + MODEL + "/start",
                        """
                        {"businessKey": "%s", "variables": {
                          "target": {"value": "Deployment/a1-orchestrator/%s"}, "mode": {"value": "%s"},
                          "walksAround": {"value": %s, "type": "Boolean"}}}"""
                                .formatted(incident.incident(), workload, mode, walksAround));
        if (!started.done()) {
            throw new AssertionError("The model did not start: " + started);
        }
    }

    JsonNode task() {
        return await("the task Approve change", () -> program.api().task(incident.incident(), "Approve change"));
    }

    long approval() {
        task();
        return await("the request for approval", () -> {
            for (JsonNode one : program.api().get("/api/approvals?state=all&limit=200")) {
                if (one.path("incident").asText().equals(incident.incident())) {
                    return Optional.of(one.path("id").asLong());
                }
            }
            return Optional.empty();
        });
    }

    Answer answers(Attacker person, String decision, String reason) {
        return person.api(
                "POST",
                "/api/approvals/" + approval() + "/decision",
                "{\"decision\": \"%s\", \"reason\": \"%s\"}".formatted(decision, reason));
    }

    /** In Tasklist: claims it and submits its form. */
    Answer submits(Attacker person, String who, String answer) {
        String task = "/task/" + task().path("id").asText();
        Answer claimed = person.ask("POST", task + "/claim", "{\"userId\": \"" + who + "\"}");
        return claimed.done()
                ? person.ask(
                        "POST",
                        task + "/submit-form",
                        "{\"variables\": {\"approvalAnswer\": {\"value\": \"" + answer + "\"}}}")
                : claimed;
    }

    void sql(String statement) {
        controls.sql("jdbc:h2:file:" + program.folder() + "/incidents", statement);
    }

    /** What became of the change: 200 when it was made, else why not. */
    Answer outcome() {
        return await("the change, or its refusal", () -> program.api().timeline(incident.incident()).stream()
                .filter(entry -> List.of("stepApplied", "stepRefused")
                        .contains(entry.path("kind").asText()))
                .map(entry -> new Answer(
                        entry.path("kind").asText().equals("stepApplied") ? 200 : 403,
                        Map.of("detail", entry.path("summary").asText()).toString()))
                .findFirst());
    }

    private static <T> T await(String what, java.util.concurrent.Callable<Optional<T>> wanted) {
        return Awaitility.await(what)
                .atMost(Duration.ofMinutes(1))
                .until(wanted, Optional::isPresent)
                .orElseThrow();
    }

    static GateScene open(Program program, Control.Switches controls, String alert) throws IOException {
        return new GateScene(program, controls, AttackScene.open(program, alert));
    }
}
