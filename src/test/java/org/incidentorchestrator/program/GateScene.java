package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.incidentorchestrator.program.Attacker.Answer;

/**
 * An incident whose process asks a second person whether a workload of the sandbox may be isolated, and isolates it. What
 * a scene needs beforehand is made with the engine's doors open.
 */
final class GateScene {
    /** In {@code src/test/resources/gate}; it begins only with the engine's doors open. */
    static final String MODEL = "isolate-by-approval";

    static final String WORKLOAD = "mcp-config";
    static final String OTHER = "mcp-tracehub";
    static final String BEFORE_ACT =
            "{\"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"act\"}]}";
    private static final List<String> OUTCOMES = List.of("stepApplied", "stepRefused", "stepRehearsed");

    private final AttackStage stage;
    private final AttackScene incident;
    private final Map<String, Attacker> people;
    private GateScene elsewhere;
    private String run = "";
    private boolean begun;
    private int mark;
    private long asked = -1;

    private GateScene(AttackStage stage, AttackScene incident, Map<String, Attacker> people) {
        this.stage = stage;
        this.incident = incident;
        this.people = people;
    }

    /** @param people who answer, at one of the two addresses */
    static GateScene open(AttackStage stage, String alert, Map<String, Attacker> people) throws IOException {
        return new GateScene(stage, stage.scene(alert), people);
    }

    AttackScene incident() {
        return incident;
    }

    Program program() {
        return stage.program();
    }

    Attacker as(String person) {
        return people.get(person);
    }

    Attacker forged(String person) {
        return stage.web(person).withoutToken();
    }

    /** The first time only. */
    void once(Runnable work) {
        if (!begun) {
            begun = true;
            work.run();
        }
    }

