package org.incidentorchestrator.step.verb;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.step.Permission;

/** The rights that several verbs need alike. */
final class Permissions {
    static final Set<Permission> WORKLOADS = kinds("get");

    /** To find a workload and its pods. */
    static final Set<Permission> PODS =
            of(WORKLOADS, Permission.look("apps", "replicasets", "list"), Permission.look("", "pods", "list"));

    private Permissions() {}

    static Set<Permission> of(Set<Permission> some, Permission... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    static Set<Permission> pods(Permission... more) {
        return of(PODS, more);
    }

    static Set<Permission> findable() {
        return Stream.of(WORKLOADS, kinds("list"), Set.of(Permission.look("", "services", "get")))
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Permission> kinds(String verb) {
        return Stream.concat(
                        Stream.of("deployments", "statefulsets", "daemonsets")
                                .map(kind -> Permission.look("apps", kind, verb)),
                        Stream.of(Permission.look("batch", "jobs", verb)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
