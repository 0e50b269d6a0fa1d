package org.incidentorchestrator.step.verb.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.verb.Patience;

/**
 * Asks everything, whatever comes of the one before: what may not be read is unknown, and the others are asked
 * nevertheless. An empty list is no pass: a platform without pods would pass every test.
 */
final class SmokeRound {
    private static final int NAMED = 5;
    private static final List<ResourceType> WORKLOADS =
            List.of(ResourceType.DEPLOYMENTS, ResourceType.STATEFUL_SETS, ResourceType.DAEMON_SETS);

    private final ClusterReader cluster;
    private final SmokeServices services;
    private final List<SmokeCheck> checks = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    SmokeRound(ClusterReader cluster, Patience patience) {
        this.cluster = cluster;
        this.services = new SmokeServices(cluster, this, patience);
    }

    void nodes() {
        with("nodes", ResourceType.NODES, "", nodes -> {
            if (nodes.isEmpty()) {
                add(SmokeCheck.of("nodes", false, "there is none"));
            }
            nodes.stream()
                    .map(NodeView::new)
                    .forEach(node -> add(SmokeCheck.of(
                            "node " + node.name(),
                            node.ready(),
                            node.troubles().isEmpty() ? "ready" : String.join(", ", node.troubles()))));
        });
    }

    /** That there are fewer pods than wanted shows on their workload only: where a quota lets none be made, none is unready. */
    void workloads(String namespace) {
        for (ResourceType type : WORKLOADS) {
            String what = type.plural() + " of " + namespace;
            with(what, type, namespace, objects -> {
                List<String> lacking = objects.stream()
                        .map(WorkloadView::new)
                        .filter(workload -> workload.ready() < workload.desired())
                        .map(workload -> "%s has %d of %d ready"
                                .formatted(workload.target().name(), workload.ready(), workload.desired()))
                        .toList();
                all(what, objects.size(), lacking);
            });
        }
    }

    /** Pods that have ended or are being deleted are not asked about. */
    void pods(String namespace) {
        String what = "pods of " + namespace;
        with(what, ResourceType.PODS, namespace, objects -> {
            List<PodView> pods = objects.stream()
                    .map(PodView::of)
                    .filter(pod -> !pod.ended() && !pod.terminating())
                    .toList();
            if (pods.isEmpty()) {
                add(SmokeCheck.of(what, false, "there is none that should be ready"));
                return;
            }
            all(
                    what,
                    pods.size(),
                    pods.stream()
                            .filter(pod -> !pod.ready())
                            .map(pod -> pod.name() + " is " + pod.status())
                            .toList());
        });
    }

    void services(String namespace) {
        with("services of " + namespace, ResourceType.SERVICES, namespace, services -> read(
                        "endpoints of " + namespace, ResourceType.ENDPOINT_SLICES, namespace)
                .ifPresent(slices -> read("pods behind services of " + namespace, ResourceType.PODS, namespace)
                        .ifPresent(pods -> this.services.check(services, slices, pods))));
    }

    /** Where Argo CD is not installed there is nothing to be asked, which is said and is no check. */
    String applications(String namespace) {
        try {
            List<KubernetesObject> applications = list(ResourceType.ARGO_APPLICATIONS, namespace);
            applications.stream().map(ApplicationView::new).forEach(this::application);
            return applications.isEmpty() ? "; Argo CD has no applications" : "";
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.NOT_INSTALLED) {
                return "; Argo CD is not installed";
            }
            unknown("applications of Argo CD", failure);
            return "";
        }
    }

    private void application(ApplicationView application) {
        String what = "application " + application.name();
        String health = application.health();
        add(
                health.equals("Unknown")
                        ? SmokeCheck.unknown(what, "Argo CD does not know its health")
                        : SmokeCheck.of(what, application.healthy(), health));
    }

    private void all(String what, int count, List<String> bad) {
        if (count > 0) {
            String named = bad.stream().limit(NAMED).collect(Collectors.joining(", "));
            String more = bad.size() > NAMED ? " and %d more".formatted(bad.size() - NAMED) : "";
            add(SmokeCheck.of(what, bad.isEmpty(), bad.isEmpty() ? "all %d are ready".formatted(count) : named + more));
        }
    }

    private void with(String what, ResourceType type, String namespace, Consumer<List<KubernetesObject>> check) {
        read(what, type, namespace).ifPresent(check);
    }

    /** Empty when it may not be read, which is a check of its own. */
    private Optional<List<KubernetesObject>> read(String what, ResourceType type, String namespace) {
        try {
            return Optional.of(list(type, namespace));
        } catch (ClusterFailure failure) {
            unknown(what, failure);
            return Optional.empty();
        }
    }

    /** @throws ClusterFailure when the API server itself does not answer: then nothing would be known of anything */
    private void unknown(String what, ClusterFailure failure) {
        switch (failure.kind()) {
            case FORBIDDEN, NOT_INSTALLED, INVALID -> add(SmokeCheck.unknown(what, failure.getMessage()));
            default -> throw failure;
        }
    }

    private List<KubernetesObject> list(ResourceType type, String namespace) {
        Query query = Query.in(namespace);
        String line = kubectl().list(type, query);
        if (!lines.contains(line)) {
            lines.add(line);
        }
        return cluster.list(type, query);
    }

    void add(SmokeCheck check) {
        checks.add(check);
    }

    void asked(String line) {
        lines.add(line);
    }

    KubectlText kubectl() {
        return KubectlText.of(cluster.cluster());
    }

    List<SmokeCheck> checks() {
        return List.copyOf(checks);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
