package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.PodRequests;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Scheduling;
import org.incidentorchestrator.cluster.Scheduling.Blocker;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.junit.jupiter.api.Test;

/**
 * What the looks at pods, nodes, volumes and capacity see, on a cluster where it happens. Held by the real API server,
 * with its own scheduler, quota admission and volume controller, and by the sandbox.
 */
abstract class LooksContract {
    private Map<String, Step<?, ?>> verbs;

    abstract ClusterReader reader();

    /** One of this test's own, where it may look. */
    abstract String namespace();

    /** Another one, empty, for what would bound the other tests. */
    abstract String boundedNamespace();

    /** A name that no other test has, for what belongs to the whole cluster. */
    abstract String ownName();

    abstract Instant now();

    /** Makes an object as somebody with kubectl would. */
    abstract void make(String yaml);

    abstract void await(String what, BooleanSupplier done);

    /** The containers of all of its pods are killed for want of memory. */
    abstract void runOutOfMemory(String workload);

    // ---- nodes

    @Test
    void nodes_say_whether_they_are_well_and_what_pods_may_have() {
        List<NodeView> nodes = reader().list(ResourceType.NODES, Query.in("")).stream()
                .map(NodeView::new)
                .toList();
        assertThat(nodes).extracting(NodeView::status).isNotEmpty().containsOnly("Ready");
        assertThat(nodes).extracting(NodeView::version).doesNotContain("");
        assertThat(nodes)
                .flatExtracting(
                        node -> node.allocatable().amount(Amounts.CPU).signum(),
                        node -> node.allocatable().amount("pods").signum())
                .containsOnly(1);
        assertThat(look("listNodes", Map.of()))
                .containsEntry("readyNodes", nodes.size())
                .containsEntry("nodeTrouble", "");
    }

    @Test
    void what_nodes_use_is_known() {
        await(
                "samples of the nodes",
                () -> look("readNodeUsage", Map.of()).get("usageKnown").equals(true));
        Map<String, Object> usage = look("readNodeUsage", Map.of());
        assertThat((int) usage.get("memoryPercent")).isBetween(0, 100);
        assertThat(usage.get("fullestNode")).isNotEqualTo("");
    }

    @Test
    void who_says_a_limit_and_no_request_asks_for_the_limit() {
        deploy("limited", 1, "limits: {cpu: 100m, memory: 64Mi}", "");
        awaitReady("limited", 1);
        KubernetesObject template = reader().get(ResourceType.DEPLOYMENTS, namespace(), "limited")
                .orElseThrow()
                .at("/spec/template/spec");
        assertThat(PodRequests.of(template).text(Amounts.CPU)).isEqualTo("100m");
        assertThat(pods("limited"))
                .allSatisfy(pod -> assertThat(PodRequests.of(pod.at("/spec"))).isEqualTo(PodRequests.of(template)));
        assertThat(look("describePod", target("limited"))).containsEntry("resourcesDiffer", "");
        assertThat((int) look("describeNodes", target("limited")).get("roomFor"))
                .isPositive();
    }

    // ---- pods without a node

    @Test
    void a_pod_that_no_node_has_room_for_says_so_and_the_nodes_say_the_same() {
        deploy("huge", 1, "limits: {cpu: 9000, memory: 64Mi}", "");
        await("the scheduler to have tried", () -> unscheduled("huge") == 1);
        assertThat(Scheduling.of(pods("huge").get(0)).blocker()).isEqualTo(Blocker.RESOURCES);
        assertThat(look("describePod", target("huge")))
                .containsEntry("cause", "pending")
                .containsEntry("unscheduledPods", 1)
                .containsEntry("scheduling", "resources");
        Map<String, Object> nodes = look("describeNodes", target("huge"));
        assertThat(nodes).containsEntry("roomFor", 0);
        assertThat(nodes.get("roomText").toString()).contains("of cpu left, a pod asks for 9000000m");
        assertThat(look("watchPods", target("huge"))).containsEntry("stability", "settling");
    }

    @Test
    void a_pod_that_no_node_matches_is_held_up_by_its_selector() {
        deploy("nowhere", 1, "limits: {cpu: 1m, memory: 1Mi}", "nodeSelector: {nowhere: here}");
        await("the scheduler to have tried", () -> unscheduled("nowhere") == 1);
        assertThat(Scheduling.of(pods("nowhere").get(0)).blocker()).isEqualTo(Blocker.AFFINITY);
        assertThat(look("describeNodes", target("nowhere")).get("roomText").toString())
                .contains("does not match the node selector nowhere=here");
    }

    @Test
    void a_pod_without_a_node_has_logs_that_are_no_failure() {
        deploy("silent", 1, "limits: {cpu: 9000, memory: 64Mi}", "");
        await("the scheduler to have tried", () -> unscheduled("silent") == 1);
        String pod = pods("silent").get(0).name();
        assertThat(reader().logs(new LogQuery(namespace(), pod, "app", false, 10, 1000)))
                .isEqualTo(new LogAnswer.Lines(""));
        Map<String, Object> input = new HashMap<>(target("silent"));
        input.put("lines", 10);
        assertThat(look("tailLogs", input)).containsEntry("errorLines", 0);
    }

    // ---- what may be had

