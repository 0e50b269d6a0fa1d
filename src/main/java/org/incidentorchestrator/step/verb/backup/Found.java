package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;

/** The back-up that somebody names, among those of a namespace that is ours. */
final class Found {
    private Found() {}

    /** @param wanted as BackupNamespace gives it; null or empty for the newest that is whole */
    static Backup backup(String namespace, String wanted, BackupSettings settings, ClusterSettings ours) {
        List<Backup> all = all(namespace, settings, ours);
        return among(all, namespace, wanted, settings);
    }

    static Backup among(List<Backup> all, String namespace, String wanted, BackupSettings settings) {
        boolean newest = wanted == null || wanted.isEmpty();
        return all.stream()
                .filter(backup ->
                        newest ? backup.manifest().isPresent() : backup.id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> StepFailure.refused(
                        "noBackup",
                        (newest
                                        ? "There is no back-up that is whole"
                                        : "There is no back-up '" + Line.of(wanted, 80) + "'")
                                + " of namespace " + namespace + " in " + settings.folder() + " (backup.folder): "
                                + all.size() + " are there, whole ones and such that were cut off.",
                        "Run backupNamespace, or name one that is there."));
    }

    /** The newest first. */
    static List<Backup> all(String namespace, BackupSettings settings, ClusterSettings ours) {
        if (namespace == null || !ours.allows(namespace)) {
            throw StepFailure.refused(
                    "namespaceNotOurs",
                    "The back-ups of namespace '" + Line.of(String.valueOf(namespace), 80)
                            + "' are not looked at: it is none of cluster.namespaces " + ours.namespaces() + ".",
                    "Name one of these, or add it to the setting.");
        }
        try {
            return new Shelf(settings, namespace).all();
        } catch (IOException e) {
            throw Shelf.notReadable(settings, e);
        }
    }
}
