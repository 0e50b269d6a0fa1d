package org.incidentorchestrator.step.verb.backup;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds out whether a back-up would be one: its files are as they were written, every object can be read from them, the
 * API server would take each (server-side apply as a dry run: nothing changes), and secrets can be decrypted with the key
 * that is given for this. What was not checked is said, and is no pass. That it would also work when it is applied to an
 * empty cluster only a restore shows.
 */
@RunbookLines("N03")
@Component
final class VerifyBackup implements Step<VerifyBackup.Input, VerifyBackup.Output> {
    private final BackupSettings settings;
    private final ClusterSettings ours;

    VerifyBackup(BackupSettings settings, ClusterSettings ours) {
        this.settings = settings;
        this.ours = ours;
    }

    /** @param backup as BackupNamespace gives it; null or empty for the newest that is whole */
    record Input(String namespace, @Nullable String backup) {}

    /**
     * @param result verified, notAllChecked (nothing is wrong, as far as it was checked), failed
     * @param intact whether all files are as they were written
     * @param objects that it holds, secrets not counted
     * @param refused of these, that the API server would not take; refusedText names the first ones
     * @param notTried of these, that it was not allowed or too late to try
     * @param secrets decrypted, notChecked (no key is given), notBackedUp, failed
     * @param ageHours how long ago it was taken
     */
    record Output(
            String backup,
            String result,
            String resultText,
            boolean intact,
            int objects,
            int refused,
            String refusedText,
            int notTried,
            String secrets,
            int ageHours) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<Backup> all = Found.all(in.namespace, settings, ours);
        Backup backup = Found.among(all, in.namespace, in.backup, settings);
        ClusterReader cluster = context.cluster().as(Identity.BACKUP);
        Verification verification = Verification.of(backup, settings.identityFile(), cluster);
        int hours = (int)
                java.time.Duration.between(backup.taken(), context.plannedAt()).toHours();
        Output output = verification.output(hours);
        String summary = "Back-up " + backup.id() + " (" + hours + " h old) " + output.resultText
                + (cutOffAfter(backup, all) ? "; a newer one was cut off" : "");
        KubectlText kubectl = KubectlText.of(cluster.cluster());
        String line = kubectl.applyDryRun(backup.id() + "/" + Manifest.OBJECTS);
        return Plan.look(summary, output)
                .kubectl(line)
                .keeping(Artefact.text("backup-verification.txt", line, verification.text(summary)));
    }

    private static boolean cutOffAfter(Backup backup, List<Backup> all) {
        return all.stream()
                .anyMatch(other -> other.manifest().isEmpty() && other.taken().isAfter(backup.taken()));
    }

    @Override
    public Set<Permission> permissions() {
        return GrantedRights.with(Permission.backup("*", "*", "patch"), Permission.backup("*", "*", "create"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