    @Test
    void a_quota_counts_what_is_there_and_refuses_what_would_be_too_much() {
        String bounded = boundedNamespace();
        make(
                """
                {apiVersion: v1, kind: ResourceQuota, metadata: {name: compute, namespace: %s},
                 spec: {hard: {limits.cpu: "1", pods: "50"}}}
                """
                        .formatted(bounded));
        Map<String, String> here = Map.of("namespace", bounded);
        await(
                "the quota to be counted",
                () -> !look("listQuotas", here).get("fullestPercent").equals(-1));
        deploy(bounded, "counted", 1, "limits: {cpu: 500m, memory: 64Mi}", "");
        await(
                "the pod to be counted",
                () -> look("listQuotas", here).get("fullestPercent").equals(50));
        deploy(bounded, "refused", 1, "limits: {cpu: 600m, memory: 64Mi}", "");
        await("a refusal", () -> look("listQuotas", here).get("refused").equals(1));
        assertThat(look("listQuotas", here))
                .containsEntry("quotas", 1)
                .containsEntry("fullestQuota", "compute: limits.cpu 500m of 1000m")
                .containsEntry("limitsDemanded", true);
        assertThat(look("listQuotas", here).get("refusedText").toString())
                .contains("ReplicaSet/refused-", "exceeded quota: compute", "used: limits.cpu=500m");
        Map<String, String> refused = Map.of("target", "Deployment/" + bounded + "/refused");
        await(
                "the deployment to say so",
                () -> look("describePod", refused).get("causeText").toString().contains("exceeded quota: compute"));
        assertThat(look("describePod", refused)).containsEntry("cause", "pending");
    }

    @Test
    void claims_say_what_they_wait_for() {
        String late = ownName();
        make(
                """
                {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: %s},
                 provisioner: example.invalid/disk, volumeBindingMode: WaitForFirstConsumer}
                """
                        .formatted(late));
        claim("waits", late);
        claim("missing", "no-such-class");
        claim("by-hand", "");
        Map<String, Object> claims = look("listVolumeClaims", Map.of("namespace", namespace()));
        assertThat(claims)
                .containsEntry("boundClaims", 0)
                .containsEntry("waitingClaims", 1)
                .containsEntry("troubledClaims", 2);
        assertThat(claims.get("claimTrouble").toString())
                .contains("by-hand waits for a volume that somebody makes by hand")
                .containsPattern("missing (names a storage class that is not there|could not be given a volume)")
                .contains("no-such-class");
    }

    // ---- pods that run

    @Test
    void pods_that_stay_ready_are_stable_and_those_that_run_out_of_memory_are_found() {
        deploy("watched", 2, "limits: {cpu: 100m, memory: 64Mi}", "");
        awaitReady("watched", 2);
        await(
                "two quiet seconds",
                () -> look("watchPods", target("watched")).get("stability").equals("stable"));
        runOutOfMemory("watched");
        await("kills", () -> pods("watched").stream().map(PodView::of).anyMatch(pod -> pod.restarts() > 0));
        Map<String, Object> kills = look("findOomKills", Map.of("namespace", namespace()));
        assertThat((int) kills.get("oomKills")).isPositive();
        assertThat(kills.get("oomText").toString()).contains("watched-");
        assertThat(kills.get("sourcesAsked").toString()).contains("events of nodes");
        assertThat(look("watchPods", target("watched")).get("stability")).isNotEqualTo("stable");
        assertThat((int) look("listNamespacePods", Map.of("namespace", namespace()))
                        .get("troubledPods"))
                .isPositive();
    }

    // ---- words of these tests

    Map<String, Object> look(String verb, Map<String, ?> input) {
        if (verbs == null) {
            verbs = Verbs.with("cluster.namespaces=" + namespace() + "," + boundedNamespace(), "watch.hold=2s");
        }
        Plan<?> plan =
                Verbs.plan(verbs.get(verb), input, new StepContext(reader(), Optional.empty(), Mode.EXECUTE, now()));
        assertThat(plan.effects()).isEmpty();
        return Verbs.output(plan);
    }

    Map<String, String> target(String workload) {
        return Map.of("target", "Deployment/" + namespace() + "/" + workload);
    }

    void deploy(String name, int replicas, String resources, String more) {
        deploy(namespace(), name, replicas, resources, more);
    }

    /** @param more fields of the pod's spec */
    private void deploy(String namespace, String name, int replicas, String resources, String more) {
        make(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME, namespace: %s, labels: {app: NAME}}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: NAME}}
                  template:
                    metadata: {labels: {app: NAME}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      containers:
                      - {name: app, image: "example.invalid/app:1", resources: {%s}}
                      %s
                """
                        .formatted(namespace, replicas, resources, more)
                        .replace("NAME", name));
    }

    private void claim(String name, String storageClass) {
        make(
                """
                {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: %s, namespace: %s}, spec: {
                 accessModes: [ReadWriteOnce], storageClassName: "%s", resources: {requests: {storage: 1Gi}}}}
                """
                        .formatted(name, namespace(), storageClass));
    }

    void awaitReady(String workload, int count) {
        await(
                "ready pods of " + workload,
                () -> pods(workload).stream()
                                .filter(pod -> PodView.of(pod).ready())
                                .count()
                        == count);
    }

    private long unscheduled(String workload) {
        return pods(workload).stream()
                .filter(pod -> Scheduling.of(pod).blocker() != Blocker.NONE)
                .count();
    }

    List<KubernetesObject> pods(String workload) {
        return reader().list(
                        ResourceType.PODS,
                        Query.in(namespace()).selecting(LabelSelector.equalTo(Map.of("app", workload))));
    }
}
