package org.incidentorchestrator.step.verb.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;

/**
 * What the API server says of objects that are to be applied, in a dry run of each.
 *
 * @param refused those that it would not take, each with its reason
 * @param notTried those of which nothing is known: for want of a right or of time
 */
record Trial(List<String> refused, List<String> notTried) {
    static final Trial NONE = new Trial(List.of(), List.of());

    /** Less than the 30 s that a step has. Elapsed time is measured, not told by the clock, which people may set. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    static Trial of(List<KubernetesObject> objects, ClusterReader cluster) {
        Trial trial = new Trial(new ArrayList<>(), new ArrayList<>());
        ServedKinds served = cluster.kinds();
        long begin = System.nanoTime();
        for (KubernetesObject object : objects) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                trial.notTried.add(name(object) + ": there was no time left");
            } else {
                trial.take(object, served, cluster);
            }
        }
        return trial;
    }

    private void take(KubernetesObject object, ServedKinds served, ClusterReader cluster) {
        Optional<ResourceType> type = type(object, served);
        if (type.isEmpty()) {
            String apiVersion = object.text("/apiVersion", "");
            served.silence(group(apiVersion))
                    .ifPresentOrElse(
                            silent -> notTried.add(name(object) + ": " + silent.why()),
                            () -> refused.add(name(object) + ": " + apiVersion + " is not installed here"));
            return;
        }
        try {
            cluster.validate(type.get(), object);
        } catch (ClusterFailure failure) {
            switch (failure.kind()) {
                case FORBIDDEN -> notTried.add(name(object) + ": " + failure.getMessage());
                case INVALID, NOT_INSTALLED, NOT_FOUND, CONFLICT, OWNED ->
                    refused.add(name(object) + ": " + failure.getMessage());
                default -> throw failure;
            }
        }
    }

    /** In the version that it was kept in, which may be served still when another is preferred by now. */
    static Optional<ResourceType> type(KubernetesObject object, ServedKinds served) {
        String apiVersion = object.text("/apiVersion", "");
        String group = group(apiVersion);
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        return served.find(group, object.kind())
                .map(type -> new ResourceType(group, version, type.kind(), type.plural(), type.namespaced()));
    }

    private static String group(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    }

    private static String name(KubernetesObject object) {
        return object.kind() + "/" + object.name();
    }
}
