package org.incidentorchestrator.step.verb.backup;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.incidentorchestrator.step.verb.Line;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Compares a back-up with its namespace as it is now: what is missing, and would be made by a restore, what is there and
 * differs, and what a restore leaves to people. Secrets are compared in memory, where a key is named; without one nobody
 * knows which are missing.
 */
@RunbookLines({})
@Component
final class CompareBackup implements Step<CompareBackup.Input, CompareBackup.Output> {
    private final BackupSettings settings;
    private final ClusterSettings ours;

    CompareBackup(BackupSettings settings, ClusterSettings ours) {
        this.settings = settings;
        this.ours = ours;
    }

    /** @param backup as BackupNamespace gives it; null or empty for the newest that is whole */
    record Input(String namespace, @Nullable String backup) {}

    /**
     * @param objects that the back-up holds, those secrets too that could be read
     * @param missing of these, that a restore would make
     * @param differing that are there and not as they were kept: a restore leaves them
     * @param forPeople that a restore does not make; forPeopleText says why of each
     * @param secrets restorable, noKey, notBackedUp
     */
    record Output(
            String backup,
            int objects,
            int missing,
            String missingText,
            int differing,
            String differingText,
            int forPeople,
            String forPeopleText,
            String secrets) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ClusterReader cluster = context.cluster().as(Identity.BACKUP);
        Backup backup = Found.backup(in.namespace, in.backup, settings, ours);
        Comparison comparison = Comparison.of(backup, settings.identityFile(), cluster);
        List<String> missing = comparison.missing().stream()
                .map(each -> each.target().kind() + "/" + each.target().name())
                .toList();
        Output output = new Output(
                backup.id(),
                comparison.objects(),
                missing.size(),
                text(missing),
                comparison.differing().size(),
                text(comparison.differing()),
                comparison.forPeople().size(),
                text(comparison.forPeople()),
                comparison.secrets());
        String line = KubectlText.of(cluster.cluster()).applyDryRun(backup.id() + "/" + Manifest.OBJECTS);
        return Plan.look(summary(output), output)
                .kubectl(line)
                .keeping(Artefact.text("backup-comparison.txt", line, all(comparison, missing, summary(output))));
    }

    private static String text(List<String> names) {
        return Line.of(String.join(", ", names), Line.MODEL);
    }

    private static String summary(Output output) {
        return "Of %d objects in back-up %s %d are missing, %d differ and %d are for people%s"
                .formatted(
                        output.objects,
                        output.backup,
                        output.missing,
                        output.differing,
                        output.forPeople,
                        switch (output.secrets) {
                            case "noKey" -> "; which of its secrets are missing is not known: no key is named";
                            case "notBackedUp" -> "; it holds no secrets";
                            default -> "";
                        });
    }

    private static String all(Comparison comparison, List<String> missing, String summary) {
        return summary + "\n"
                + missing.stream().map(each -> "\nmissing: " + each).collect(Collectors.joining())
                + comparison.differing().stream()
                        .map(each -> "\ndiffers: " + each)
                        .collect(Collectors.joining())
                + comparison.forPeople().stream()
                        .map(each -> "\nfor people: " + each)
                        .collect(Collectors.joining())
                + "\n";
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.backup("*", "*", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
