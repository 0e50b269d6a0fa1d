package org.incidentorchestrator.step.verb.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterIdentity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Declaration;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.backup.Comparison.Missing;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes again what a back-up has and its namespace has not, by server-side apply, one change for each object. What is
 * there is left as it is. Secrets are decrypted in memory when they are sent, and what is proposed, recorded and shown of
 * them is where they lie. A back-up of another cluster is refused unless that is said: a cluster that was installed anew
 * is another one. No undo: delete by hand what was made; so a second person has to approve it.
 */
@RunbookLines({})
@Component
final class RestoreBackup implements Step<RestoreBackup.Input, RestoreBackup.Output> {
    /** Each is read, tried and made, within the 30 s of a step; what is left is proposed again. */
    private static final int MOST = 100;

    private final BackupSettings settings;
    private final ClusterSettings ours;

    RestoreBackup(BackupSettings settings, ClusterSettings ours) {
        this.settings = settings;
        this.ours = ours;
    }

    /**
     * @param backup as BackupNamespace gives it: one that was verified
     * @param fromCluster the name or uid of the cluster that it was taken of, where that is another one than this; null
     *     or empty refuses such a back-up
     */
    record Input(String namespace, String backup, @Nullable String fromCluster) {}

    /**
     * @param restored how many objects are made; secrets are among them
     * @param left how many more are missing: restore again
     */
    record Output(String backup, int restored, int secrets, int left, String targets) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ClusterReader cluster = context.cluster().as(Identity.BACKUP);
        Backup backup = Found.backup(in.namespace, require(in.backup), settings, ours);
        refuseForeign(in, backup, cluster.cluster());
        refuseWithoutNamespace(in.namespace, cluster);
        Comparison comparison = Comparison.of(backup, settings.identityFile(), cluster);
        if (comparison.missing().isEmpty()) {
            throw StepFailure.refused(
                    "nothingMissing",
                    "Namespace %s has all that back-up %s could make again".formatted(in.namespace, backup.id()),
                    "Nothing is to be done; compareBackup says what differs.");
        }
        List<Missing> restored = comparison.missing().stream().limit(MOST).toList();
        Output output = new Output(
                backup.id(),
                restored.size(),
                (int) restored.stream().filter(Missing::sealed).count(),
                comparison.missing().size() - restored.size(),
                Line.of(
                        restored.stream().map(each -> each.target().id()).collect(Collectors.joining(", ")),
                        Line.MODEL));
        return Plan.changes(
                summary(output),
                restored.stream().map(RestoreBackup::effect).toList(),
                lines(backup, restored, cluster),
                output);
    }

    private static String require(String backup) {
        if (backup == null || backup.isEmpty()) {
            throw StepFailure.refused(
                    "noBackup", "No back-up was named that is to be restored", "Name the one that was verified.");
        }
        return backup;
    }

    private static void refuseForeign(Input in, Backup backup, ClusterIdentity here) {
        ClusterIdentity there = backup.manifest()
                .orElseThrow(() -> StepFailure.refused(
                        "backupDamaged", "Back-up " + backup.id() + " was cut off", "Take one that is whole."))
                .cluster();
        boolean said = in.fromCluster != null
                && !in.fromCluster.isBlank()
                && List.of(there.context(), there.uid()).contains(in.fromCluster.strip());
        if (!there.uid().equals(here.uid()) && !said) {
            throw StepFailure.refused(
                    "foreignBackup",
                    "Back-up %s was taken of cluster %s (%s), and this is %s (%s)"
                            .formatted(backup.id(), there.context(), there.uid(), here.context(), here.uid()),
                    "If that is meant, as after a new installation, name the cluster that it is of (fromCluster).");
        }
    }

    private static void refuseWithoutNamespace(String namespace, ClusterReader cluster) {
        if (cluster.get(ResourceType.NAMESPACES, "", namespace).isEmpty()) {
            throw StepFailure.refused(
                    "namespaceMissing",
                    "Namespace %s is not there, and is not this program's to make".formatted(namespace),
                    "Have the bootstrap or Argo CD make it, or 'kubectl create namespace %s', then restore again."
                            .formatted(namespace));
        }
    }

    private static String summary(Output output) {
        return Line.of(
                "Restore %d objects from back-up %s%s%s: %s"
                        .formatted(
                                output.restored,
                                output.backup,
                                output.secrets == 0 ? "" : " (" + output.secrets + " secrets among them)",
                                output.left == 0 ? "" : ", and " + output.left + " more after that",
                                output.targets),
                1000);
    }

    private static Effect effect(Missing missing) {
        return new Declaration(missing.type(), missing.target(), missing.tree(), Optional.empty())
                .effect(Identity.RESTORE, "restore");
    }

    private static List<String> lines(Backup backup, List<Missing> restored, ClusterReader cluster) {
        KubectlText kubectl = KubectlText.of(cluster.cluster());
        String all = kubectl.apply(Path.of(backup.id(), Manifest.OBJECTS));
        return restored.stream().anyMatch(Missing::sealed)
                ? List.of(all, kubectl.applyDecrypted(Path.of(backup.id(), Manifest.SECRETS)))
                : List.of(all);
    }

    @Override
    public Set<Permission> permissions() {
        return GrantedRights.with(
                Permission.backup("*", "*", "get"),
                Permission.restore("*", "*", "create"),
                Permission.restore("*", "*", "patch"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }
}
