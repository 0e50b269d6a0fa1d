package org.incidentorchestrator.deploy;

import java.util.Locale;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Place;

/** What things are called in a cluster. Whoever looks is the pod's own account. */
final class Accounts {
    static final String PREFIX = "incident-orchestrator";
    static final String NAMESPACE = "incident-orchestrator";

    private Accounts() {}

    static String name(Identity identity) {
        return identity == Identity.LOOK ? PREFIX : PREFIX + "-" + word(identity);
    }

    static String user(Identity identity) {
        return "system:serviceaccount:" + NAMESPACE + ":" + name(identity);
    }

    /** Of a role: what it lets do, and where. */
    static String role(Identity identity, Place place) {
        String where = place == Place.OURS ? "" : "-" + place(place);
        return PREFIX + "-" + word(identity) + where;
    }

    /** Of the file with the bindings of a place. */
    static String place(Place place) {
        return place == Place.ARGO_CD
                ? "argocd"
                : place.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String word(Identity identity) {
        return identity.name().toLowerCase(Locale.ROOT);
    }
}
