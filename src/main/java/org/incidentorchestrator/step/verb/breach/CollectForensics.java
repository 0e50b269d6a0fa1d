package org.incidentorchestrator.step.verb.breach;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Keeps what an investigation needs and an isolation destroys: pods, their owners, images with digests, what the
 * containers may do to their node, the service accounts with all rights that are bound to them, and the network policies
 * that select the pods. The written runbook isolates first and collects afterwards, when the pods are gone. Logs, events,
 * connections and the audit log have verbs of their own.
 */
@RunbookLines("I02")
@Component
final class CollectForensics implements Step<CollectForensics.Input, CollectForensics.Output> {
    record Input(String target) {}

    /**
     * @param imagesSeen a short mark of each image digest that runs, for {@link WatchForBreach}
     * @param bindings how many role bindings give its service accounts rights
     * @param exposed whether a container is privileged, shares the node's namespaces or mounts a folder of the node
     */
    record Output(int pods, String imagesSeen, int bindings, boolean exposed) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        Query here = Query.in(subject.target().namespace());
        Rights rights = Rights.of(pods, here.namespace(), context.cluster());
        List<KubernetesObject> policies = selecting(pods, context.cluster().list(ResourceType.NETWORK_POLICIES, here));
        Exposure exposure = Exposure.of(pods);
        String images = Images.marks(pods);
        var output = new Output(pods.size(), images, rights.bindings().size(), exposure.any());
        String summary = "Kept of %s: pods %d, images %d, bindings of their service accounts %d, network policies %d%s"
                .formatted(
                        subject.target(),
                        pods.size(),
                        Images.distinct(pods),
                        rights.bindings().size(),
                        policies.size(),
                        exposure.any() ? "; it reaches into its node" : "");
        List<String> lines = List.of(
                subject.podsLine(),
                subject.kubectl().list(ResourceType.NETWORK_POLICIES, here),
                subject.kubectl().list(ResourceType.ROLE_BINDINGS, here),
                subject.kubectl().list(ResourceType.CLUSTER_ROLE_BINDINGS, Query.in("")));
        List<Artefact> kept = List.of(
                Kept.json(
                        subject.file("pods.json"),
                        lines.get(0),
                        pods.stream().map(PodView::pod).toList()),
                Kept.json(subject.file("owners.json"), lines.get(0), owners(subject)),
                Artefact.text(
                        subject.file("images.txt"),
                        lines.get(0),
                        Images.table(pods).toString()),
                Artefact.text(
                        subject.file("exposure.txt"),
                        lines.get(0),
                        exposure.table().toString()),
                Kept.json(subject.file("network-policies.json"), lines.get(1), policies),
                Artefact.text(
                        subject.file("rights.txt"), lines.get(2), rights.table().toString()),
                Kept.json(subject.file("bindings.json"), lines.get(3), rights.bindings()));
        return new Plan<>(summary, List.of(), lines, kept, output);
    }

    private static List<KubernetesObject> owners(Subject subject) {
        List<KubernetesObject> owners =
                new ArrayList<>(List.of(subject.workload().object()));
        owners.addAll(subject.workloads().replicaSets(subject.workload()));
        return owners;
    }

    private static List<KubernetesObject> selecting(List<PodView> pods, List<KubernetesObject> policies) {
        return policies.stream()
                .filter(policy -> pods.stream().anyMatch(pod -> LabelSelector.of(policy.at("/spec/podSelector"))
                        .matches(pod.pod().labels())))
                .toList();
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.PODS, Rights.PERMISSIONS),
                Permission.look("networking.k8s.io", "networkpolicies", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
