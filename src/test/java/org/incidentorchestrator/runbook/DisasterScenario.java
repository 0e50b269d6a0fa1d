package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A disaster, what only a back-up has of what was there, and the people who decide on the way back. */
abstract class DisasterScenario extends RecoveryScenario {
    static final String DECIDE = "Decide on recovery";
    static final String APPROVE = "Approve change";
    static final String LOAD = "Load credentials";
    static final String CLEAR = "Clear obstacle";
    static final Target SECRET = new Target("Secret", Sandbox.NAMESPACE, "by-hand");
    static final Target CONFIG = new Target("ConfigMap", Sandbox.NAMESPACE, "by-hand");
    static final Target ROOT = new Target("Application", "argocd", "a1-orchestrator-root");
    static final String VALUE = "bm90LWZvci1hbnlib2R5LWVsc2U=";

    @BeforeEach
    void somethingThatOnlyABackUpHas() {
        account("alice", "l1");
        account("bea", "approver");
        account("lea", "l3");
        made(SECRET, "\"type\": \"Opaque\", \"data\": {\"password\": \"" + VALUE + "\"}");
        made(CONFIG, "\"data\": {\"retries\": \"3\"}");
        begin("configuration-backup");
        assertThat(backups()).hasSize(1);
    }

    @AfterEach
    void itIsGone() {
        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        for (Target each : List.of(SECRET, CONFIG, ROOT)) {
            if (there(each)) {
                sandbox.delete(each);
            }
        }
    }

    void begin(String procedure) {
        opened(new Declaration("procedure", "", "", "", "before a disaster", procedure), "alice");
    }

    void isDeclared() {
        opened(new Declaration("disaster", "", "", "", "the machine does not come up again", ""), "dora");
    }

    void opened(Declaration declaration, String person) {
        var opened = (Opened) declarations.declare(declaration, person, Optional.empty());
        isAbout(opened.incident().number());
        work();
    }

    /** A stage by itself, for the incident that is open. */
    void part(String key, Map<String, Object> more) {
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("gate/work-stage.bpmn")
                .enableDuplicateFiltering(true)
                .deploy();
        Map<String, Object> all = new HashMap<>(more);
        all.put("stageKey", key);
        begins("work-stage", all);
    }

    void isGone() {
        sandbox.play(Scenario.API_UNREACHABLE, "");
    }

    void lea(String task, Map<String, Object> answer) {
        Map<String, Object> all = new HashMap<>(Map.of("settledNote", ""));
        if (task.equals(DECIDE)) {
            all.putAll(Map.of("typedCluster", "", "overrideReason", "", "takenBefore", ""));
        }
        all.putAll(answer);
        String id = task(task).getId();
        engine.getIdentityService().setAuthentication("lea", List.of("l1", "l3"));
        try {
            engine.getTaskService().claim(id, "lea");
            engine.getTaskService().complete(id, all);
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
        work();
    }

    void approves(String question) {
        assertThat(String.valueOf(
                        engine.getTaskService().getVariable(task(APPROVE).getId(), "approvalRequest")))
                .contains(question);
        says("approve", "");
    }

    void says(String answer, String alternative) {
        String id = task(APPROVE).getId();
        engine.getIdentityService().setAuthentication("bea", List.of("approver"));
        try {
            engine.getTaskService().claim(id, "bea");
            engine.getTaskService()
                    .complete(
                            id,
                            new HashMap<>(Map.of(
                                    "approvalAnswer", answer,
                                    "approvalReason", "seen",
                                    "approvalAlternative", alternative)));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
        work();
    }

    void clears(String answer) {
        answers("alice", CLEAR, Map.of("obstacleAnswer", answer, "settledNote", "put right"));
        work();
    }

    /** A script really runs, and takes its time. */
    void isReached(String task) {
        Awaitility.await(task).atMost(Duration.ofSeconds(20)).until(() -> {
            passes(Duration.ofSeconds(6));
            return !tasks(task).isEmpty();
        });
    }

    String obstacle() {
        return String.valueOf(engine.getTaskService().getVariable(task(CLEAR).getId(), "obstacle"));
    }

    void made(Target target, String content) {
        sandbox.create(json(
                """
                {"apiVersion": "v1", "kind": "%s", %s, "metadata": {"name": "%s", "namespace": "%s"}}"""
                        .formatted(target.kind(), content, target.name(), target.namespace())));
    }

    boolean there(Target target) {
        return sandbox.reader()
                .get(type(target), target.namespace(), target.name())
                .isPresent();
    }

    KubernetesObject object(Target target) {
        return sandbox.reader()
                .get(type(target), target.namespace(), target.name())
                .orElseThrow();
    }

    private static ResourceType type(Target target) {
        return switch (target.kind()) {
            case "Secret" -> ResourceType.SECRETS;
            case "ConfigMap" -> ResourceType.CONFIG_MAPS;
            default -> ResourceType.ARGO_APPLICATIONS;
        };
    }
}
