package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** An incident of its own for one attack: a responder has been paged, and its process waits. */
final class AttackScene {
    private final Program program;
    private final String incident;

    private AttackScene(Program program, String incident) {
        this.program = program;
        this.incident = incident;
    }

    /** @param alert a name that no other incident has */
    static AttackScene open(Program program, String alert) throws IOException {
        program.api().post(PagerMessage.firing(alert, "mcp-gateway"));
        String incident = Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> program.api().incidents(5).stream()
                                .filter(one -> one.toString().contains("\"" + alert + "\""))
                                .map(one ->
                                        one.path("id").asText(one.path("number").asText()))
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
        AttackScene scene = new AttackScene(program, incident);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !scene.tasks()
                .isEmpty());
        return scene;
    }

    String incident() {
        return incident;
    }

    List<JsonNode> tasks() {
        return program.api().tasks(incident);
    }

    String task() {
        return tasks().get(0).path("id").asText();
    }

    /** Of page-responders: what the task belongs to. */
    String instance() {
        return tasks().get(0).path("processInstanceId").asText();
    }

    String definition() {
        return tasks().get(0).path("processDefinitionId").asText();
    }

    /** Of the escalation to level 2. */
    String job() {
        return program.api()
                .get("/engine-rest/job?processInstanceId=" + instance() + "&timers=true")
                .get(0)
                .path("id")
                .asText();
    }

    String execution(String activity) {
        return program.api()
                .get("/engine-rest/execution?active=true&processInstanceId=" + instance() + "&activityId=" + activity)
                .get(0)
                .path("id")
                .asText();
    }

    void claimedBy(String person) {
        program.api().claim(person, tasks().get(0));
    }

    /** Everything that an attack could move: tasks with who has them, jobs with when they are due, variables. */
    String state() {
        return tasks() + "\n" + program.api().get("/engine-rest/job?processInstanceId=" + instance()) + "\n"
                + program.api().get("/engine-rest/variable-instance?processInstanceIdIn=" + instance());
    }
}
