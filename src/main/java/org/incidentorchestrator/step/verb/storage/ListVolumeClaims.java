package org.incidentorchestrator.step.verb.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.VolumeClaimView;
import org.incidentorchestrator.cluster.VolumeClaimView.Reason;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the volume claims of a namespace, or of all that are ours, and says of each without a volume what it waits for.
 * One that waits for its first pod is as it should be.
 */
@RunbookLines("G03")
@Component
final class ListVolumeClaims implements Step<ListVolumeClaims.Input, ListVolumeClaims.Output> {
    private final Reach reach;

    ListVolumeClaims(Reach reach) {
        this.reach = reach;
    }

    /** @param namespace one of ours; may be null or empty for all of them */
    record Input(@Nullable String namespace) {}

    /**
     * @param waitingClaims that wait for a pod to be scheduled, which is normal
     * @param troubledClaims that are neither bound nor waiting for a pod
     * @param claimTrouble what these wait for; one line, empty when there are none
     */
    record Output(int claims, int boundClaims, int waitingClaims, int troubledClaims, String claimTrouble) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<String> namespaces = reach.namespaces(in.namespace());
        Optional<List<KubernetesObject>> classes = classes(context.cluster());
        List<VolumeClaimView> claims = namespaces.stream()
                .flatMap(namespace -> claims(context.cluster(), namespace, classes).stream())
                .toList();
        Output output = output(claims);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        List<String> lines = namespaces.stream()
                .map(namespace -> kubectl.list(ResourceType.VOLUME_CLAIMS, Query.in(namespace)))
                .toList();
        String table = VolumeClaimView.table(claims, context.plannedAt()).toString();
        return new Plan<>(
                summary(namespaces, output, classes.isPresent()),
                List.of(),
                lines,
                List.of(Artefact.text("volume-claims.txt", String.join("; ", lines), table)),
                output);
    }

    private static List<VolumeClaimView> claims(
            ClusterReader cluster, String namespace, Optional<List<KubernetesObject>> classes) {
        List<KubernetesObject> claims = cluster.list(ResourceType.VOLUME_CLAIMS, Query.in(namespace));
        List<EventView> events = EventView.sorted(cluster.list(
                ResourceType.EVENTS, Query.in(namespace).where("involvedObject.kind", "PersistentVolumeClaim")));
        return claims.stream()
                .map(claim -> VolumeClaimView.of(claim, classes, events))
                .toList();
    }

    /** Classes belong to the cluster: who may not list them goes by the events alone. */
    private static Optional<List<KubernetesObject>> classes(ClusterReader cluster) {
        try {
            return Optional.of(cluster.list(ResourceType.STORAGE_CLASSES, Query.in("")));
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static Output output(List<VolumeClaimView> claims) {
        int bound = (int) claims.stream().filter(VolumeClaimView::bound).count();
        int waiting = (int) claims.stream().filter(ListVolumeClaims::waits).count();
        String trouble = claims.stream()
                .filter(claim -> !claim.bound() && !waits(claim))
                .map(VolumeClaimView::line)
                .collect(Collectors.joining("; "));
        return new Output(claims.size(), bound, waiting, claims.size() - bound - waiting, Line.of(trouble, Line.MODEL));
    }

    private static boolean waits(VolumeClaimView claim) {
        return claim.reason() == Reason.WAITS_FOR_POD;
    }

    private static String summary(List<String> namespaces, Output output, boolean classesKnown) {
        String seen = "%d of %d volume claims of %s are bound, %d wait for a pod, %d are in trouble"
                .formatted(
                        output.boundClaims,
                        output.claims,
                        String.join(", ", namespaces),
                        output.waitingClaims,
                        output.troubledClaims);
        String known = classesKnown ? "" : "; the storage classes may not be listed, so that events alone say why";
        return seen + (output.claimTrouble.isEmpty() ? "" : ": " + output.claimTrouble) + known;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "persistentvolumeclaims", "list"),
                Permission.look("", "events", "list"),
                Permission.look("storage.k8s.io", "storageclasses", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
