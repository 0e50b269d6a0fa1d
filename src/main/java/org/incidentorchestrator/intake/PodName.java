package org.incidentorchestrator.intake;

import java.util.regex.Pattern;

/**
 * From a pod's name to its owner's. Kubernetes draws the random part of a name, and writes a template's hash,
 * with 27 characters that make no words (apimachinery {@code util/rand}).
 */
final class PodName {
    private static final String LETTER = "[bcdfghjklmnpqrstvwxz2456789]";
    private static final String RANDOM = "-" + LETTER + "{5}";
    /** Of a replica set: {@code mcp-gateway-7d9f8b6c5d-x2x7z}. */
    private static final Pattern DEPLOYMENT = Pattern.compile("-" + LETTER + "{4,10}" + RANDOM + "$");
    /** Of a daemon set or job: {@code node-agent-x2x7z}. */
    private static final Pattern OWNED = Pattern.compile(RANDOM + "$");
    /** Of a stateful set: {@code postgres-0}. */
    private static final Pattern ORDINAL = Pattern.compile("-[0-9]{1,9}$");

    private PodName() {}

    static String owner(String pod) {
        for (Pattern suffix : new Pattern[] {DEPLOYMENT, OWNED, ORDINAL}) {
            String owner = suffix.matcher(pod).replaceFirst("");
            if (!owner.isEmpty() && owner.length() < pod.length()) {
                return owner;
            }
        }
        return pod;
    }
}
