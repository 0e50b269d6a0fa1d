package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;
import org.springframework.stereotype.Component;

/**
 * Asks a real cluster what our identities may do there (authorization.k8s.io/v1): whoever may log in may ask this of
 * itself, and it changes nothing. Each call is one bounded request; what cannot be answered is a {@link ClusterFailure}.
 */
@Component
@ConditionalOnRealCluster
public final class AccessReview {
    private static final String GROUP = "/apis/authorization.k8s.io/v1/";

    private final Identities identities;
    private final ClusterGate gate;

    AccessReview(Identities identities, ClusterGate gate) {
        this.identities = identities;
        this.gate = gate;
    }

    /**
     * A rule of RBAC.
     *
     * @param names of the objects that it is about; empty for all
     */
    public record Rule(Set<String> groups, Set<String> resources, Set<String> verbs, Set<String> names) {
        public boolean covers(String group, String resource, String verb) {
            String part = resource.contains("/") ? "*" + resource.substring(resource.indexOf('/')) : "*";
            return names.isEmpty()
                    && has(groups, group)
                    && (has(resources, resource) || resources.contains(part))
                    && has(verbs, verb);
        }

        private static boolean has(Set<String> words, String word) {
            return words.contains(word) || words.contains("*");
        }
    }

    /** @param complete false where not every authorizer of the API server can list what it allows */
    public record Rules(List<Rule> rules, boolean complete) {}

    /** The identities that are one and the same user in the cluster, together. */
    public Collection<Set<Identity>> users() {
        Map<ApiServer, Set<Identity>> users = new IdentityHashMap<>();
        for (Identity identity : Identity.values()) {
            users.computeIfAbsent(identities.of(identity), none -> EnumSet.noneOf(Identity.class))
                    .add(identity);
        }
        return users.values();
    }

    /** All that an identity may do in a namespace, be it there alone or everywhere. */
    public Rules rules(Identity identity, String namespace) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("namespace", namespace);
        JsonNode status = ask(identity, "SelfSubjectRulesReview", spec);
        List<Rule> rules = new ArrayList<>();
        status.path("resourceRules")
                .forEach(rule -> rules.add(new Rule(
                        words(rule, "apiGroups"),
                        words(rule, "resources"),
                        words(rule, "verbs"),
                        words(rule, "resourceNames"))));
        return new Rules(List.copyOf(rules), !status.path("incomplete").asBoolean());
    }

    /**
     * Whether an identity may do this, by all authorizers.
     *
     * @param namespace empty for all namespaces, and for what lies in none
     * @param resource with its subresource: {@code pods/log}
     */
    public boolean allowed(Identity identity, String namespace, String group, String resource, String verb) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        String[] parts = resource.split("/", 2);
        spec.putObject("resourceAttributes")
                .put("namespace", namespace)
                .put("group", group)
                .put("resource", parts[0])
                .put("subresource", parts.length > 1 ? parts[1] : "")
                .put("verb", verb);
        return ask(identity, "SelfSubjectAccessReview", spec).path("allowed").asBoolean();
    }

    private JsonNode ask(Identity identity, String kind, ObjectNode spec) {
        ApiServer server = identities.of(identity);
        ObjectNode review = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "authorization.k8s.io/v1")
                .put("kind", kind);
        review.set("spec", spec);
        ApiRequest request = ApiRequest.post(
                "ask what " + identity.name().toLowerCase(java.util.Locale.ROOT) + " may do",
                GROUP + kind.toLowerCase(java.util.Locale.ROOT) + "s",
                review);
        return gate.counted(() -> {
            ApiAnswer answer = server.send(request, server.bound());
            if (!answer.ok() || !answer.json().isObject()) {
                throw ApiFailures.of(request, server, answer);
            }
            return answer.json().path("status");
        });
    }

    private static Set<String> words(JsonNode rule, String key) {
        Set<String> words = new HashSet<>();
        rule.path(key).forEach(word -> words.add(word.asText()));
        return Set.copyOf(words);
    }
}
