package org.incidentorchestrator.step.verb.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.step.verb.Line;

/** Checks one back-up, each part after the other; what is wrong early makes the rest pointless. */
final class Verification {
    /** Less than the 30 s that a step has. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final Backup backup;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> notTried = new ArrayList<>();
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
            tryAll(inNamespace, cluster);
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

    private void tryAll(List<KubernetesObject> all, ClusterReader cluster) {
        ServedKinds served = cluster.kinds();
        long begin = System.nanoTime();
        for (KubernetesObject object : all) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                notTried.add(name(object) + ": there was no time left");
            } else {
                tryOne(object, served, cluster);
            }
        }
    }

    private void tryOne(KubernetesObject object, ServedKinds served, ClusterReader cluster) {
        Optional<ResourceType> type = type(object, served);
        if (type.isEmpty()) {
            String apiVersion = object.text("/apiVersion", "");
            served.silence(group(apiVersion))
                    .ifPresentOrElse(
                            silent -> notTried.add(name(object) + ": " + silent.why()),
                            () -> refused.add(name(object) + ": " + apiVersion + " is not installed here"));
            return;
        }
        try {
            cluster.validate(type.get(), object);
        } catch (ClusterFailure failure) {
            switch (failure.kind()) {
                case FORBIDDEN -> notTried.add(name(object) + ": " + failure.getMessage());
                case INVALID, NOT_INSTALLED, NOT_FOUND, CONFLICT, OWNED ->
                    refused.add(name(object) + ": " + failure.getMessage());
                default -> throw failure;
            }
        }
    }

    /** In the version that it was kept in, which may be served still when another is preferred by now. */
    private static Optional<ResourceType> type(KubernetesObject object, ServedKinds served) {
        String apiVersion = object.text("/apiVersion", "");
        String group = group(apiVersion);
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return served.find(group, object.kind())
                .map(type -> new ResourceType(group, version, type.kind(), type.plural(), type.namespaced()));
    }

    private static String group(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    private static String name(KubernetesObject object) {
        return object.kind() + "/" + object.name();
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
                refused.size(),
                Line.of(String.join("; ", refused), Line.MODEL),
                notTried.size(),
                secrets,
                ageHours);
    }

    private String result() {
        if (!wrong.isEmpty() || !refused.isEmpty()) {
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
                        .formatted(objects - notTried.size(), objects, String.join("; ", openEnds()));
            default -> "would NOT do: " + String.join("; ", faults());
        };
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>(wrong);
        if (!refused.isEmpty()) {
            faults.add(
                    "%d of %d objects would be refused, first %s".formatted(refused.size(), objects, refused.get(0)));
        }
        return faults;
    }

    /** What nobody knows yet. */
    private List<String> openEnds() {
        List<String> open = new ArrayList<>();
        if (!manifest().complete()) {
            open.add("it was not complete when it was taken");
        }
        if (!notTried.isEmpty()) {
            open.add(notTried.size() + " were not tried, first " + notTried.get(0));
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
        refused.forEach(line -> text.append("\nrefused: ").append(line));
        notTried.forEach(line -> text.append("\nnot tried: ").append(line));
        backup.manifest().ifPresent(manifest -> {
            SortedMap<String, Integer> kept = new TreeMap<>(manifest.kept());
            kept.forEach((kind, count) ->
                    text.append("\nholds ").append(count).append(' ').append(kind));
        });
        return text.append('\n').toString();
    }
}
