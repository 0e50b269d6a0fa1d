package org.incidentorchestrator.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.Program;
import org.incidentorchestrator.program.ProgramApi;

/** A started program with a browser beside it, and what a test waits for while people work in both. */
final class WatchedProgram implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(3);

    private final Program program;
    private final Chromium chromium;

    private WatchedProgram(Program program, Chromium chromium) {
        this.program = program;
        this.chromium = chromium;
    }

    /** @param program with its settings, not started yet */
    static WatchedProgram start(Program program) {
        return new WatchedProgram(program.start(), new Chromium());
    }

    /** In which a broken service is put right, and seen to be, within seconds. */
    static WatchedProgram swift(Path folder) {
        return start(Program.in(folder)
                .with("wait.rollout-poll", "1s")
                .with("wait.recovery-poll", "1s")
                .with("recovery.hold", "2s"));
    }

    Program program() {
        return program;
    }

    ProgramApi api() {
        return program.api();
    }

    Chromium chromium() {
        return chromium;
    }

    /** Each in a window of their own. */
    Tasklist tasklist(String who) throws IOException {
        return Tasklist.of(program, chromium, who);
    }

    IncidentPages incidents(String who) throws IOException {
        return IncidentPages.of(program, chromium, who);
    }

    /** An account that an administrator makes, in a group unless that is empty. */
    void account(String id, String password, String group) {
        api().post(
                        "admin",
                        "/engine-rest/user/create",
                        Map.of(
                                "profile", Map.of("id", id, "firstName", id, "lastName", group),
                                "credentials", Map.of("password", password)));
        if (!group.isEmpty()) {
            api().put("admin", "/engine-rest/group/" + group + "/members/" + id);
        }
    }

    String address(String path) {
        return "http://localhost:" + program.port() + path;
    }

    /** Breaks a service until it is restarted, has the restart accepted, and returns the incident once it is closed. */
    String breaksAndEnds(String workload) {
        api().post(
                        "responder",
                        "/sandbox/scenarios",
                        Map.of("scenario", "crash-until-restarted", "workload", workload, "alert", true));
        String incident = incidentOf(workload);
        JsonNode decision = task(incident, "Decide on remedy");
        api().claim("responder", decision);
        api().complete("responder", decision, Map.of("decision", "apply", "decisionNote", ""));
        awaits(
                "the closing of " + incident,
                () -> api().incident(incident).path("state").asText().equals("closed"));
        return incident;
    }

    String incidentOf(String workload) {
        return incidentWith("workload", workload);
    }

    /** The newest whose field has this value. */
    String incidentWith(String field, String value) {
        return Awaitility.await("the incident whose %s is %s".formatted(field, value))
                .atMost(SOON)
                .until(
                        () -> api().incidents(50).stream()
                                .filter(one -> one.path(field).asText().equals(value))
                                .map(one -> one.path("id").asText())
                                .findFirst()
                                .orElse(""),
                        id -> !id.isEmpty());
    }

    JsonNode task(String incident, String name) {
        return Awaitility.await("the task " + name + " of " + incident)
                .atMost(SOON)
                .until(() -> api().task(incident, name).orElse(null), found -> found != null);
    }

    /** The sentences of the entries of this kind. */
    List<String> told(String incident, String kind) {
        return api().timeline(incident).stream()
                .filter(entry -> entry.path("kind").asText().equals(kind))
                .map(entry -> entry.path("summary").asText())
                .toList();
    }

    void awaitTold(String incident, String words) {
        awaits(words, () -> api().timeline(incident).stream()
                .anyMatch(entry -> entry.path("summary").asText().contains(words)));
    }

    void awaits(String what, Callable<Boolean> holds) {
        Awaitility.await(what).atMost(SOON).until(holds);
    }

    @Override
    public void close() {
        chromium.close();
        program.close();
    }
}
