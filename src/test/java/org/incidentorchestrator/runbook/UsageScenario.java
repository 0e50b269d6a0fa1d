package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.AfterEach;

/** What the runbooks about usage have in common: a workload that is full, and what was set on it for that. */
abstract class UsageScenario extends RunbookScenario {
    /** It has an autoscaler: from 2 to 6. */
    static final String API = "mcp-orchestrator-api";

    static final String DEPLOYMENT = "patch Deployment/" + Sandbox.NAMESPACE + "/";
    static final String AUTOSCALER = "patch HorizontalPodAutoscaler/" + Sandbox.NAMESPACE + "/";
    static final Duration A_WHILE = Duration.ofMinutes(20);

    /** What a test has set stays in the sandbox's world. */
    @AfterEach
    void asBefore() {
        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        autoscales(2, 6);
        limits("memory", "512Mi");
        limits("cpu", "500m");
        scales(GATEWAY, 2);
        passesUnseen(Duration.ofMinutes(5));
    }

    /** Somebody with kubectl is at work. */
    void scales(String workload, int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", replicas);
        sandbox.patch(deployment(workload), body);
    }

    void autoscales(int least, int most) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("minReplicas", least).put("maxReplicas", most);
        sandbox.patch(new Target("HorizontalPodAutoscaler", Sandbox.NAMESPACE, API), body);
    }

    void limits(String resource, String amount) {
        edits(container -> container.withObject("/resources/limits").put(resource, amount));
    }

    /** Its containers may use all of the node's memory. */
    void limitsNoMemory() {
        edits(container -> container.withObject("/resources/limits").putNull("memory"));
    }

    /** @param change of its first container, as somebody with kubectl makes it */
    void edits(Consumer<ObjectNode> change) {
        ArrayNode containers =
                (ArrayNode) object(GATEWAY).at("/spec/template/spec/containers").deepCopy();
        change.accept((ObjectNode) containers.get(0));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template/spec").set("containers", containers);
        sandbox.patch(deployment(GATEWAY), body);
    }

    String limit() {
        return object(GATEWAY)
                .at("/spec/template/spec/containers/0/resources/limits/memory")
                .asText();
    }

    int replicas(String workload) {
        return object(workload).at("/spec/replicas").asInt();
    }

    private JsonNode object(String workload) {
        return sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, workload)
                .orElseThrow()
                .toJson();
    }

    private static Target deployment(String workload) {
        return new Target("Deployment", Sandbox.NAMESPACE, workload);
    }

    void endsAs(String runbook, String outcome) {
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook " + runbook + " ended: " + outcome);
    }

    /** What people were asked for besides the incident itself. */
    String asked() {
        assertThat(told("PERSON_NEEDED")).hasSize(1);
        return told("PERSON_NEEDED").get(0);
    }
}
