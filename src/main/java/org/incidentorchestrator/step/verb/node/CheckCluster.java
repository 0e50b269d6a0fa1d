package org.incidentorchestrator.step.verb.node;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NodeView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Looks once whether the cluster answers, and as which one. To every other verb silence is a failure that is tried again;
 * here it is an answer, so that a cluster that is gone holds nothing up. One silence proves nothing: the model asks
 * again, by a timer, and hands on how many there were in a row.
 */
@RunbookLines({})
@Component
final class CheckCluster implements Step<CheckCluster.Input, CheckCluster.Output> {
    private final OutageSettings settings;

    CheckCluster(OutageSettings settings) {
        this.settings = settings;
    }

    /** @param silentLooks how many looks before this one, in a row, were not answered */
    record Input(int silentLooks) {}

    /**
     * @param cluster answers; another (it answers, and is not the one that this program began with: it has to be started
     *     again); refuses (it answers that we may not ask: the credentials are not its); silent; gone (silent as often in a
     *     row as {@code outage.looks} says); notAsked (nothing is sent, since calls went unanswered just before)
     * @param nodes -1 when nobody knows
     */
    record Output(String cluster, int silentLooks, int nodes, int readyNodes, String clusterText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ClusterReader cluster = context.cluster();
        try {
            return answered(
                    cluster,
                    cluster.get(ResourceType.NAMESPACES, "", "kube-system"),
                    cluster.cluster().uid());
        } catch (ClusterFailure failure) {
            return switch (failure.kind()) {
                case UNREACHABLE -> silent(in.silentLooks + 1, failure);
                case NOT_SENT -> unanswered("notAsked", in.silentLooks, failure.getMessage());
                case FORBIDDEN -> unanswered("refuses", 0, failure.getMessage());
                default -> throw failure;
            };
        }
    }

    private Plan<Output> silent(int looks, ClusterFailure failure) {
        return unanswered(
                looks >= settings.looks() ? "gone" : "silent",
                looks,
                "no answer, look %d of %d in a row: %s".formatted(looks, settings.looks(), failure.getMessage()));
    }

    private static Plan<Output> unanswered(String word, int looks, String text) {
        return plan(new Output(word, looks, -1, -1, Line.of(text, Line.MODEL)));
    }

    private static Plan<Output> answered(ClusterReader cluster, Optional<KubernetesObject> system, String known) {
        String uid = system.map(KubernetesObject::uid).orElse("");
        if (!uid.equals(known)) {
            return unanswered(
                    "another",
                    0,
                    "it is cluster " + uid + ", and this program began with " + known
                            + ": start it again, so that it knows the new one");
        }
        Optional<List<NodeView>> nodes = nodes(cluster);
        int all = nodes.map(List::size).orElse(-1);
        int ready = nodes.map(
                        each -> (int) each.stream().filter(NodeView::ready).count())
                .orElse(-1);
        return plan(new Output(
                        "answers",
                        0,
                        all,
                        ready,
                        "it is %s (%s), %s"
                                .formatted(
                                        cluster.cluster().context(),
                                        uid,
                                        all < 0
                                                ? "its nodes are not known"
                                                : ready + " of " + all + " nodes are ready")))
                .kubectl(KubectlText.of(cluster.cluster()).get(ResourceType.NAMESPACES, "", "kube-system"));
    }

    private static Optional<List<NodeView>> nodes(ClusterReader cluster) {
        try {
            return Optional.of(cluster.list(ResourceType.NODES, Query.in("")).stream()
                    .map(NodeView::new)
                    .toList());
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Plan<Output> plan(Output output) {
        return Plan.look("Asked the cluster: " + output.cluster + "; " + output.clusterText, output);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "namespaces", "get").at(Place.KUBE_SYSTEM), Permission.look("", "nodes", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
