package org.incidentorchestrator.step.guard;

import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * Which Argo CD application says that it manages an object.
 *
 * @param application its name
 */
record ArgoTracking(String application) {
    private static final String ID = "argocd.argoproj.io/tracking-id";
    private static final List<String> LABELS = List.of("argocd.argoproj.io/instance", "app.kubernetes.io/instance");

    /** All that may manage it. A tracking id that names another object was copied, and says nothing. */
    static List<ArgoTracking> of(KubernetesObject object) {
        String self = "/" + object.kind() + ":" + object.namespace() + "/" + object.name();
        Stream<String> byId = object.annotation(ID).filter(id -> id.endsWith(self)).stream()
                .map(id -> id.substring(0, Math.max(0, id.indexOf(':'))));
        Stream<String> byLabel = LABELS.stream().map(label -> object.labels().getOrDefault(label, ""));
        return Stream.concat(byId, byLabel)
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(ArgoTracking::new)
                .toList();
    }

    /** In a tracking id an application outside of Argo CD's own namespace is {@code namespace_name}. */
    boolean names(KubernetesObject app) {
        return application.equals(app.name()) || application.equals(app.namespace() + "_" + app.name());
    }
}
