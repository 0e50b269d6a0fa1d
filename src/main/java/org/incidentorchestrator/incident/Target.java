package org.incidentorchestrator.incident;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One Kubernetes object that an incident is about or that a step acts on.
 *
 * @param kind Kubernetes' word, singular and in upper camel case: {@code Deployment}, {@code Pod}
 * @param namespace an RFC 1123 label; empty for cluster-scoped kinds
 * @param name an RFC 1123 subdomain
 */
public record Target(String kind, String namespace, String name) {
    private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    public Target {
        if (kind == null || !KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("'" + kind + "' is not a Kubernetes kind; write it as in 'Deployment'");
        }
        namespace = namespace == null ? "" : namespace;
        if (!namespace.isEmpty() && !isNamespace(namespace)) {
            throw new IllegalArgumentException(
                    "'" + namespace + "' is not a namespace: at most 63 of a-z, 0-9 and '-' (RFC 1123 label)");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not an object name: at most 253 of a-z, 0-9, '-' and '.' (RFC 1123 subdomain)");
        }
    }

    /** Reads {@link #id()} back. */
    public static Target parse(String id) {
        String[] parts = id == null ? new String[0] : id.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + id + "' is not a target; write it as 'Deployment/namespace/name'");
        }
        return new Target(parts[0], parts[1], parts[2]);
    }

    public static boolean isNamespace(String text) {
        return text != null && LABEL.matcher(text).matches();
    }

    public static boolean isName(String text) {
        return text != null && text.length() <= 253 && SUBDOMAIN.matcher(text).matches();
    }

    /** One word for variables, rows and URLs: {@code Deployment/a1-orchestrator/mcp-gateway}. */
    public String id() {
        return kind + "/" + namespace + "/" + name;
    }

    /** As kubectl takes it: {@code deployment/mcp-gateway}. */
    public String kubectl() {
        return kind.toLowerCase(Locale.ROOT) + "/" + name;
    }

    /** As people read it: {@code Deployment a1-orchestrator/mcp-gateway}. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
