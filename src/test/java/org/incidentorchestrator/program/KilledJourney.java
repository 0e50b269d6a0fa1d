package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.program.KillPoint.Phase;
import org.incidentorchestrator.sandbox.Sandbox;

/** One service that is down, from the alert to the closing, with the program killed on the way. */
final class KilledJourney {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KilledProgram program;
    private final String workload;
    private final List<KillPoint> points;
    private final Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private KilledJourney(KilledProgram program, String workload, List<KillPoint> points) {
        this.program = program;
        this.workload = workload;
        this.points = points;
    }

    /** @param workload of the sandbox, of which no incident is open */
    static void run(KilledProgram program, String workload, List<KillPoint> points) throws IOException {
        new KilledJourney(program, workload, points).run();
    }

    private void run() throws IOException {
        long before = changes();
        program.api()
                .post(
                        "responder",
                        "/sandbox/scenarios",
                        Map.of("scenario", "crash-until-restarted", "workload", workload));
        String incident = alert();
        await("the task to decide", () -> decision(incident));
        at(Phase.PAGE).ifPresent(point -> program.killAt(point, () -> {}));
        if (at(Phase.PAGE).isPresent()) {
            await("the second level is paged", () -> Optional.of(paged(incident, 2))
                    .filter(count -> count > 0));
        }
        claim(incident);
        decide(incident);
        await("closed", () -> Optional.of(program.api().incident(incident)).filter(KilledJourney::closed));
        assertItAllHappenedOnce(incident);
        assertThat(changes()).as("changes that the cluster saw").isEqualTo(before + 1);
    }

    private String alert() throws IOException {
        String message = PagerMessage.of("firing", "ServiceDown", Sandbox.NAMESPACE, workload, since);
        Optional<KillPoint> point = at(Phase.ALERT);
        if (point.isPresent()) {
            program.killAt(point.get(), () -> program.api().post(message));
        }
        // A pager sends again what was not acknowledged; and what was, at its next group interval.
        assertThat(program.api().post(message)).isEqualTo(202);
        return await("the incident", this::incident);
    }

    private Optional<String> incident() {
        return program.api().incidents(50).stream()
                .filter(incident -> incident.path("workload").asText().equals(workload) && !closed(incident))
                .map(incident -> incident.path("id").asText())
                .findFirst();
    }

    private Optional<JsonNode> decision(String incident) {
        return program.api().task(incident, "Decide on remedy");
    }

    private void claim(String incident) throws IOException {
        JsonNode task = decision(incident).orElseThrow();
        at(Phase.CLAIM)
                .ifPresent(point -> program.killAt(point, () -> program.api().claim("responder", task)));
        if (decision(incident).orElseThrow().path("assignee").isNull()) {
            program.api().claim("responder", task);
        }
    }

    private void decide(String incident) throws IOException {
        JsonNode task = decision(incident).orElseThrow();
        Map<String, String> answers = Map.of("decision", "apply", "decisionNote", "");
        KilledProgram.Request request = () -> program.api().complete("responder", task, answers);
        at(Phase.DECIDE).or(() -> at(Phase.ACT)).ifPresent(point -> program.killAt(point, request));
        Optional<KillPoint> closing = at(Phase.CLOSE);
        if (closing.isPresent() && decision(incident).isPresent()) {
            program.killAt(closing.get(), request);
        } else if (decision(incident).isPresent()) {
            request.send();
        }
    }

    private void assertItAllHappenedOnce(String incident) {
        JsonNode closed = program.api().incident(incident);
        assertThat(closed.path("outcome").asText()).isEqualTo("resolvedByRunbook");
        for (String fact :
                List.of("incidentOpened", "acknowledged", "decided", "stepIntent", "stepApplied", "incidentClosed")) {
            assertThat(count(incident, fact)).as("%s of %s", fact, incident).isEqualTo(1);
        }
        assertThat(paged(incident, 1)).as("pages of level 1").isEqualTo(1);
        assertThat(paged(incident, 2)).as("pages of level 2").isLessThanOrEqualTo(1);
        assertThat(paged(incident, 3)).as("pages of level 3").isZero();
        assertNobodyIsPagedWhenSomebodyHasIt(incident);
        assertThat(program.api().tasks(incident)).isEmpty();
        await("its evidence sealed and intact", () -> Optional.of(
                        program.api().get("auditor", "/api/incidents/" + incident + "/verify"))
                .filter(verdict -> verdict.path("intact").asBoolean()));
    }

    private void assertNobodyIsPagedWhenSomebodyHasIt(String incident) {
        List<String> kinds = program.api().timeline(incident).stream()
                .map(entry -> entry.path("kind").asText())
                .toList();
        assertThat(kinds.lastIndexOf("paged")).isLessThan(kinds.indexOf("acknowledged"));
    }

    private long count(String incident, String kind) {
        return program.api().timeline(incident).stream()
                .filter(entry -> entry.path("kind").asText().equals(kind))
                .count();
    }

    private long paged(String incident, int level) {
        return program.api().timeline(incident).stream()
                .filter(entry -> entry.path("kind").asText().equals("paged"))
                .filter(entry -> entry.at("/details/level").asInt() == level)
                .count();
    }

    /** Of this workload's deployment, as the API server counts them. */
    private long changes() {
        long changes = 0;
        for (JsonNode write : program.api().get("/sandbox/world").path("latest")) {
            changes += write.path("target").asText().endsWith("/" + workload) ? 1 : 0;
        }
        return changes;
    }

    private Optional<KillPoint> at(Phase phase) {
        return points.stream().filter(point -> point.phase() == phase).findFirst();
    }

    private static boolean closed(JsonNode incident) {
        return incident.path("state").asText().equals("closed");
    }

    private <T> T await(String what, Callable<Optional<T>> wanted) {
        return Awaitility.await(what + " of " + workload)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(wanted, Optional::isPresent)
                .orElseThrow();
    }
}
