package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.backup.Manifest.Secrets;
import org.springframework.stereotype.Component;

/**
 * Keeps the configuration of a namespace on this machine's disk, so that it can be applied again, and takes away
 * back-ups that are too old. A look: nothing in the cluster changes. The written runbook's {@code kubectl get all} knows
 * no ConfigMap, no Ingress and no custom kind, and its "(encrypted)" secrets are not: here all kinds are asked for by
 * discovery, and secrets are encrypted before they are written, or not read. Safe to repeat: each run makes a back-up of
 * its own, and one that is killed leaves a folder without a manifest.
 */
@RunbookLines({"B01", "B02"})
@Component
final class BackupNamespace implements Step<BackupNamespace.Input, BackupNamespace.Output> {
    private final BackupSettings settings;
    private final ClusterSettings ours;

    BackupNamespace(BackupSettings settings, ClusterSettings ours) {
        this.settings = settings;
        this.ours = ours;
    }

    record Input(String namespace) {}

    /**
     * @param backup what {@link VerifyBackup} takes: namespace and time
     * @param objects that are kept, secrets too
     * @param leftOut that others make again, or that are being deleted
     * @param secrets encrypted, noRecipients (none are kept), notRead (it was not allowed)
     * @param complete whether everything could be read; missing says what could not, empty when it is
     * @param tidied how many old back-ups were taken away
     */
    record Output(
            String backup,
            int objects,
            int kinds,
            int leftOut,
            String secrets,
            int secretsKept,
            boolean complete,
            String missing,
            int tidied) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        require(in.namespace);
        ClusterReader cluster = context.cluster().as(Identity.BACKUP);
        KubernetesObject namespace = cluster.get(ResourceType.NAMESPACES, "", in.namespace)
                .orElseThrow(() -> StepFailure.notFound(
                        "Namespace " + in.namespace + " is not there: there is nothing to keep.",
                        "See whether it was deleted; what was kept of it lies in " + settings.folder()
                                + " (backup.folder)."));
        Inventory inventory =
                Inventory.of(cluster, namespace, !settings.recipients().isEmpty());
        requireRoom();
        Shelf shelf = new Shelf(settings, in.namespace);
        try {
            Path folder = shelf.begin(context.plannedAt());
            Manifest manifest = write(folder, inventory, cluster, context);
            return plan(shelf.id(folder), manifest, inventory, shelf.tidy(context.plannedAt()), cluster);
        } catch (IOException | GeneralSecurityException e) {
            throw StepFailure.refused(
                    "backupNotWritten",
                    "The back-up of " + in.namespace + " could not be written to " + shelf.folder() + ": " + e
                            + ". What there is of it has no manifest and counts for nothing.",
                    "Free the folder or make room, or name another (backup.folder), and run it again.");
        }
    }

    private void require(String namespace) {
        if (namespace == null || !ours.allows(namespace)) {
            throw StepFailure.refused(
                    "namespaceNotOurs",
                    "Namespace '" + Line.of(String.valueOf(namespace), 80)
                            + "' is not backed up: it is none of cluster.namespaces " + ours.namespaces() + ".",
                    "Name one of these, or add it to the setting.");
        }
    }

    /** One that is cut off for want of room would be one less, and might leave none for the database. */
    private void requireRoom() {
        Room room = Room.in(settings.path(), settings.minFree());
        if (!room.word().equals("ready")) {
            throw StepFailure.refused(
                    room.word(),
                    "No back-up was begun in " + settings.folder() + ": " + room.text() + ".",
                    "Put it right, or name another folder (backup.folder), and run it again.");
        }
    }

    private Manifest write(Path folder, Inventory inventory, ClusterReader cluster, StepContext context)
            throws IOException, GeneralSecurityException {
        List<Manifest.Kept> files = new ArrayList<>();
        files.add(SafeFile.write(folder, Manifest.OBJECTS, YamlText.of(inventory.objects())));
        Secrets secrets = secrets(inventory);
        if (secrets == Secrets.ENCRYPTED) {
            byte[] encrypted = AgeFile.encrypted(YamlText.of(inventory.secrets()), settings.recipients());
            files.add(SafeFile.write(folder, Manifest.SECRETS, encrypted));
        }
        Manifest manifest = Manifest.of(
                cluster.cluster(),
                folder.getParent().getFileName().toString(),
                context.plannedAt().toString(),
                inventory,
                secrets,
                settings.recipients(),
                files);
        SafeFile.write(folder, Manifest.FILE, manifest.json());
        return manifest;
    }

    private Secrets secrets(Inventory inventory) {
        if (settings.recipients().isEmpty()) {
            return Secrets.NO_RECIPIENTS;
        }
        return inventory.secretsRead() ? Secrets.ENCRYPTED : Secrets.NOT_READ;
    }

    private Plan<Output> plan(String id, Manifest manifest, Inventory inventory, int tidied, ClusterReader cluster) {
        int leftOut =
                manifest.leftOut().values().stream().mapToInt(Integer::intValue).sum();
        Output output = new Output(
                id,
                manifest.objects(),
                manifest.kept().size(),
                leftOut,
                manifest.secrets().word,
                manifest.secretsKept(),
                manifest.complete(),
                Line.of(String.join("; ", manifest.unread()), Line.MODEL),
                tidied);
        KubectlText kubectl = KubectlText.of(cluster.cluster());
        String objects = inventory.kinds().isEmpty()
                ? kubectl.get(ResourceType.NAMESPACES, "", manifest.namespace())
                : kubectl.all(inventory.kinds(), manifest.namespace());
        Plan<Output> plan = Plan.look(summary(output), output).kubectl(objects);
        if (manifest.secrets() == Secrets.ENCRYPTED) {
            plan = plan.kubectl(kubectl.encrypted(
                    kubectl.all(List.of(ResourceType.SECRETS), manifest.namespace()),
                    manifest.recipients(),
                    Manifest.SECRETS));
        }
        return plan.keeping(Artefact.text("backup.txt", objects, text(output, manifest, inventory)));
    }

    private static String summary(Output output) {
        return "Backed up %d objects of %d kinds as %s%s; left out %d; %s%s"
                .formatted(
                        output.objects,
                        output.kinds,
                        output.backup,
                        output.complete ? "" : " (NOT complete: " + Line.of(output.missing, 200) + ")",
                        output.leftOut,
                        switch (output.secrets) {
                            case "encrypted" -> output.secretsKept + " secrets encrypted";
                            case "noRecipients" -> "secrets are NOT backed up: backup.recipients names nobody";
                            default -> "secrets are NOT backed up: they could not be read";
                        },
                        output.tidied == 0 ? "" : "; old back-ups taken away: " + output.tidied);
    }

    /** Numbers and checksums; what the objects hold stays in the back-up. */
    private static String text(Output output, Manifest manifest, Inventory inventory) {
        StringBuilder text = new StringBuilder(summary(output)).append("\n\n");
        text.append(inventory.table());
        manifest.leftOut()
                .forEach((why, count) ->
                        text.append("\nleft out, ").append(why).append(": ").append(count));
        manifest.unread().forEach(line -> text.append("\nnot read: ").append(line));
        manifest.files().stream()
                .filter(file -> !file.name().equals(Manifest.SECRETS))
                .forEach(file -> text.append(
                        "\nSHA-256 of %s (%d bytes): %s".formatted(file.name(), file.bytes(), file.sha256())));
        return text.append('\n').toString();
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.backup("", "namespaces", "get"),
                Permission.backup("", "namespaces", "get").at(Place.KUBE_SYSTEM),
                Permission.backup("*", "*", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
