package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Receipt;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.support.TestClock;

/** Somebody who looks at one workload of a sandbox and does something about it. */
final class Operator {
    final TestClock clock = new TestClock();
    final Sandbox sandbox;
    private final String workload;

    Operator(String workload) {
        this.workload = workload;
        this.sandbox = Sandbox.inMemory(clock);
    }

    ClusterReader reader() {
        return sandbox.reader();
    }

    KubernetesObject deployment() {
        return reader().get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, workload)
                .orElseThrow();
    }

    List<KubernetesObject> pods() {
        return of(ResourceType.PODS);
    }

    List<KubernetesObject> of(ResourceType type) {
        LabelSelector its = LabelSelector.equalTo(Map.of("app", workload));
        return reader().list(type, Query.in(Sandbox.NAMESPACE).selecting(its));
    }

    List<String> names() {
        return pods().stream().map(KubernetesObject::name).toList();
    }

    int ready() {
        return deployment().number("/status/readyReplicas", 0);
    }

    /** The reasons that the pods' containers wait for. */
    List<String> waiting() {
        return pods().stream()
                .map(pod -> pod.text("/status/containerStatuses/0/state/waiting/reason", ""))
                .toList();
    }

    KubernetesObject condition(String type) {
        return deployment().items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals(type))
                .findFirst()
                .orElseThrow();
    }

    List<KubernetesObject> events(String about) {
        return reader().list(ResourceType.EVENTS, Query.in(Sandbox.NAMESPACE).where("involvedObject.name", about));
    }

    ClusterReader.LogAnswer logs(String pod, boolean previous) {
        return reader().logs(new LogQuery(Sandbox.NAMESPACE, pod, workload, previous, 20, 100_000));
    }

    Receipt restart() {
        ObjectNode body = Json.object();
        body.withObject("/spec/template/metadata/annotations")
                .put("kubectl.kubernetes.io/restartedAt", clock.instant().toString());
        return patch(body);
    }

    Receipt scale(int replicas) {
        return patch(Json.object("{'spec': {'replicas': %d}}", replicas));
    }

    Receipt image(String image) {
        return patch(Json.object(
                "{'spec': {'template': {'spec': {'containers': [{'name': '%s', 'image': '%s'}]}}}}", workload, image));
    }

    Receipt patch(JsonNode body) {
        return apply(body, Write.FOR_REAL);
    }

    Receipt apply(JsonNode body, Write write) {
        KubernetesObject now = deployment();
        return sandbox.writer()
                .apply(
                        new Change.Patch(now.target(), now.uid(), now.resourceVersion(), body, Change.Identity.CHANGE),
                        write);
    }

    Receipt evict(KubernetesObject pod) {
        return sandbox.writer()
                .apply(
                        new Change.Evict(pod.target(), pod.uid(), pod.resourceVersion(), Change.Identity.CHANGE),
                        Write.FOR_REAL);
    }

    void play(Scenario scenario) {
        sandbox.play(scenario, workload);
    }

    void waits(int seconds) {
        clock.pass(Duration.ofSeconds(seconds));
    }
}
