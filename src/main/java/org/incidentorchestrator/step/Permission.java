package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.Change.Identity;

/** A right in RBAC's words: {@code patch deployments.apps}. @param resource with its subresource: {@code pods/log} */
public record Permission(Identity identity, String group, String resource, String verb) {
    public static Permission look(String group, String resource, String verb) {
        return new Permission(Identity.LOOK, group, resource, verb);
    }

    public static Permission change(String group, String resource, String verb) {
        return new Permission(Identity.CHANGE, group, resource, verb);
    }

    /** @param resource and group may be {@code *}: a back-up reads whatever kinds there are */
    public static Permission backup(String group, String resource, String verb) {
        return new Permission(Identity.BACKUP, group, resource, verb);
    }

    @Override
    public String toString() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group);
    }
}
