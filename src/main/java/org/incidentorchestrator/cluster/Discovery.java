package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.incidentorchestrator.cluster.ServedKinds.Served;
import org.incidentorchestrator.cluster.ServedKinds.Silent;

/**
 * Asks an API server what it serves: in two requests where it has aggregated discovery (Kubernetes 1.27 and later), else
 * group by group. One that does not answer, because the program behind its APIService is down, is told and holds up no
 * other.
 */
final class Discovery {
    private static final String LIST = ";as=APIGroupDiscoveryList";
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2" + LIST
            + ",application/json;g=apidiscovery.k8s.io;v=v2beta1" + LIST + ",application/json";

    private final ApiServer server;
    private final Bound bound;
    private final Map<String, Served> found = new LinkedHashMap<>();
    private final List<Silent> silent = new ArrayList<>();

    Discovery(ApiServer server) {
        this.server = server;
        this.bound = server.bound();
    }

    ServedKinds kinds() {
        core(read("/api"));
        groups(read("/apis"));
        return new ServedKinds(List.copyOf(found.values()), silent);
    }

    private void core(JsonNode answer) {
        if (!aggregated(answer)) {
            answer.path("versions").forEach(version -> version("", version.asText()));
        }
    }

    private void groups(JsonNode answer) {
        if (!aggregated(answer)) {
            answer.path("groups").forEach(this::group);
        }
    }

    /** Versions come in the order in which their group prefers them. */
    private boolean aggregated(JsonNode answer) {
        if (!answer.path("kind").asText().equals("APIGroupDiscoveryList")) {
            return false;
        }
        for (JsonNode group : answer.path("items")) {
            String name = group.at("/metadata/name").asText();
            group.path("versions").forEach(version -> aggregated(name, version));
        }
        return true;
    }

    private void aggregated(String group, JsonNode version) {
        String name = version.path("version").asText();
        if (version.path("freshness").asText().equals("Stale")) {
            silent(group, name, "the program behind it does not answer the API server");
        }
        for (JsonNode each : version.path("resources")) {
            boolean namespaced = each.path("scope").asText().equals("Namespaced");
            String kind = each.at("/responseKind/kind").asText();
            keep(new ResourceType(group, name, kind, each.path("resource").asText(), namespaced), each.path("verbs"));
        }
    }

    private void group(JsonNode group) {
        String name = group.path("name").asText();
        String preferred = group.at("/preferredVersion/version").asText();
        version(name, preferred);
        group.path("versions").forEach(each -> {
            String version = each.path("version").asText();
            if (!version.equals(preferred)) {
                version(name, version);
            }
        });
    }

    private void version(String group, String version) {
        try {
            for (JsonNode each : read(Urls.group(group, version)).path("resources")) {
                String plural = each.path("name").asText();
                boolean namespaced = each.path("namespaced").asBoolean();
                String kind = each.path("kind").asText();
                if (!plural.contains("/")) {
                    keep(new ResourceType(group, version, kind, plural, namespaced), each.path("verbs"));
                }
            }
        } catch (ClusterFailure failure) {
            silent(group, version, failure.getMessage());
        }
    }

    private void keep(ResourceType type, JsonNode verbs) {
        SortedSet<String> names = new TreeSet<>();
        verbs.forEach(verb -> names.add(verb.asText()));
        found.putIfAbsent(type.plural() + "." + type.group(), new Served(type, names));
    }

    private void silent(String group, String version, String why) {
        String apiVersion = group.isEmpty() ? version : group + "/" + version;
        silent.add(new Silent(
                group,
                version,
                "What " + apiVersion + " serves is not known: " + why + " See 'kubectl get apiservice " + version + "."
                        + group + "'."));
    }

    private JsonNode read(String path) {
        ApiRequest request = ApiRequest.get("read what is served at " + path, path, AGGREGATED);
        ApiAnswer answer = server.send(request, bound);
        if (!answer.ok() || !answer.json().isObject()) {
            throw ApiFailures.of(request, server, answer);
        }
        return answer.json();
    }
}
