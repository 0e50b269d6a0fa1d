package org.incidentorchestrator.step.rights;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.verb.LookSettings;
import org.springframework.stereotype.Component;

/** Which namespaces each place is, by the settings. */
@Component
final class Places {
    private final ClusterSettings cluster;
    private final ArgoCdSettings argoCd;
    private final LookSettings look;

    Places(ClusterSettings cluster, ArgoCdSettings argoCd, LookSettings look) {
        this.cluster = cluster;
        this.argoCd = argoCd;
        this.look = look;
    }

    /** The whole cluster is the empty name. */
    List<String> of(Place place) {
        return switch (place) {
            case OURS -> cluster.namespaces();
            case LOOKED_AT -> look.namespaces();
            case ARGO_CD -> List.of(argoCd.namespace());
            case OF_NODES -> List.of("default");
            case KUBE_SYSTEM -> List.of("kube-system");
            case CLUSTER -> List.of("");
        };
    }

    /** All of them, each once. */
    SortedSet<String> namespaces() {
        SortedSet<String> all = new TreeSet<>();
        Stream.of(Place.values()).filter(place -> place != Place.CLUSTER).forEach(place -> all.addAll(of(place)));
        return all;
    }
}
