package org.incidentorchestrator.step.verb.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepFailure;

/**
 * A back-up beside its namespace as it is now. What is there is left as it is, whatever the back-up says of it: after a
 * disaster Git and its controllers are newer than any back-up, and only what nobody else makes is missing.
 *
 * @param missing in the order in which they are to be made: what others need first
 * @param differing that are there, and not as the back-up has them
 * @param forPeople that are not made here, each with its reason
 * @param secrets restorable, noKey (none is named here: nobody knows which are missing), notBackedUp
 */
record Comparison(
        Backup backup,
        int objects,
        List<Missing> missing,
        List<String> differing,
        List<String> forPeople,
        String secrets) {
    /** One that has run would run again. */
    private static final Set<String> RUN_ONCE = Set.of("Job", "Pod");

    private static final List<String> FIRST =
            List.of("Secret", "ConfigMap", "ServiceAccount", "Role", "RoleBinding", "PersistentVolumeClaim", "Service");
    private static final Set<String> LAST = Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob");

    /** @param sealed a secret, whose values are not in the tree */
    record Missing(ResourceType type, Target target, ObjectNode tree, boolean sealed) {}

    /** @throws StepFailure refused, when the back-up is damaged or cannot be read */
    static Comparison of(Backup backup, String identityFile, ClusterReader cluster) {
        backup.damage().ifPresent(damage -> {
            throw unreadable(backup, damage);
        });
        Comparison comparison = new Comparison(
                backup, 0, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), secrets(backup, identityFile));
        ServedKinds served = cluster.kinds();
        List<KubernetesObject> objects = read(backup).stream()
                .filter(object -> !object.kind().equals("Namespace"))
                .toList();
        objects.forEach(object -> comparison.take(object, served, cluster));
        List<KubernetesObject> secrets =
                comparison.secrets.equals("restorable") ? decrypted(backup, identityFile) : List.of();
        secrets.forEach(secret -> comparison.takeSecret(secret, cluster));
        comparison.missing.sort(java.util.Comparator.comparingInt(Comparison::turn));
        return new Comparison(
                backup,
                objects.size() + secrets.size(),
                List.copyOf(comparison.missing),
                List.copyOf(comparison.differing),
                List.copyOf(comparison.forPeople),
                comparison.secrets);
    }

    private static int turn(Missing missing) {
        String kind = missing.target.kind();
        int first = FIRST.indexOf(kind);
        return first >= 0 ? first : FIRST.size() + (LAST.contains(kind) ? 1 : 0);
    }

    private static String secrets(Backup backup, String identityFile) {
        if (backup.manifest().orElseThrow().secrets() != Manifest.Secrets.ENCRYPTED) {
            return "notBackedUp";
        }
        return identityFile.isEmpty() ? "noKey" : "restorable";
    }

    private void take(KubernetesObject object, ServedKinds served, ClusterReader cluster) {
        Optional<ResourceType> type = Trial.type(object, served);
        if (RUN_ONCE.contains(object.kind())) {
            forPeople.add(name(object) + ": it would run again");
        } else if (type.isEmpty()) {
            forPeople.add(name(object) + ": " + object.text("/apiVersion", "") + " is not installed here");
        } else {
            cluster.get(type.get(), object.namespace(), object.name())
                    .ifPresentOrElse(
                            now -> differs(object, now),
                            () -> missing.add(missing(type.get(), object, object.toJson())));
        }
    }

    private void takeSecret(KubernetesObject secret, ClusterReader cluster) {
        cluster.get(ResourceType.SECRETS, secret.namespace(), secret.name())
                .ifPresentOrElse(
                        now -> differs(secret, now),
                        () -> missing.add(missing(ResourceType.SECRETS, secret, SealedSecrets.seal(secret, backup))));
    }

    private void differs(KubernetesObject kept, KubernetesObject now) {
        boolean same = kept.toJson().properties().stream()
                .filter(field ->
                        !Set.of("apiVersion", "kind", "metadata", "status").contains(field.getKey()))
                .allMatch(field -> says(now.toJson().path(field.getKey()), field.getValue()));
        if (!same) {
            differing.add(name(kept));
        }
    }

    /** Whether all that was kept is there; what is there beside it was set by somebody since, or by default. */
    private static boolean says(JsonNode now, JsonNode kept) {
        if (kept instanceof ObjectNode object) {
            return object.properties().stream().allMatch(field -> says(now.path(field.getKey()), field.getValue()));
        }
        if (kept.isArray()) {
            return now.size() == kept.size()
                    && java.util.stream.IntStream.range(0, kept.size()).allMatch(n -> says(now.get(n), kept.get(n)));
        }
        return now.equals(kept);
    }

    private static Missing missing(ResourceType type, KubernetesObject object, ObjectNode tree) {
        return new Missing(
                type,
                new Target(object.kind(), object.namespace(), object.name()),
                tree,
                object.kind().equals("Secret"));
    }

    private static String name(KubernetesObject object) {
        return object.kind() + "/" + object.name();
    }

    private static List<KubernetesObject> read(Backup backup) {
        try {
            return YamlText.parsed(Files.readAllBytes(backup.folder().resolve(Manifest.OBJECTS)));
        } catch (IOException e) {
            throw unreadable(
                    backup,
                    Manifest.OBJECTS + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** In memory only. @throws StepFailure without a word of what was read */
    static List<KubernetesObject> decrypted(Backup backup, String identityFile) {
        try {
            byte[] encrypted = Files.readAllBytes(backup.folder().resolve(Manifest.SECRETS));
            return YamlText.parsed(AgeFile.decrypted(encrypted, Path.of(identityFile)));
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(
                    backup,
                    "its secrets cannot be decrypted with the keys of " + identityFile + " ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    private static StepFailure unreadable(Backup backup, String why) {
        return StepFailure.refused(
                "backupDamaged",
                "Nothing can be restored from " + backup.id() + ": " + why + ".",
                "Take another one (verifyBackup says which would do), or name the right key (backup.identity-file).");
    }
}
