package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.TreeSet;

/** A LimitRange: what a namespace fills in where a container says nothing, and what it refuses. */
public record LimitRangeView(KubernetesObject range) {
    private static final List<String> COLUMNS = List.of("min", "max", "defaultRequest", "default");

    /** Whether a container that says no limit of the resource gets one: the default, or else the maximum. */
    public boolean givesLimitOf(String resource) {
        return range.items("/spec/limits").stream()
                .filter(limit -> limit.text("/type", "").equals("Container"))
                .anyMatch(limit -> limit.map("/default").containsKey(resource)
                        || limit.map("/max").containsKey(resource));
    }

    /** What {@code kubectl describe limitrange} would print of these. */
    public static Table table(List<LimitRangeView> ranges) {
        Table table = Table.of("NAME", "TYPE", "RESOURCE", "MIN", "MAX", "DEFAULT REQUEST", "DEFAULT LIMIT");
        ranges.forEach(range -> range.range.items("/spec/limits").forEach(limit -> resources(limit)
                .forEach(resource -> table.row(
                        range.range.name(),
                        limit.text("/type", ""),
                        resource,
                        limit.map("/min").getOrDefault(resource, ""),
                        limit.map("/max").getOrDefault(resource, ""),
                        limit.map("/defaultRequest").getOrDefault(resource, ""),
                        limit.map("/default").getOrDefault(resource, "")))));
        return table;
    }

    private static TreeSet<String> resources(KubernetesObject limit) {
        TreeSet<String> resources = new TreeSet<>();
        COLUMNS.forEach(column -> resources.addAll(limit.map("/" + column).keySet()));
        return resources;
    }
}
