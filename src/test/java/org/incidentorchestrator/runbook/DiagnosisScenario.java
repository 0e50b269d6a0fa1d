package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/**
 * What every diagnosis keeps to: it changes nothing, names a cause, and leaves it to a responder whether the runbook that
 * is suggested runs, whether it looks again, or whether people take it from here.
 */
abstract class DiagnosisScenario extends RunbookScenario {
    static final Duration A_WHILE = Duration.ofMinutes(20);
    static final String DECIDE = "Decide on next step";
    static final Target DEPLOYMENT = new Target("Deployment", Sandbox.NAMESPACE, GATEWAY);

    private static final String ELSEWHERE = "kube-system";

    /** The key of the runbook, and an alert that leads to it. */
    abstract String runbook();

    abstract String alert();

    /** What it names where containers crash. */
    String causeOfCrashes() {
        return "crashLoop";
    }

    @Test
    void a_named_cause_that_a_runbook_cures_is_cured_by_it_once_a_responder_says_so() {
        breaksWithItsAlert(Scenario.CRASH_UNTIL_RESTARTED);
        assertThat(cause()).isEqualTo(causeOfCrashes());
        assertThat(suggested()).isEqualTo("service-down");
        assertThat(changes()).isEmpty();

        decidesNext("apply");
        assertThat(taskNames()).containsExactly("Decide on remedy", "Respond to incident");
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(told("RUNBOOK_STARTED")).hasSize(2).last().asString().contains("service-down");
        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly("runbook service-down ended: resolved", "runbook " + runbook() + " ended: resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void what_the_suggested_runbook_cannot_cure_is_handed_to_a_human() {
        breaksWithItsAlert(NEVER_HEALTHY);
        decidesNext("apply");
        decides("alice", "handOver");

        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly(
                        "runbook service-down ended: handedToHuman", "runbook " + runbook() + " ended: handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void a_responder_who_hands_over_has_the_cause_and_runs_nothing() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        decidesNext("handOver");

        assertThat(changes()).isEmpty();
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook " + runbook() + " ended: handedToHuman");
        assertThat(told("NOTE"))
                .last()
                .asString()
                .startsWith("cause " + cause() + ": ")
                .contains(" Seen: Pods: ");
        assertThat(told("DECIDED")).singleElement().asString().isEqualTo("alice decided: handOver");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void nothing_runs_where_nothing_is_suggested_whatever_is_answered() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        assertThat(suggested()).isEqualTo("none");

        decidesNext("apply");

        assertThat(told("RUNBOOK_STARTED")).hasSize(1);
        assertThat(taskNames()).contains(DECIDE);
    }

    @Test
    void a_look_that_is_forbidden_is_told_to_people_and_made_once_the_right_is_granted() {
        sandbox.play(Scenario.NO_ROOM, GATEWAY);
        sandbox.forbid("list pods");
        try {
            isLookedAt();
            assertThat(told("PERSON_NEEDED"))
                    .isNotEmpty()
                    .allMatch(needed -> needed.contains("is not tried again: Could not list pods")
                            && needed.contains("Grant this right"));
            assertThat(taskNames()).contains("Respond to incident").anyMatch(name -> name.contains("list pods"));
            assertThat(tasks(DECIDE)).isEmpty();
        } finally {
            sandbox.forbid("");
        }
        triesAgainWhatHasFailed();

        assertThat(tasks(DECIDE)).hasSize(1);
        assertThat(told("PERSON_NOT_NEEDED")).isNotEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void looking_again_names_the_cause_of_now() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        String before = cause();
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        sandbox.play(NEVER_HEALTHY, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));

        decidesNext("lookAgain");

        assertThat(cause()).isEqualTo("podsNotReady").isNotEqualTo(before);
        assertThat(asOf()).isEqualTo(now().toString());
        assertThat(task(DECIDE).getAssignee()).isNull();
    }

    @Test
    void resolved_while_a_responder_decides_closes_once_the_service_is_seen_well() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        passes(Duration.ofMinutes(1));

        resolvesAs(alert());
        passes(A_WHILE);

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook " + runbook() + " ended: resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(changes()).isEmpty();
    }

