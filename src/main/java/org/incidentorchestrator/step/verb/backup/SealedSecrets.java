package org.incidentorchestrator.step.verb.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.Change.Apply;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.Unsealing;
import org.springframework.stereotype.Component;

/**
 * Secrets of a back-up as proposals, ledger and evidence have them: what they are called, and in which back-up they lie.
 * The values are decrypted right before one is sent, and are nowhere else.
 */
@Component
final class SealedSecrets implements Unsealing {
    private static final String SEALED_IN = "sealedIn";
    private static final Set<String> OPEN = Set.of("apiVersion", "kind", "metadata", "type", "immutable");

    private final BackupSettings settings;
    private final ClusterSettings ours;

    SealedSecrets(BackupSettings settings, ClusterSettings ours) {
        this.settings = settings;
        this.ours = ours;
    }

    /** Without its values, and with where they lie: in this very file, and in no other that takes its place. */
    static ObjectNode seal(KubernetesObject secret, Backup backup) {
        ObjectNode tree = secret.toJson();
        tree.retain(OPEN);
        tree.putObject(SEALED_IN).put("backup", backup.id()).put("sha256", sum(backup));
        return tree;
    }

    private static String sum(Backup backup) {
        return backup.manifest().stream()
                .flatMap(manifest -> manifest.files().stream())
                .filter(file -> file.name().equals(Manifest.SECRETS))
                .map(Manifest.Kept::sha256)
                .findFirst()
                .orElse("");
    }

    @Override
    public Change unsealed(Change change) {
        if (!(change instanceof Apply apply) || !apply.manifest().has(SEALED_IN)) {
            return change;
        }
        ObjectNode manifest = (ObjectNode) apply.manifest();
        JsonNode seal = manifest.remove(SEALED_IN);
        String id = seal.path("backup").asText();
        Backup backup = Found.backup(apply.target().namespace(), id, settings, ours);
        if (backup.damage().isPresent()
                || !sum(backup).equals(seal.path("sha256").asText())) {
            throw gone(id, "is not what it was any more");
        }
        List<KubernetesObject> secrets = Comparison.decrypted(backup, settings.identityFile());
        JsonNode values = secrets.stream()
                .filter(secret -> secret.name().equals(apply.target().name()))
                .findFirst()
                .map(KubernetesObject::toJson)
                .orElseThrow(() -> gone(id, "has no secret " + apply.target().name()));
        values.properties().stream()
                .filter(field -> !OPEN.contains(field.getKey()))
                .forEach(field -> manifest.set(field.getKey(), field.getValue()));
        return new Apply(apply.type(), apply.target(), apply.basis(), manifest, apply.identity());
    }

    private static StepFailure gone(String backup, String what) {
        return StepFailure.refused(
                "sealedElsewhere",
                "A secret was not restored: back-up " + backup + " " + what,
                "Look again: it is planned anew.");
    }
}
