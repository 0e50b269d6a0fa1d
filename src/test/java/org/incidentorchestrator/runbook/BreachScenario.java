package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.springframework.test.context.TestPropertySource;

/** A suspected breach, by itself or from within: whoever responds, and whoever approves. */
@TestPropertySource(properties = {"wait.isolation-poll=10s", "wait.capture-poll=10s", "wait.refresh-poll=10s"})
abstract class BreachScenario extends PartScenario {
    static final String OFF = "patch Deployment/" + Sandbox.NAMESPACE + "/" + GATEWAY;

    @AfterEach
    void letsGo() {
        sandbox.reader().list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(pod -> pod.labels().containsKey("incident-orchestrator/quarantine"))
                .forEach(pod -> sandbox.delete(pod.target()));
        ObjectNode clean = JsonNodeFactory.instance.objectNode();
        clean.withObject("/metadata/annotations")
                .putNull("incident-orchestrator/isolated-for")
                .putNull("incident-orchestrator/isolated-from");
        sandbox.patch(DEPLOYMENT, clean);
    }

    void suspected() {
        firesAs("SuspectedBreach");
        work();
        assertThat(tasks("Approve change")).hasSize(1);
    }

    /** It is isolated, and proved to be. */
    void isolated() {
        suspected();
        approves();
        passes(Duration.ofMinutes(2));
        assertThat(taskNames()).contains("Rotate at the source");
    }

    void approves() {
        answers("approver", "approve", "");
        work();
    }

    void looksAgain() {
        answers("approver", "lookAgain", "");
        work();
    }

    void rejects(String alternative) {
        answers("approver", "reject", alternative);
        work();
    }

    void answers(String person, String answer, String alternative) {
        complete(
                person,
                "Approve change",
                Map.of("approvalAnswer", answer, "approvalReason", "seen", "approvalAlternative", alternative));
    }

    void rotates() {
        complete("responder", "Rotate at the source", Map.of("remediation", "rotated", "settledNote", "all of them"));
        work();
    }

    void signsOff(String answer) {
        complete("responder", "Sign off", Map.of("signOff", answer, "settledNote", "nothing was found"));
        work();
    }

    void complete(String person, String name, Map<String, Object> answer) {
        Task task = task(name);
        if (task.getAssignee() == null) {
            engine.getTaskService().claim(task.getId(), person);
        }
        engine.getIdentityService().setAuthentication(person, List.of(person, "l1"));
        try {
            engine.getTaskService().complete(task.getId(), new HashMap<>(answer));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    int replicas() {
        return sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, GATEWAY)
                .orElseThrow()
                .number("/spec/replicas", -1);
    }

    List<String> quarantined() {
        return sandbox.reader().list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(pod -> pod.labels().containsKey("incident-orchestrator/quarantine"))
                .map(KubernetesObject::name)
                .toList();
    }
}
