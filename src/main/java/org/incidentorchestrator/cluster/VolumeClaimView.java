package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A PersistentVolumeClaim as {@code kubectl get pvc} shows it, and what it waits for, where it has no volume.
 *
 * @param text what is known beyond the reason: a provisioner's message
 */
public record VolumeClaimView(KubernetesObject claim, Reason reason, String text) {
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final Set<String> FAILURES = Set.of("FailedBinding", "VolumeMismatch");

    /** Why it has a volume, or none. */
    public enum Reason {
        BOUND("is bound"),
        /** Its class waits until a pod that uses it is placed: normal, unless that pod is pending. */
        WAITS_FOR_POD("waits until a pod that uses it is scheduled"),
        NO_DEFAULT_CLASS("names no storage class, and the cluster has no default one"),
        CLASS_MISSING("names a storage class that is not there"),
        /** It asks for the class "", which nothing provisions. */
        NO_VOLUME("waits for a volume that somebody makes by hand"),
        FAILED("could not be given a volume"),
        PROVISIONING("waits for its provisioner"),
        /** What was on the volume is gone with it. */
        LOST("has lost its volume");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /**
     * @param classes of the cluster; empty where they may not be listed
     * @param events about claims, sorted
     */
    public static VolumeClaimView of(
            KubernetesObject claim, Optional<List<KubernetesObject>> classes, List<EventView> events) {
        String phase = claim.text("/status/phase", "Pending");
        if (phase.equals("Bound")) {
            return new VolumeClaimView(claim, Reason.BOUND, "");
        }
        if (phase.equals("Lost")) {
            return new VolumeClaimView(claim, Reason.LOST, claim.text("/spec/volumeName", ""));
        }
        Optional<EventView> last = events.stream()
                .filter(event -> event.objectUid().equals(claim.uid()))
                .reduce((earlier, later) -> later);
        return new VolumeClaimView(
                claim,
                pending(claim, classes, last),
                last.map(EventView::message).orElse(""));
    }

    private static Reason pending(
            KubernetesObject claim, Optional<List<KubernetesObject>> classes, Optional<EventView> last) {
        String said = last.map(EventView::reason).orElse("");
        if (said.equals("ProvisioningFailed")) {
            return Reason.FAILED;
        }
        if (classes.isEmpty()) {
            return said.equals("WaitForFirstConsumer") ? Reason.WAITS_FOR_POD : begun(said);
        }
        Reason reason = byClass(claim, classes.get());
        return reason == Reason.PROVISIONING ? begun(said) : reason;
    }

    private static Reason begun(String said) {
        return FAILURES.contains(said) ? Reason.FAILED : Reason.PROVISIONING;
    }

    private static Reason byClass(KubernetesObject claim, List<KubernetesObject> classes) {
        Optional<String> wanted = claim.text("/spec/storageClassName");
        if (wanted.isPresent() && wanted.get().isEmpty()) {
            return Reason.NO_VOLUME;
        }
        Optional<KubernetesObject> found = classes.stream()
                .filter(each -> wanted.isPresent() ? each.name().equals(wanted.get()) : isDefault(each))
                .findFirst();
        if (found.isEmpty()) {
            return wanted.isPresent() ? Reason.CLASS_MISSING : Reason.NO_DEFAULT_CLASS;
        }
        boolean waits = found.get().text("/volumeBindingMode", "").equals("WaitForFirstConsumer");
        return waits && claim.annotation(SELECTED_NODE).isEmpty() ? Reason.WAITS_FOR_POD : Reason.PROVISIONING;
    }

    private static boolean isDefault(KubernetesObject storageClass) {
        return storageClass.annotation(DEFAULT).filter("true"::equals).isPresent();
    }

    public boolean bound() {
        return reason == Reason.BOUND;
    }

    /** {@code data names a storage class that is not there (fast)}. */
    public String line() {
        String more = reason == Reason.CLASS_MISSING ? storageClass() : text;
        return claim.name() + " " + reason.words + (more.isEmpty() ? "" : " (" + more.strip() + ")");
    }

    private String storageClass() {
        return claim.text("/spec/storageClassName", "");
    }

    /** What {@code kubectl get pvc} would print of these, and why. */
    public static Table table(List<VolumeClaimView> claims, Instant now) {
        Table table = Table.of("NAMESPACE", "NAME", "STATUS", "VOLUME", "CAPACITY", "STORAGECLASS", "AGE", "WHY");
        for (VolumeClaimView view : claims) {
            KubernetesObject claim = view.claim;
            table.row(
                    claim.namespace(),
                    claim.name(),
                    claim.text("/status/phase", "Pending"),
                    claim.text("/spec/volumeName", ""),
                    claim.text("/status/capacity/storage", ""),
                    view.storageClass(),
                    Age.of(claim.time("/metadata/creationTimestamp"), now),
                    view.bound() ? "" : view.reason.words);
        }
        return table;
    }
}