    /** The same in an incident of its own. */
    GateScene elsewhere() {
        if (elsewhere == null) {
            try {
                elsewhere = open(stage, incident.incident() + "Elsewhere", people);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return elsewhere;
    }

    Optional<String> elsewhereIncident() {
        return Optional.ofNullable(elsewhere).map(other -> other.incident.incident());
    }

    /** Of the process that proposes, asks and acts: the newest. */
    String run() {
        return run;
    }

    void back(String earlier) {
        run = earlier;
    }

    /** @param walksAround whether the process acts without asking, as one that was moved past its gate */
    void proposes(String workload, String mode, boolean walksAround) {
        mark = outcomes().size();
        asked = walksAround ? asked : requests().count();
        run = stage.begin(
                MODEL,
                """
                {"businessKey": "%s", "variables": {
                  "target": {"value": "Deployment/a1-orchestrator/%s"}, "mode": {"value": "%s"},
                  "walksAround": {"value": %s, "type": "Boolean"}}}"""
                        .formatted(incident.incident(), workload, mode, walksAround));
    }

    /** Whether the workload may be isolated; the same request as long as it is open. */
    GateScene asked() {
        boolean open = requests().anyMatch(one -> one.path("state").asText().equals("open"));
        if (!open || run.isEmpty()) {
            proposes(WORKLOAD, "EXECUTE", false);
            approval();
        }
        return this;
    }

    /** Approved as it should be, and not acted on yet: another run had the workload, and lets it go now. */
    void approvedAndHeld() {
        stage.release();
        stage.sql("insert into target_lock (target, run_id, incident, touched_at) values ('Deployment/a1-orchestrator/"
                + WORKLOAD + "', 'another', 1, current_timestamp)");
        proposes(WORKLOAD, "EXECUTE", false);
        Answer approved = answers("approver", "approve", "");
        if (!approved.done() || outcome().done()) {
            throw new AssertionError("It was to be approved and held: " + approved);
        }
        stage.release();
    }

    /** The process comes to its act, however it got there. */
    Answer acts() {
        mark = outcomes().size();
        stage.opened("POST", "/process-instance/" + run + "/modification", BEFORE_ACT);
        return outcome();
    }

    void becomes(String mode) {
        stage.opened("PUT", "/process-instance/" + run + "/variables/mode", "{\"value\": \"" + mode + "\"}");
    }

    /** By whoever has the database's password: the word of a responder, which is not a second person's. */
    void accepts() {
        sql("update proposal set decision = 'ACCEPTED', decided_by = 'approver' where run_id = '" + run + "'");
    }

    String proposal() {
        return incident.get("/process-instance/" + run + "/variables/proposalId")
                .path("value")
                .asText();
    }

    JsonNode task() {
        return AttackScene.await("the task Approve change", () -> incident.tasks().stream()
                .filter(task -> task.path("name").asText().equals("Approve change"))
                .max(Comparator.comparing(task -> task.path("created").asText()))
                .orElse(null));
    }

    /** The newest of the incident. */
    long approval() {
        return AttackScene.await(
                "the request for approval",
                () -> requests().count() > asked
                        ? requests().findFirst().orElseThrow().path("id").asLong()
                        : null);
    }

    private Stream<JsonNode> requests() {
        JsonNode all = program().api().get("/api/approvals?state=all&limit=200");
        return Stream.iterate(0, n -> n < all.size(), n -> n + 1)
                .map(all::get)
                .filter(one -> one.path("incident").asText().equals(incident.incident()));
    }

    Answer answers(String person, String decision, String reason) {
        return answers(as(person), decision, reason);
    }

    Answer answers(Attacker person, String decision, String reason) {
        return person.api(
                "POST",
                "/api/approvals/" + approval() + "/decision",
                "{\"decision\": \"%s\", \"reason\": \"%s\"}".formatted(decision, reason));
    }

    /** From two windows in the same moment; the second one's answer. Both are taken, or none: that is an error. */
    Answer answersTwice(String person, String decision) {
        long id = approval();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Answer>> both = Stream.of(stage.rest(person), stage.web(person))
                .map(window -> CompletableFuture.supplyAsync(() -> {
                    awaitUnchecked(go);
                    return window.api(
                            "POST", "/api/approvals/" + id + "/decision", "{\"decision\": \"" + decision + "\"}");
                }))
                .toList();
        go.countDown();
        List<Answer> answers = both.stream().map(CompletableFuture::join).toList();
        if (answers.stream().noneMatch(Answer::done)) {
            throw new AssertionError("Neither was taken: " + answers);
        }
        outcome();
        return answers.stream().filter(answer -> !answer.done()).findFirst().orElse(answers.get(0));
    }

    private static void awaitUnchecked(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer claims(String person) {
        return as(person).ask("POST", taskPath() + "/claim", "{\"userId\": \"" + person + "\"}");
    }

    Answer completes(String person, String variables) {
        return as(person).ask("POST", taskPath() + "/complete", "{\"variables\": {" + variables + "}}");
    }

    /** In Tasklist: claims it and submits its form. */
    Answer submits(String person, String answer) {
        Answer claimed = claims(person);
        return claimed.done()
                ? as(person)
                        .ask(
                                "POST",
                                taskPath() + "/submit-form",
                                "{\"variables\": {\"approvalAnswer\": {\"value\": \"" + answer + "\"}}}")
                : claimed;
    }

    private String taskPath() {
        return "/task/" + task().path("id").asText();
    }

    /** Of the glass that was broken. */
    Answer reviews(String person) {
        String path = "/task/" + review().orElseThrow().path("id").asText();
        Answer claimed = as(person).ask("POST", path + "/claim", "{\"userId\": \"" + person + "\"}");
        return claimed.done()
                ? as(person).ask("POST", path + "/complete", "{\"variables\": {\"reviewNote\": {\"value\": \"fine\"}}}")
                : claimed;
    }

    boolean reviewed() {
        return review().isEmpty();
    }

    private Optional<JsonNode> review() {
        String glass =
                "GLASS-" + requests().findFirst().orElseThrow().path("id").asText();
        return program().api().tasks(glass).stream().findFirst();
    }

    /** While somebody has been taken out of the group of approvers by SQL. */
    Answer demoted(String person, Supplier<Answer> meanwhile) {
        sql("delete from ACT_ID_MEMBERSHIP where USER_ID_ = '" + person + "' and GROUP_ID_ = 'approver'");
        try {
            return meanwhile.get();
        } finally {
            sql("insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values ('" + person + "', 'approver')");
        }
    }

    void sql(String statement) {
        stage.sql(statement);
    }

    /** What became of the change: 200 when it was made, else why not. */
    Answer outcome() {
        JsonNode entry = AttackScene.await(
                "the change, or its refusal",
                () -> outcomes().stream().skip(mark).findFirst().orElse(null));
        String kind = entry.path("kind").asText();
        return new Answer(
                kind.equals("stepRefused") ? 403 : 200,
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                        .objectNode()
                        .put("detail", entry.path("summary").asText())
                        .toString());
    }

    private List<JsonNode> outcomes() {
        return program().api().timeline(incident.incident()).stream()
                .filter(entry -> OUTCOMES.contains(entry.path("kind").asText()))
                .toList();
    }

    /** How often the change was made in this incident. */
    long made() {
        return outcomes().stream()
                .filter(entry -> entry.path("kind").asText().equals("stepApplied"))
                .count();
    }

    boolean changed() {
        return changed(WORKLOAD);
    }

    boolean changed(String workload) {
        return stage.replicas(workload) == 0;
    }

    boolean knows(String variable) {
        return incident.count("/history/variable-instance", "variableName=" + variable) > 0;
    }

    /** What was changed is as it was, and no run holds it. */
    void restored() {
        stage.restore(incident, WORKLOAD);
        stage.restore(incident, OTHER);
        stage.release();
    }
}
