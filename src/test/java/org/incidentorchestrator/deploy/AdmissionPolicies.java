package org.incidentorchestrator.deploy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.deploy.FieldTree.Rule;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.rights.Rights;

/**
 * What RBAC cannot say: which fields an account may change. One policy for each kind that it changes, with the fields that
 * the verbs declare, all of them together.
 */
record AdmissionPolicies(Rights rights) {
    private static final String GROUP = "admissionregistration.k8s.io";

    /** What the API server keeps, and what a new object has to have. */
    private static final Set<String> OF_THE_SERVER = Set.of(
            "/apiVersion",
            "/kind",
            // What a DaemonSet's template counts, which the API server shows as an annotation
            "/metadata/annotations/deprecated.daemonset.template.generation",
            "/metadata/creationTimestamp",
            "/metadata/generation",
            "/metadata/managedFields",
            "/metadata/name",
            "/metadata/namespace",
            "/metadata/resourceVersion",
            "/metadata/uid");

    /** By which a change is known. */
    private static final Set<String> MARKS = Set.of(
            "/metadata/annotations/incident-orchestrator~1*", "/metadata/annotations/kubernetes.io~1change-cause");

    /** They are at most {@code step.max-replicas}, unless they were more before. */
    private static final Set<String> REPLICAS = Set.of(
            "/spec/replicas",
            "/spec/minReplicas",
            "/spec/maxReplicas",
            "/spec/minReplicaCount",
            "/spec/maxReplicaCount");

    List<ObjectNode> objects() {
        List<ObjectNode> all = new ArrayList<>();
        for (Identity identity : List.of(Identity.CHANGE, Identity.ISOLATE)) {
            byKind(identity).forEach((kind, of) -> {
                Policy policy = new Policy(identity, kind, of);
                all.add(policy.object());
                all.add(policy.binding());
            });
        }
        return all;
    }

    private SortedMap<String, List<Permission>> byKind(Identity identity) {
        return rights.all().stream()
                .filter(right -> right.identity() == identity && !right.fields().isEmpty())
                .collect(Collectors.groupingBy(Permission::resource, TreeMap::new, Collectors.toList()));
    }

    private record Policy(Identity identity, String kind, List<Permission> of) {
        private String account() {
            return Accounts.name(identity);
        }

        private String name() {
            return account() + "-" + kind;
        }

        ObjectNode object() {
            ObjectNode policy = Yaml.object(GROUP + "/v1", "ValidatingAdmissionPolicy", name());
            ObjectNode spec = policy.putObject("spec");
            spec.put("failurePolicy", "Fail");
            if (counts().findAny().isPresent()) {
                spec.putObject("paramKind").put("apiVersion", "v1").put("kind", "ConfigMap");
            }
            ObjectNode rule =
                    spec.putObject("matchConstraints").putArray("resourceRules").addObject();
            rule.putArray("apiGroups").add(of.get(0).group());
            rule.putArray("apiVersions").add("*");
            rule.putArray("resources").add(kind);
            operations().forEach(rule.putArray("operations")::add);
            spec.putArray("matchConditions")
                    .addObject()
                    .put("name", "by-this-account")
                    .put("expression", "request.userInfo.username == '" + Accounts.user(identity) + "'");
            variable(spec, "now", "object == null ? dyn({}) : dyn(object)");
            variable(spec, "was", "oldObject == null ? dyn({}) : dyn(oldObject)");
            validations().forEach((expression, message) -> spec.withArray("validations")
                    .addObject()
                    .put("expression", expression)
                    .put("message", account() + " " + message));
            return policy;
        }

        private static void variable(ObjectNode spec, String name, String expression) {
            spec.withArray("variables").addObject().put("name", name).put("expression", expression);
        }

        private SortedSet<String> operations() {
            return of.stream()
                    .flatMap(right -> Stream.of(right.verb().toUpperCase(Locale.ROOT))
                            .map(verb -> verb.equals("PATCH") ? "UPDATE" : verb))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private Map<String, String> validations() {
            Map<String, String> all = new java.util.LinkedHashMap<>();
            SortedSet<String> set = fields(right -> !right.verb().equals("delete"));
            if (!set.isEmpty()) {
                Set<String> tree = new TreeSet<>(set);
                tree.addAll(OF_THE_SERVER);
                tree.addAll(MARKS);
                for (Rule rule : FieldTree.of(tree).rules()) {
                    all.put(
                            guarded(rule.expression()),
                            "changes of %s only %s and our annotations; something else is changed in %s"
                                    .formatted(kind, words(set), rule.path().isEmpty() ? "the object" : rule.path()));
                }
                counts().forEach(field -> all.put(
                        bounded(field),
                        "sets " + words(Set.of(field)) + " of " + kind
                                + " to at most step.max-replicas (STEP_MAX_REPLICAS of the ConfigMap)"));
            }
            fields(right -> right.verb().equals("delete"))
                    .forEach(field -> all.put(
                            "request.operation != 'DELETE' || variables.was" + steps(field) + ".hasValue()",
                            "deletes of %s only what has %s".formatted(kind, words(Set.of(field)))));
            return all;
        }

        private String guarded(String expression) {
            return operations().contains("DELETE")
                    ? "request.operation == 'DELETE' || (\n" + expression + ")"
                    : expression;
        }

        private static String bounded(String field) {
            String now = "variables.now" + steps(field) + ".orValue(0)";
            return "%1$s <= int(params.data.STEP_MAX_REPLICAS) ||\n%1$s <= variables.was%2$s.orValue(0)"
                    .formatted(now, steps(field));
        }

        private Stream<String> counts() {
            return fields(right -> true).stream().filter(REPLICAS::contains);
        }

        private SortedSet<String> fields(java.util.function.Predicate<Permission> which) {
            return of.stream()
                    .filter(which)
                    .flatMap(right -> right.fields().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static String steps(String pointer) {
            return Stream.of(pointer.substring(1).split("/"))
                    .map(key -> "[?'" + key.replace("~1", "/") + "']")
                    .collect(Collectors.joining());
        }

        private static String words(Set<String> pointers) {
            return pointers.stream()
                    .map(pointer -> pointer.substring(1)
                            .replace("/*/", "[].")
                            .replace("/", ".")
                            .replace("~1", "/"))
                    .collect(Collectors.joining(", "));
        }

        ObjectNode binding() {
            ObjectNode binding = Yaml.object(GROUP + "/v1", "ValidatingAdmissionPolicyBinding", name());
            ObjectNode spec = binding.putObject("spec");
            spec.put("policyName", name());
            if (counts().findAny().isPresent()) {
                spec.putObject("paramRef")
                        .put("name", Accounts.PREFIX)
                        .put("namespace", Accounts.NAMESPACE)
                        .put("parameterNotFoundAction", "Deny");
            }
            spec.set("validationActions", JsonNodeFactory.instance.arrayNode().add("Deny"));
            return binding;
        }
    }
}
