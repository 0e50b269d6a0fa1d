package org.incidentorchestrator.step.verb.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import org.incidentorchestrator.cluster.ClusterIdentity;

/**
 * What a back-up is, written when all the rest of it is on the disk: one without a manifest was cut off.
 *
 * @param format of the folder, 1
 * @param takenAt ISO 8601, UTC
 * @param kept how many objects of each kind, secrets too
 * @param leftOut how many for which reason
 * @param unread what could not be read, each with its reason: with one the back-up is not complete
 * @param secrets what became of them
 * @param recipients the public keys that the secrets are encrypted for
 */
record Manifest(
        int format,
        ClusterIdentity cluster,
        String namespace,
        String takenAt,
        SortedMap<String, Integer> kept,
        SortedMap<String, Integer> leftOut,
        List<String> unread,
        Secrets secrets,
        List<String> recipients,
        List<Kept> files) {
    static final String FILE = "manifest.json";
    static final String OBJECTS = "objects.yaml";
    static final String SECRETS = "secrets.yaml.age";

    private static final int FORMAT = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    enum Secrets {
        /** In a file of their own. */
        ENCRYPTED("encrypted"),
        /** Nobody is named who could read them. */
        NO_RECIPIENTS("noRecipients"),
        /** See what is unread. */
        NOT_READ("notRead");

        final String word;

        Secrets(String word) {
            this.word = word;
        }
    }

    /** @param sha256 in hexadecimal; @param bytes its length */
    record Kept(String name, String sha256, long bytes) {}

    static Manifest of(
            ClusterIdentity cluster,
            String namespace,
            String takenAt,
            Inventory inventory,
            Secrets secrets,
            List<String> recipients,
            List<Kept> files) {
        return new Manifest(
                FORMAT,
                cluster,
                namespace,
                takenAt,
                inventory.kept(),
                inventory.leftOut(),
                inventory.unread(),
                secrets,
                secrets == Secrets.ENCRYPTED ? recipients : List.of(),
                files);
    }

    /** Whether everything that could be read was; secrets that nobody is named for are no fault of it. */
    boolean complete() {
        return unread.isEmpty();
    }

    int objects() {
        return kept.values().stream().mapToInt(Integer::intValue).sum();
    }

    int secretsKept() {
        return secrets == Secrets.ENCRYPTED ? kept.getOrDefault("secrets", 0) : 0;
    }

    byte[] json() {
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is plain values", e);
        }
    }

    /** @throws IOException when it is no manifest that this program knows */
    static Manifest read(byte[] json) throws IOException {
        Manifest manifest = JSON.readValue(json, Manifest.class);
        if (manifest == null
                || manifest.format != FORMAT
                || manifest.files == null
                || manifest.kept == null
                || manifest.unread == null
                || manifest.secrets == null) {
            throw new IOException("it is no manifest of format " + FORMAT);
        }
        return manifest;
    }
}
