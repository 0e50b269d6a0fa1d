package org.incidentorchestrator.step.verb.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.OomKill;
import org.incidentorchestrator.cluster.ResourceType;

/** What the API tells of kills for want of memory, and which of its sources could be asked. */
final class OomSources {
    /** Of the kubelet, and of node-problem-detector. */
    private static final Set<String> REASONS = Set.of("SystemOOM", "OOMKilling");
    /** Where the events of cluster-scoped objects lie. */
    private static final String OF_NODES = "default";

    private final ClusterReader cluster;
    private final List<String> asked = new ArrayList<>();
    private final List<String> notAsked = new ArrayList<>();

    OomSources(ClusterReader cluster) {
        this.cluster = cluster;
    }

    List<OomKill> ofPods(List<String> namespaces) {
        asked.add("pods of " + String.join(", ", namespaces));
        return namespaces.stream()
                .flatMap(namespace -> cluster.list(ResourceType.PODS, Query.in(namespace)).stream())
                .flatMap(pod -> OomKill.of(pod).stream())
                .toList();
    }

    /** Of nodes, oldest first; they live for an hour. Empty when they may not be listed: then nothing is known of them. */
    Optional<List<EventView>> ofNodes() {
        try {
            List<KubernetesObject> events =
                    cluster.list(ResourceType.EVENTS, Query.in(OF_NODES).where("involvedObject.kind", "Node"));
            asked.add("events of nodes");
            return Optional.of(EventView.sorted(events).stream()
                    .filter(event -> REASONS.contains(event.reason()))
                    .toList());
        } catch (ClusterFailure failure) {
            if (failure.kind() != ClusterFailure.Kind.FORBIDDEN) {
                throw failure;
            }
            notAsked.add("events of nodes (the right to list events in namespace default is missing)");
            return Optional.empty();
        }
    }

    List<String> asked() {
        return asked;
    }

    List<String> notAsked() {
        List<String> all = new ArrayList<>(notAsked);
        all.add("the kernel logs of the nodes, and the metric container_oom_events_total: where only a child process"
                + " was killed and its container went on, nothing but these tells of it");
        return all;
    }
}
