package org.incidentorchestrator.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.rights.Rights;

/** The rights as RBAC's objects. */
record Roles(Rights rights) {
    private static final String GROUP = "rbac.authorization.k8s.io";

    /** Where a place is one namespace, whatever the settings. */
    private static final java.util.Map<Place, String> FIXED =
            java.util.Map.of(Place.OF_NODES, "default", Place.KUBE_SYSTEM, "kube-system");

    private static final Set<Place> SET = Set.of(Place.OURS, Place.LOOKED_AT, Place.ARGO_CD);

    /** The accounts, and that the pod's own may act as the others. */
    List<ObjectNode> accounts(List<Identity> identities) {
        List<ObjectNode> all = new ArrayList<>();
        identities.forEach(identity ->
                all.add(in(Accounts.NAMESPACE, Yaml.object("v1", "ServiceAccount", Accounts.name(identity)))));
        List<String> others = identities.stream()
                .filter(identity -> identity != Identity.LOOK)
                .map(Accounts::name)
                .toList();
        String name = Accounts.PREFIX + "-acts-as-"
                + (others.size() == 1 ? others.get(0).replace(Accounts.PREFIX + "-", "") : "others");
        ObjectNode role = in(Accounts.NAMESPACE, Yaml.object(GROUP + "/v1", "Role", name));
        ObjectNode rule = role.putArray("rules").addObject();
        rule.putArray("apiGroups").add("");
        rule.putArray("resources").add("serviceaccounts");
        others.forEach(rule.putArray("resourceNames")::add);
        rule.putArray("verbs").add("impersonate");
        all.add(role);
        all.add(in(Accounts.NAMESPACE, binding("RoleBinding", name, "Role", Identity.LOOK)));
        return all;
    }

    /** Roles, bound where they hold whatever the settings say; the others are bound by {@link #bindings}. */
    List<ObjectNode> roles(List<Identity> identities) {
        List<ObjectNode> all = new ArrayList<>();
        for (Identity identity : identities) {
            for (Place place : rights.places(identity)) {
                String name = Accounts.role(identity, place);
                if (FIXED.containsKey(place)) {
                    all.add(in(FIXED.get(place), rules("Role", name, rights.of(identity, place))));
                    all.add(in(FIXED.get(place), binding("RoleBinding", name, "Role", identity)));
                } else {
                    all.add(rules("ClusterRole", name, rights.of(identity, place)));
                }
                if (place == Place.CLUSTER) {
                    all.add(binding("ClusterRoleBinding", name, "ClusterRole", identity));
                }
            }
        }
        return all;
    }

    /** For a namespace of this place; which one says the folder that takes them in. */
    List<ObjectNode> bindings(Place place, List<Identity> identities) {
        return identities.stream()
                .filter(identity ->
                        SET.contains(place) && rights.places(identity).contains(place))
                .map(identity -> binding("RoleBinding", Accounts.role(identity, place), "ClusterRole", identity))
                .toList();
    }

    private static ObjectNode in(String namespace, ObjectNode object) {
        object.withObject("/metadata").put("namespace", namespace);
        return object;
    }

    private static ObjectNode binding(String kind, String name, String role, Identity identity) {
        ObjectNode binding = Yaml.object(GROUP + "/v1", kind, name);
        binding.putObject("roleRef").put("apiGroup", GROUP).put("kind", role).put("name", name);
        binding.putArray("subjects")
                .addObject()
                .put("kind", "ServiceAccount")
                .put("name", Accounts.name(identity))
                .put("namespace", Accounts.NAMESPACE);
        return binding;
    }

    /** Resources of one group with the same verbs are one rule. */
    private static ObjectNode rules(String kind, String name, List<Permission> rights) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> verbs = new TreeMap<>();
        rights.forEach(right -> verbs.computeIfAbsent(right.group(), none -> new TreeMap<>())
                .computeIfAbsent(right.resource(), none -> new TreeSet<>())
                .add(right.verb()));
        ObjectNode role = Yaml.object(GROUP + "/v1", kind, name);
        ArrayNode rules = role.putArray("rules");
        verbs.forEach((group, resources) -> {
            SortedMap<String, SortedSet<String>> alike = new TreeMap<>();
            resources.forEach((resource, may) -> alike.computeIfAbsent(may.toString(), none -> new TreeSet<>())
                    .add(resource));
            alike.values().forEach(same -> {
                ObjectNode rule = rules.addObject();
                words(rule, "apiGroups", List.of(group));
                words(rule, "resources", same);
                words(rule, "verbs", resources.get(same.first()));
            });
        });
        return role;
    }

    private static void words(ObjectNode rule, String key, Collection<String> words) {
        Stream.of(words).forEach(all -> all.forEach(rule.withArray(key)::add));
    }
}
