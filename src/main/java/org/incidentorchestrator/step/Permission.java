package org.incidentorchestrator.step;

import java.util.Set;
import org.incidentorchestrator.cluster.Change.Identity;

/**
 * A right in RBAC's words: {@code patch deployments.apps}.
 *
 * @param resource with its subresource: {@code pods/log}; it and the group may be {@code *}: whatever kinds there are
 * @param fields as JSON pointers, on which the admission policy insists: of a patch or a creation all that it sets beside
 *     our own annotations, of a deletion what the object has to have. {@code *} in one is each item of a list, told by
 *     its name, or any name. Empty for whatever there is
 */
public record Permission(
        Identity identity, Place place, String group, String resource, String verb, Set<String> fields) {
    public Permission {
        fields = Set.copyOf(fields);
    }

    public static Permission of(Identity identity, String group, String resource, String verb) {
        return new Permission(identity, Place.of(group, resource), group, resource, verb, Set.of());
    }

    public static Permission look(String group, String resource, String verb) {
        return of(Identity.LOOK, group, resource, verb);
    }

    public static Permission change(String group, String resource, String verb) {
        return of(Identity.CHANGE, group, resource, verb);
    }

    public static Permission isolate(String group, String resource, String verb) {
        return of(Identity.ISOLATE, group, resource, verb);
    }

    public static Permission secrets(String verb) {
        return of(Identity.SECRETS, "", "secrets", verb);
    }

    public static Permission backup(String group, String resource, String verb) {
        return of(Identity.BACKUP, group, resource, verb);
    }

    public static Permission restore(String group, String resource, String verb) {
        return of(Identity.RESTORE, group, resource, verb);
    }

    /** @param wanted see {@link #fields}: {@code /spec/replicas} */
    public Permission only(String... wanted) {
        return new Permission(identity, place, group, resource, verb, Set.of(wanted));
    }

    public Permission at(Place other) {
        return new Permission(identity, other, group, resource, verb, fields);
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
