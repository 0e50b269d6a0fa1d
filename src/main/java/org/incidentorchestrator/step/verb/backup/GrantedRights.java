package org.incidentorchestrator.step.verb.backup;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;

/**
 * Roles and their bindings are a part of a back-up. Whoever applies one, be it as a dry run, has to have the rights in it,
 * or the right to hand on what is not theirs.
 */
final class GrantedRights {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private GrantedRights() {}

    /** @param rights that create kinds of whatever sort; whose identity they are of, applies roles too */
    static Set<Permission> with(Permission... rights) {
        Stream<Permission> handedOn = Stream.of(rights)
                .filter(right -> right.verb().equals("create"))
                .map(Permission::identity)
                .flatMap(GrantedRights::of);
        return Stream.concat(Stream.of(rights), handedOn).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Permission> of(Identity identity) {
        return Stream.of(
                Permission.of(identity, GROUP, "roles", "escalate"),
                Permission.of(identity, GROUP, "roles", "bind"),
                Permission.of(identity, GROUP, "clusterroles", "bind").at(Place.OURS));
    }
}
