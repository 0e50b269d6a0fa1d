package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;

/** The secrets that a workload's pods name, read from its template: names, and never what is in them. */
record WorkloadSecrets(WorkloadView workload, ClusterReader cluster) {
    /** Whose change makes External Secrets fetch at once. */
    static final String FORCE = "force-sync";

    static final Set<Permission> PERMISSIONS = Set.of(ExternalSecrets.LIST);

    Set<String> names() {
        KubernetesObject pod = workload.template().at("/spec");
        Set<String> names = new TreeSet<>();
        pod.items("/volumes").forEach(volume -> {
            add(names, volume, "/secret/secretName");
            volume.items("/projected/sources").forEach(source -> add(names, source, "/secret/name"));
        });
        Stream.of("/initContainers", "/containers")
                .flatMap(list -> pod.items(list).stream())
                .forEach(container -> {
                    container.items("/env").forEach(one -> add(names, one, "/valueFrom/secretKeyRef/name"));
                    container.items("/envFrom").forEach(one -> add(names, one, "/secretRef/name"));
                });
        pod.items("/imagePullSecrets").forEach(one -> add(names, one, "/name"));
        return names;
    }

    private static void add(Set<String> names, KubernetesObject from, String pointer) {
        from.text(pointer).filter(name -> !name.isEmpty()).ifPresent(names::add);
    }

    /** The ExternalSecrets that write some of them; none where External Secrets is not installed. */
    List<ExternalSecret> external() {
        ExternalSecrets all = new ExternalSecrets(cluster);
        Set<String> names = names();
        return all.served().isEmpty()
                ? List.of()
                : all.list(workload.target().namespace()).stream()
                        .filter(external -> names.contains(external.target()))
                        .toList();
    }
}
