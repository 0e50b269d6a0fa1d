package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.Attacker.Answer;

/** An incident of its own for one attack: a responder has been paged, and its process waits. */
final class AttackScene {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Program program;
    private final Control.Switches controls;
    private final String incident;
    private final Map<String, Integer> counted = new HashMap<>();
    private final Map<String, String> waiting = new HashMap<>();
    private JsonNode task;
    private String job;

    private AttackScene(Program program, Control.Switches controls, String incident) {
        this.program = program;
        this.controls = controls;
        this.incident = incident;
    }

    /** @param alert a name that no other incident has */
    static AttackScene open(Program program, Control.Switches controls, String alert) throws IOException {
        program.api().post(PagerMessage.firing(alert, "mcp-gateway"));
        String incident = await("the incident", () -> program.api().incidents(5).stream()
                .filter(one -> one.toString().contains("\"" + alert + "\""))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElse(null));
        AttackScene scene = new AttackScene(program, controls, incident);
        scene.task = await("its task", () -> scene.tasks().stream().findFirst().orElse(null));
        scene.job = scene.get("/job?timers=true&activityId=event_level2Due&processInstanceId=" + scene.instance())
                .path(0)
                .path("id")
                .asText();
        return scene;
    }

    /** Waits for it to be more than null. */
    static <T> T await(String what, Supplier<T> wanted) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(wanted::get, one -> one != null);
    }

    Program program() {
        return program;
    }

    String incident() {
        return incident;
    }

    /** As letters and digits only. */
    String number() {
        return incident.replace("-", "").toLowerCase();
    }

    List<JsonNode> tasks() {
        return program.api().tasks(incident);
    }

    /** The one that the incident began with, as the others are. */
    String task() {
        return task.path("id").asText();
    }

    /** Of page-responders: what the task belongs to. */
    String instance() {
        return task.path("processInstanceId").asText();
    }

    String definition() {
        return task.path("processDefinitionId").asText();
    }

    /** Of the escalation to level 2. */
    String job() {
        return job;
    }

    String execution(String activity) {
        return execution(instance(), activity);
    }

    String execution(String process, String activity) {
        return get("/execution?active=true&processInstanceId=" + process + "&activityId=" + activity)
                .path(0)
                .path("id")
                .asText();
    }

    void claimedBy(String person) {
        program.api().claim(person, task);
    }

    /** At the engine's REST API, as administrator. */
    JsonNode get(String path) {
        return program.api().get("/engine-rest" + path);
    }

    int count(String what, String... query) {
        return get(what + "/count?" + String.join("&", query)).path("count").asInt();
    }

    /** What was counted the first time. */
    int first(String what, int now) {
        counted.putIfAbsent(what, now);
        return counted.get(what);
    }

    /** A process of by-hand.bpmn that waits; begun with the engine's doors open. */
    String waiting(String model) {
        return waiting.computeIfAbsent(model, key -> controls.opened(() -> start(key)));
    }

    private String start(String model) {
        Answer started = Attacker.overRest(program, "admin")
                .ask("POST", "/process-definition/key/" + model + "/start", "{\"businessKey\": \"" + incident + "\"}");
        if (!started.done()) {
            throw new AssertionError(model + " did not start: " + started);
        }
        return started.json().path("id").asText();
    }

    /** One of by-hand.bpmn that has ended; the engine keeps its history. */
    String endedByHand() {
        return waiting.computeIfAbsent(
                "ended",
                key -> controls.opened(() -> {
                    String process = start("by-hand");
                    Attacker.overRest(program, "admin").ask("DELETE", "/process-instance/" + process, null);
                    return process;
                }));
    }

    /** All of its process that an attack could move: tasks with who has them, jobs with when they are due, variables. */
    String state() {
        return get("/task?processInstanceId=" + instance()) + "\n" + get("/job?processInstanceId=" + instance()) + "\n"
                + get("/variable-instance?processInstanceIdIn=" + instance());
    }
}