    @Test
    void resolved_by_the_pager_while_the_service_is_seen_down_is_handed_to_a_human() {
        breaksWithItsAlert(NEVER_HEALTHY);

        resolvesAs(alert());
        passes(Duration.ofMinutes(15));

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook " + runbook() + " ended: handedToHuman");
        assertThat(record()).contains("PERSON_NEEDED");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void resolved_before_the_cause_is_named_asks_nobody() {
        sandbox.play(Scenario.NO_ROOM, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(alert());
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        passesUnseen(Duration.ofMinutes(1));
        resolvesAs(alert());
        passes(A_WHILE);

        assertThat(record()).doesNotContain("DECIDED");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void a_workload_that_is_gone_when_it_is_looked_at_is_handed_to_a_human() {
        Target shortLived = makes(Sandbox.NAMESPACE, "short-lived", 2);
        sandbox.play(Scenario.NO_ROOM, "short-lived");
        passesUnseen(Duration.ofMinutes(2));
        firesFor(alert(), "short-lived");
        work();
        sandbox.delete(shortLived);

        decidesNext("lookAgain");

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook " + runbook() + " ended: handedToHuman");
    }

    @Test
    void a_look_that_is_refused_leaves_its_facts_unknown_and_a_responder_decides_all_the_same() {
        firesAs("NoRunbookFitsThis");
        work();
        Target notOurs = makes(ELSEWHERE, "not-ours", 2);
        try {
            sandbox.play(Scenario.NO_ROOM, ELSEWHERE + "/not-ours");
            passesUnseen(Duration.ofMinutes(2));
            start(notOurs);
            work();

            assertThat(record()).contains("STEP_REFUSED");
            assertThat(facts()).containsValue("unknown");
            assertThat(taskNames()).contains(DECIDE);
        } finally {
            sandbox.delete(notOurs);
        }
    }

    /** By itself, as no incident would: about what is not ours. */
    private void start(Target target) {
        engine.getRuntimeService()
                .createProcessInstanceByKey(runbook())
                .businessKey(incident().number().toString())
                .setVariables(Map.of(
                        "incident", incident().number().toString(),
                        "target", target.id(),
                        "namespace", target.namespace(),
                        "workload", target.name(),
                        "alertName", alert(),
                        "mode", "EXECUTE"))
                .execute();
    }

    /** The service breaks, its alert arrives, and its cause is looked for. */
    void breaksWithItsAlert(Scenario scenario) {
        sandbox.play(scenario, GATEWAY);
        isLookedAt();
    }

    /** Something is wrong for a while, its alert arrives, and its cause is looked for. */
    void isLookedAt() {
        passesUnseen(Duration.ofMinutes(2));
        firesAs(alert());
        work();
    }

    /** As an operator does from Cockpit. */
    private void triesAgainWhatHasFailed() {
        engine.getManagementService()
                .createJobQuery()
                .noRetriesLeft()
                .list()
                .forEach(job -> engine.getManagementService().setJobRetries(job.getId(), 1));
        work();
    }

    void patch(Target target, String body) {
        sandbox.patch(target, json(body.replace('\'', '"')));
    }

    void create(String manifest) {
        sandbox.create(json(manifest.replace('\'', '"')));
    }

    void decidesNext(String decision) {
        answers("alice", DECIDE, Map.of("decision", decision, "decisionNote", ""));
        work();
    }

    String suggested() {
        return String.valueOf(shown("runbook"));
    }

    String asOf() {
        return findings().path("asOf").asText();
    }

    /** What the form of the decision shows as seen. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        findings()
                .path("facts")
                .forEach(fact ->
                        facts.put(fact.path("what").asText(), fact.path("seen").asText()));
        return facts;
    }

    private JsonNode findings() {
        return json(String.valueOf(shown("findings")));
    }

    private Object shown(String variable) {
        Task task = task(DECIDE);
        return engine.getTaskService().getVariable(task.getId(), variable);
    }
}
