package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEW_REVISION;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.probe.Prometheus;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** Somebody deploys what git has new: the words that the tests of it speak in. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:deployment;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "watch.hold=30s",
            "watch.deadline=3m"
        })
@Import(DeploymentScenario.Probes.class)
abstract class DeploymentScenario extends RunbookScenario {
    static final String APPLICATION = "a1-orchestrator";
    static final Target ARGO_APPLICATION = new Target("Application", "argocd", APPLICATION);
    static final String SYNC = "patch Application/argocd/" + APPLICATION;
    static final String PLAN = "Plan the deployment";
    static final String SETTLE = "Settle checks";
    static final String APPROVE = "Approve change";
    static final String DECIDE = "Decide on remedy";
    static final String REVERT = "Revert in git";
    static final Duration LONG = Duration.ofHours(1);

    @Autowired
    RunAbort runs;

    @Autowired
    Declarations declarations;

    /** Prometheus with the numbers of the test. */
    @TestConfiguration
    static class Probes {
        @Bean
        @Primary
        Prometheus preparedPrometheus() {
            return PreparedProbes.prometheus("http://prometheus.example:9090");
        }
    }

    @BeforeEach
    void people() {
        account("bea", "approver");
        account("carl", "approver");
        measures(0.1, 120, 40, 50, 250);
        sandbox.play(NEW_REVISION, GATEWAY);
        passesUnseen(Duration.ofMinutes(1));
    }

    @AfterEach
    void asGitHadIt() {
        sandbox.play(HEALTHY_AGAIN, "");
        passesUnseen(Duration.ofMinutes(5));
    }

    /** Alice begins a planned deployment. */
    void isAsked() {
        Declared begun = declarations.declare(
                new Declaration("deployment", Sandbox.NAMESPACE, "", "", "the release of this week", ""),
                "alice",
                Optional.empty());
        assertThat(begun).isInstanceOf(Opened.class);
        isAbout(((Opened) begun).incident().number());
        work();
    }

    void plans() {
        plans(APPLICATION, gitRevision());
    }

    void plans(String application, String revision) {
        plansAs("alice", application, revision);
    }

    void plansAs(String person, String application, String revision) {
        answers(
                person,
                PLAN,
                Map.of(
                        "plan",
                        "check",
                        "application",
                        application,
                        "revision",
                        revision,
                        "prune",
                        false,
                        "settledNote",
                        "the release of this week"));
        passes(Duration.ofSeconds(1));
    }

    void settles(String checks) {
        answers("alice", SETTLE, Map.of("checks", checks, "settledNote", "seen"));
        passes(Duration.ofSeconds(1));
    }

    void approves(String answer) {
        approves(answer, "");
    }

    void approves(String answer, String alternative) {
        approvesAs("bea", answer, alternative);
        passes(Duration.ofSeconds(1));
    }

    /** Nothing follows yet. */
    void approvesAs(String person, String answer, String alternative) {
        String id = task(APPROVE).getId();
        engine.getTaskService().setAssignee(id, null);
        engine.getIdentityService().setAuthentication(person, List.of("approver"));
        try {
            engine.getTaskService().claim(id, person);
            engine.getTaskService()
                    .complete(
                            id,
                            Map.of(
                                    "approvalAnswer", answer,
                                    "approvalReason", "it was looked at",
                                    "approvalAlternative", alternative));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    /** From the beginning to the approved sync. */
    void syncs() {
        isAsked();
        plans();
        approves("approve");
    }

    void rollsBack(String decision) {
        answers("alice", DECIDE, Map.of("decision", decision, "decisionNote", "seen"));
        passes(Duration.ofSeconds(1));
    }

    void reverts(String reverted) {
        answers("alice", REVERT, Map.of("reverted", reverted, "settledNote", "0a1b2c3"));
        passes(Duration.ofSeconds(1));
    }

    /** A person ends the work. */
    void aborts() {
        assertThat(runs.abort(incident().number(), "alice", "not today")).isEmpty();
        passes(LONG);
    }

    void endsAs(String word) {
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook planned-deployment ended: " + word);
    }

    /** The word of the latest instance of a process of this work. */
    String outcome(String process) {
        return engine
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(process)
                .processInstanceBusinessKey(incident().number().toString())
                .finished()
                .orderByProcessInstanceStartTime()
                .desc()
                .list()
                .stream()
                .findFirst()
                .map(instance -> engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(instance.getId())
                        .variableName("outcome")
                        .singleResult())
                .map(HistoricVariableInstance::getValue)
                .map(Object::toString)
                .orElse("none yet: " + taskNames());
    }

    /** What whoever has to decide is shown, by its label. */
    Map<String, String> facts(String task) {
        String shown = engine.getTaskService()
                .getVariableTyped(task(task).getId(), "findings")
                .getValue()
                .toString();
        Map<String, String> facts = new LinkedHashMap<>();
        json(shown)
                .path("facts")
                .forEach(fact ->
                        facts.put(fact.path("what").asText(), fact.path("seen").asText()));
        return facts;
    }

    /** What was found last, as it is on the record. */
    String found() {
        List<String> notes = told("NOTE");
        return notes.get(notes.size() - 1);
    }

    Object shown(String task, String variable) {
        return engine.getTaskService().getVariable(task(task).getId(), variable);
    }

    String gitRevision() {
        return application().text("/status/sync/revision", "");
    }

    KubernetesObject application() {
        return sandbox.reader()
                .get(ResourceType.ARGO_APPLICATIONS, "argocd", APPLICATION)
                .orElseThrow();
    }

    /** The tag of the image that the workload runs. */
    String tag() {
        String image = sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, GATEWAY)
                .orElseThrow()
                .text("/spec/template/spec/containers/0/image", "");
        return image.substring(image.lastIndexOf(':') + 1);
    }

    /** Somebody with kubectl is at work on the application. */
    void application(String json) {
        sandbox.patch(ARGO_APPLICATION, json(json));
    }

    void plays(Scenario scenario, String workload) {
        sandbox.play(scenario, workload);
        passesUnseen(Duration.ofMinutes(2));
    }

    /** The same at any time: in percent, milliseconds, percent of the limit, and requests a second. */
    static void measures(double errors, double p95, double cpu, double memory, double rate) {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        add(answers, null, errors, p95, cpu, memory, rate);
        prepare(answers);
    }

    /** From now on so many requests fail; what was before stays as it was. */
    void failsFromNowOn(double errors) {
        ArrayNode answers = JsonNodeFactory.instance.arrayNode();
        add(answers, now(), 0.1, 120, 40, 50, 250);
        add(answers, null, errors, 120, 40, 50, 250);
        prepare(answers);
    }

    static void measuresNothing() {
        PreparedProbes.prepare(JsonNodeFactory.instance.objectNode().put("away", true), Map.of());
    }

    private static void prepare(JsonNode answers) {
        PreparedProbes.prepare(JsonNodeFactory.instance.objectNode().set("answers", answers), Map.of());
    }

    private static void add(ArrayNode answers, Instant until, double... values) {
        List<String> asked = List.of(
                "code=~",
                "histogram_quantile",
                "container_cpu_usage_seconds_total",
                "container_memory_working_set_bytes",
                "http_requests_total");
        for (int at = 0; at < asked.size(); at++) {
            ObjectNode answer = answers.addObject().put("asked", asked.get(at));
            if (until != null) {
                answer.put("until", until.toString());
            }
            answer.putObject("series").putArray("").add(values[at]);
        }
    }
}
