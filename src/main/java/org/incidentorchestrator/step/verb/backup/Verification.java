package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.verb.Line;

/** Checks one back-up, each part after the other; what is wrong early makes the rest pointless. */
final class Verification {
    private final Backup backup;
    private final List<String> wrong = new ArrayList<>();
    private Trial trial = Trial.NONE;
    private boolean intact;
    private int objects;
    private String secrets = "notChecked";

    private Verification(Backup backup) {
        this.backup = backup;
    }

    /** @param identityFile empty: secrets are not decrypted */
    static Verification of(Backup backup, String identityFile, ClusterReader cluster) {
        Verification verification = new Verification(backup);
        backup.damage().ifPresentOrElse(verification.wrong::add, () -> {
            verification.intact = true;
            verification.objects(cluster);
            verification.secrets(identityFile);
        });
        return verification;
    }

    private Manifest manifest() {
        return backup.manifest().orElseThrow();
    }

    private void objects(ClusterReader cluster) {
        Optional<List<KubernetesObject>> parsed = parsed();
        if (parsed.isPresent()) {
            // The namespace itself is a matter of who may make namespaces; without it all others are refused.
            List<KubernetesObject> inNamespace = parsed.get().stream()
                    .filter(object -> !object.kind().equals("Namespace"))
                    .toList();
            objects = inNamespace.size();
            if (objects != manifest().objects() - manifest().secretsKept()) {
                wrong.add("it holds %d objects, and its manifest counts %d"
                        .formatted(objects, manifest().objects() - manifest().secretsKept()));
            }
            trial = Trial.of(inNamespace, cluster);
        }
    }

    private Optional<List<KubernetesObject>> parsed() {
        try {
            return Optional.of(
                    YamlText.parsed(Files.readAllBytes(backup.folder().resolve(Manifest.OBJECTS))));
        } catch (IOException e) {
            wrong.add(Manifest.OBJECTS + " cannot be read: " + Line.of(String.valueOf(e.getMessage()), 200));
            return Optional.empty();
        }
    }

    private void secrets(String identityFile) {
        if (manifest().secrets() != Manifest.Secrets.ENCRYPTED) {
            secrets = "notBackedUp";
        } else if (!identityFile.isEmpty()) {
            decrypt(Path.of(identityFile));
        }
    }

    private void decrypt(Path identityFile) {
        secrets = "failed";
        try {
            byte[] encrypted = Files.readAllBytes(backup.folder().resolve(Manifest.SECRETS));
            int found =
                    YamlText.parsed(AgeFile.decrypted(encrypted, identityFile)).size();
            if (found == manifest().secretsKept()) {
                secrets = "decrypted";
            } else {
                wrong.add("%d secrets were decrypted, and its manifest counts %d"
                        .formatted(found, manifest().secretsKept()));
            }
        } catch (IOException | GeneralSecurityException e) {
            // Not the message of a parser: it would show what it read.
            String why = e.getClass().getSimpleName();
            wrong.add("its secrets cannot be decrypted with the keys of " + identityFile + " (" + why + ")");
        }
    }

    VerifyBackup.Output output(int ageHours) {
        return new VerifyBackup.Output(
                backup.id(),
                result(),
                Line.of(resultText(), Line.MODEL),
                intact,
                objects,
                trial.refused().size(),
                Line.of(String.join("; ", trial.refused()), Line.MODEL),
                trial.notTried().size(),
                secrets,
                ageHours);
    }

    private String result() {
        if (!wrong.isEmpty() || !trial.refused().isEmpty()) {
            return "failed";
        }
        return openEnds().isEmpty() ? "verified" : "notAllChecked";
    }

    private String resultText() {
        return switch (result()) {
            case "verified" ->
                "would do: %d objects could be applied, %d secrets could be decrypted"
                        .formatted(objects, manifest().secretsKept());
            case "notAllChecked" ->
                "is good as far as it was checked: %d of %d objects could be applied; %s"
                        .formatted(objects - trial.notTried().size(), objects, String.join("; ", openEnds()));
            default -> "would NOT do: " + String.join("; ", faults());
        };
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>(wrong);
        if (!trial.refused().isEmpty()) {
            faults.add("%d of %d objects would be refused, first %s"
                    .formatted(trial.refused().size(), objects, trial.refused().get(0)));
        }
        return faults;
    }

    /** What nobody knows yet. */
    private List<String> openEnds() {
        List<String> open = new ArrayList<>();
        if (!manifest().complete()) {
            open.add("it was not complete when it was taken");
        }
        if (!trial.notTried().isEmpty()) {
            open.add(trial.notTried().size() + " were not tried, first "
                    + trial.notTried().get(0));
        }
        switch (secrets) {
            case "notBackedUp" -> open.add("it holds no secrets");
            case "notChecked" -> open.add("that its secrets can be decrypted was not checked");
            default -> {
                // Decrypted: nothing is open.
            }
        }
        return open;
    }

    String text(String summary) {
        StringBuilder text = new StringBuilder(summary).append('\n');
        wrong.forEach(line -> text.append("\nwrong: ").append(line));
        trial.refused().forEach(line -> text.append("\nrefused: ").append(line));
        trial.notTried().forEach(line -> text.append("\nnot tried: ").append(line));
        backup.manifest().ifPresent(manifest -> {
            SortedMap<String, Integer> kept = new TreeMap<>(manifest.kept());
            kept.forEach((kind, count) ->
                    text.append("\nholds ").append(count).append(' ').append(kind));
        });
        return text.append('\n').toString();
    }
}
