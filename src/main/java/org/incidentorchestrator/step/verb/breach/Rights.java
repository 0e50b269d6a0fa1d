package org.incidentorchestrator.step.verb.breach;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.step.Permission;

/**
 * What pods may ask of the API server: all bindings that name their service accounts, or a group that these are in.
 *
 * @param accounts of the pods; {@code default} where a pod names none
 */
record Rights(String namespace, Set<String> accounts, List<KubernetesObject> bindings) {
    static final Set<Permission> PERMISSIONS = Set.of(
            Permission.look("rbac.authorization.k8s.io", "rolebindings", "list"),
            Permission.look("rbac.authorization.k8s.io", "clusterrolebindings", "list"));

    static Rights of(List<PodView> pods, String namespace, ClusterReader cluster) {
        Set<String> accounts = pods.stream()
                .map(pod -> pod.pod().text("/spec/serviceAccountName", "default"))
                .collect(Collectors.toCollection(TreeSet::new));
        List<KubernetesObject> all = new ArrayList<>(cluster.list(ResourceType.ROLE_BINDINGS, Query.in(namespace)));
        all.addAll(cluster.list(ResourceType.CLUSTER_ROLE_BINDINGS, Query.in("")));
        return new Rights(
                namespace,
                accounts,
                all.stream()
                        .filter(binding -> binding.items("/subjects").stream()
                                .anyMatch(subject -> named(subject, binding, accounts, namespace)))
                        .toList());
    }

    Table table() {
        Table table = Table.of("BINDING", "ROLE", "FOR", "SINCE");
        bindings.forEach(binding -> table.row(
                binding.kind() + "/" + binding.name(),
                binding.text("/roleRef/kind", "") + "/" + binding.text("/roleRef/name", ""),
                binding.items("/subjects").stream()
                        .filter(subject -> named(subject, binding, accounts, namespace))
                        .map(subject -> subject.text("/kind", "") + "/" + subject.text("/name", ""))
                        .collect(Collectors.joining(" ")),
                binding.text("/metadata/creationTimestamp", "")));
        return table;
    }

    /** Groups too: every service account is in these three. */
    private static boolean named(
            KubernetesObject subject, KubernetesObject binding, Set<String> accounts, String namespace) {
        String name = subject.text("/name", "");
        if (subject.text("/kind", "").equals("Group")) {
            return Set.of("system:authenticated", "system:serviceaccounts", "system:serviceaccounts:" + namespace)
                    .contains(name);
        }
        String where = subject.text("/namespace", binding.namespace());
        return subject.text("/kind", "").equals("ServiceAccount") && where.equals(namespace) && accounts.contains(name);
    }
}
