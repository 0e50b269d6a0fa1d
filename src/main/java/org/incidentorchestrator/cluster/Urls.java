package org.incidentorchestrator.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.incident.Target;

/** Paths of the Kubernetes API. Every name in them is checked, so that none leads out of its place. */
final class Urls {
    private static final Pattern PATH = Pattern.compile("/([-A-Za-z0-9._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*");
    private static final Pattern LEADS_OUT = Pattern.compile("(?i)(\\.|%2e){2}");

    private Urls() {}

    static String group(ResourceType type) {
        return group(type.group(), type.version());
    }

    static String group(String group, String version) {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /** @param namespace empty for all namespaces */
    static String all(ResourceType type, String namespace) {
        String place = type.namespaced() && !namespace.isEmpty() ? "/namespaces/" + namespace(namespace) : "";
        return group(type) + place + "/" + type.plural();
    }

    static String one(ResourceType type, String namespace, String name) {
        if (type.namespaced() && namespace.isEmpty()) {
            throw refused("a namespace", "", "named for a " + type.kind());
        }
        return all(type, namespace) + "/" + name(name);
    }

    /** Of an object of any kind: roles have names with colons, which are no DNS names. */
    static String any(ResourceType type, String namespace, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("%")) {
            throw refused("an object name", name, "one segment of a path");
        }
        return all(type, namespace) + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    static String log(LogQuery query) {
        return one(ResourceType.PODS, query.namespace(), query.pod()) + "/log";
    }

    static String eviction(Target pod) {
        return one(ResourceType.PODS, pod.namespace(), pod.name()) + "/eviction";
    }

    static String exec(ExecQuery query) {
        String command = query.command().stream()
                .map(word -> "command=" + URLEncoder.encode(word, StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
        String container = URLEncoder.encode(query.container(), StandardCharsets.UTF_8);
        return one(ResourceType.PODS, query.namespace(), query.pod()) + "/exec?" + command + "container=" + container
                + "&stdout=true&stderr=true";
    }

    static String proxy(HttpQuery query) {
        if (!query.scheme().equals("http") && !query.scheme().equals("https")) {
            throw refused("a scheme", query.scheme(), "http or https");
        }
        if (!PATH.matcher(query.path()).matches()
                || LEADS_OUT.matcher(query.path()).find()) {
            throw refused("a path", query.path(), "a URL's path that starts with / and has no ..");
        }
        return all(query.type(), query.namespace()) + "/" + query.scheme() + ":" + name(query.name()) + ":"
                + query.port() + "/proxy" + query.path();
    }

    static String with(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String namespace(String text) {
        if (!Target.isNamespace(text)) {
            throw refused("a namespace", text, "at most 63 of a-z, 0-9 and '-' (RFC 1123 label)");
        }
        return text;
    }

    private static String name(String text) {
        if (!Target.isName(text)) {
            throw refused("an object name", text, "at most 253 of a-z, 0-9, '-' and '.' (RFC 1123 subdomain)");
        }
        return text;
    }

    private static ClusterFailure refused(String what, String text, String form) {
        String shown = text.replaceAll("[^ -~]", "?");
        return new ClusterFailure(
                Kind.INVALID,
                "The cluster was not asked: '" + (shown.length() > 100 ? shown.substring(0, 100) + "…" : shown)
                        + "' is not " + what + ". Correct it at its source; it has to be " + form + ".");
    }
}
