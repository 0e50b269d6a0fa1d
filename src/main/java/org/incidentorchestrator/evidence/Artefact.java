package org.incidentorchestrator.evidence;

/**
 * An output worth keeping: a log, a listing, a description. Redacted and compressed when it is kept.
 *
 * @param name what it is called in the timeline and as a file: {@code mcp-gateway-7d9f-x2x1z-app-previous.log}
 * @param mediaType {@code text/plain}, {@code application/json} or {@code image/svg+xml}
 * @param source the kubectl line that shows the same
 * @param content as it was read, not yet redacted
 */
public record Artefact(String name, String mediaType, String source, String content) {
    public static Artefact text(String name, String source, String content) {
        return new Artefact(name, "text/plain", source, content);
    }

    public static Artefact json(String name, String source, String content) {
        return new Artefact(name, "application/json", source, content);
    }
}
