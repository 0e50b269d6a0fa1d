package org.incidentorchestrator.step.verb.backup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.cluster.ServedKinds.Served;
import org.incidentorchestrator.cluster.Table;

/**
 * What a namespace holds that can be applied again, of every kind that the API server serves: {@code kubectl get all}
 * knows nine of them, and no configuration.
 */
final class Inventory {
    /** What happened, and who leads at the moment: nobody restores that. */
    private static final Set<String> MOMENTARY = Set.of("Event", "Lease");

    /** Answered by programs that keep nothing: when they are silent nothing is missing. */
    private static final Set<String> MEASURED =
            Set.of("metrics.k8s.io", "custom.metrics.k8s.io", "external.metrics.k8s.io");

    private final ClusterReader cluster;
    private final String namespace;
    private final List<KubernetesObject> objects = new ArrayList<>();
    private final List<KubernetesObject> secrets = new ArrayList<>();
    private final List<ResourceType> kinds = new ArrayList<>();
    private final SortedMap<String, Integer> kept = new TreeMap<>();
    private final SortedMap<String, Map<LeftOut, Integer>> leftOut = new TreeMap<>();
    private final List<String> unread = new ArrayList<>();
    private Set<String> selecting = Set.of();
    private boolean secretsRead;

    private Inventory(ClusterReader cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /** @param withSecrets false where nobody could read them afterwards: then they are not read here either */
    static Inventory of(ClusterReader cluster, KubernetesObject namespace, boolean withSecrets) {
        Inventory inventory = new Inventory(cluster, namespace.name());
        inventory.objects.add(Reappliable.of(namespace));
        inventory.read(withSecrets);
        return inventory;
    }

    private void read(boolean withSecrets) {
        ServedKinds served = cluster.kinds();
        served.silent().stream()
                .filter(group -> !MEASURED.contains(group.group()))
                .forEach(group -> unread.add(group.apiVersion() + ": " + group.why()));
        list(ResourceType.SERVICES)
                .ifPresent(services -> selecting = services.stream()
                        .filter(service -> service.at("/spec/selector").exists())
                        .map(KubernetesObject::name)
                        .collect(Collectors.toUnmodifiableSet()));
        served.kinds().stream()
                .filter(Inventory::reappliable)
                .map(Served::type)
                .filter(type -> withSecrets || !secret(type))
                .forEach(this::read);
    }

    private static boolean reappliable(Served served) {
        return served.type().namespaced()
                && served.can("list")
                && served.can("create")
                && !MOMENTARY.contains(served.type().kind());
    }

    private static boolean secret(ResourceType type) {
        return type.kind().equals("Secret") && type.group().isEmpty();
    }

    private void read(ResourceType type) {
        list(type).ifPresent(found -> {
            secretsRead |= secret(type);
            found.forEach(object -> LeftOut.of(object, selecting)
                    .ifPresentOrElse(
                            why -> leftOut.computeIfAbsent(name(type), none -> new EnumMap<>(LeftOut.class))
                                    .merge(why, 1, Integer::sum),
                            () -> keep(type, object)));
            if (kept.containsKey(name(type)) && !secret(type)) {
                kinds.add(type);
            }
        });
    }

    private void keep(ResourceType type, KubernetesObject object) {
        kept.merge(name(type), 1, Integer::sum);
        (secret(type) ? secrets : objects).add(Reappliable.of(object));
    }

    /** @return empty when the kind is gone, or cannot be read, which is told */
    private Optional<List<KubernetesObject>> list(ResourceType type) {
        try {
            return Optional.of(cluster.list(type, Query.in(namespace)));
        } catch (ClusterFailure failure) {
            switch (failure.kind()) {
                case NOT_INSTALLED -> {
                    return Optional.empty();
                }
                case FORBIDDEN, INVALID -> {
                    String line = name(type) + ": " + failure.getMessage();
                    if (!unread.contains(line)) {
                        unread.add(line);
                    }
                    return Optional.empty();
                }
                default -> throw failure;
            }
        }
    }

    static String name(ResourceType type) {
        return type.plural() + (type.group().isEmpty() ? "" : "." + type.group());
    }

    /** Without secrets; the namespace itself is the first. */
    List<KubernetesObject> objects() {
        return objects;
    }

    List<KubernetesObject> secrets() {
        return secrets;
    }

    boolean secretsRead() {
        return secretsRead;
    }

    /** Those of {@link #objects}. */
    List<ResourceType> kinds() {
        return kinds;
    }

    /** How many of each kind, secrets too; the namespace itself is not counted. */
    SortedMap<String, Integer> kept() {
        return kept;
    }

    SortedMap<String, Integer> leftOut() {
        SortedMap<String, Integer> all = new TreeMap<>();
        leftOut.values().forEach(kind -> kind.forEach((why, count) -> all.merge(why.words, count, Integer::sum)));
        return all;
    }

    /** Each a line: what was not to be read, and why. */
    List<String> unread() {
        return unread;
    }

    Table table() {
        Table table = Table.of("KIND", "KEPT", "LEFT OUT");
        Set<String> all = new java.util.TreeSet<>(kept.keySet());
        all.addAll(leftOut.keySet());
        for (String kind : all) {
            table.row(
                    kind,
                    String.valueOf(kept.getOrDefault(kind, 0)),
                    leftOut.getOrDefault(kind, Map.of()).entrySet().stream()
                            .map(each -> each.getValue() + " " + each.getKey().words)
                            .collect(Collectors.joining(", ")));
        }
        return table;
    }
}
