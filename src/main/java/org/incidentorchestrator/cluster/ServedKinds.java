package org.incidentorchestrator.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Every kind that an API server serves, each once, in the version that its group prefers (what {@code kubectl
 * api-resources} shows). Without subresources.
 *
 * @param kinds sorted by group, then plural
 * @param silent the groups whose kinds are not known, or not known to be the present ones, because the program behind
 *     them does not answer: what is not found may be among them
 */
public record ServedKinds(List<Served> kinds, List<Silent> silent) {
    public ServedKinds {
        kinds = kinds.stream()
                .sorted(Comparator.comparing((Served each) -> each.type().group())
                        .thenComparing(each -> each.type().plural()))
                .toList();
        silent = List.copyOf(silent);
    }

    /** @param verbs as RBAC names them: get, list, watch, create, update, patch, delete, deletecollection */
    public record Served(ResourceType type, SortedSet<String> verbs) {
        public Served {
            verbs = new TreeSet<>(verbs);
        }

        public boolean can(String verb) {
            return verbs.contains(verb);
        }
    }

    /** @param why one sentence: what was seen, and what to do */
    public record Silent(String group, String version, String why) {
        public String apiVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    /** The kinds of one group; empty when nothing of it is installed, or when it is {@link #silence silent}. */
    public List<Served> of(String group) {
        return kinds.stream().filter(each -> each.type().group().equals(group)).toList();
    }

    public Optional<ResourceType> find(String group, String kind) {
        return of(group).stream()
                .map(Served::type)
                .filter(type -> type.kind().equals(kind))
                .findFirst();
    }

    /** Why nothing certain is known of a group; empty when all of it is known. */
    public Optional<Silent> silence(String group) {
        return silent.stream().filter(each -> each.group().equals(group)).findFirst();
    }
}
