package org.incidentorchestrator.step.verb;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;

/** The rights that several verbs need alike. */
public final class Permissions {
    public static final Set<Permission> WORKLOADS = kinds("get");

    /** To find a workload and its pods. */
    public static final Set<Permission> PODS =
            of(WORKLOADS, Permission.look("apps", "replicasets", "list"), Permission.look("", "pods", "list"));

    /** What the guards of a change of replicas ask: who else sets them. */
    public static final Set<Permission> OWNERS = Set.of(
            Permission.look("autoscaling", "horizontalpodautoscalers", "list"),
            Permission.look("autoscaling", "horizontalpodautoscalers", "get"),
            Permission.look("argoproj.io", "applications", "list"),
            Permission.look("keda.sh", "scaledobjects", "list"),
            Permission.look("keda.sh", "scaledobjects", "get"));

    /** To look at what steps change. */
    public static final Set<Permission> CHANGEABLE = of(
            WORKLOADS,
            Permission.look("", "pods", "get"),
            Permission.look("batch", "cronjobs", "get"),
            Permission.look("autoscaling", "horizontalpodautoscalers", "get"),
            Permission.look("keda.sh", "scaledobjects", "get"),
            Permission.look("argoproj.io", "applications", "get"));

    /** What the guards of an eviction ask: the pod, and the budgets that select it. */
    public static final Set<Permission> BUDGETS =
            Set.of(Permission.look("", "pods", "get"), Permission.look("policy", "poddisruptionbudgets", "list"));

    private Permissions() {}

    public static Set<Permission> of(Set<Permission> some, Permission... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    public static Set<Permission> pods(Permission... more) {
        return of(PODS, more);
    }

    public static Set<Permission> both(Set<Permission> some, Set<Permission> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The same rights in another place too. */
    public static Set<Permission> at(Place place, Set<Permission> rights) {
        return rights.stream().map(right -> right.at(place)).collect(Collectors.toUnmodifiableSet());
    }

    /** To find what an alert names: a workload by its name, or the one behind a service. */
    public static Set<Permission> findable() {
        return of(
                both(WORKLOADS, kinds("list")),
                Permission.look("", "services", "get"),
                Permission.look("autoscaling", "horizontalpodautoscalers", "get"));
    }

    private static Set<Permission> kinds(String verb) {
        return Stream.concat(
                        Stream.of("deployments", "statefulsets", "daemonsets")
                                .map(kind -> Permission.look("apps", kind, verb)),
                        Stream.of(Permission.look("batch", "jobs", verb)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
