package org.incidentorchestrator.cluster;

import org.incidentorchestrator.incident.Target;

/** A ScaledObject of KEDA (keda.sh/v1alpha1): what it scales, between which bounds, and whether somebody paused it. */
public record ScaledObjectView(KubernetesObject object) {
    /** Holds what is scaled at a number, whatever the load: KEDA's own way to switch a service off. */
    public static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";

    private static final String PAUSED = "autoscaling.keda.sh/paused";
    /** KEDA's own default. */
    private static final int MAX = 100;

    public String name() {
        return object.name();
    }

    public boolean scales(Target workload) {
        return object.namespace().equals(workload.namespace())
                && object.text("/spec/scaleTargetRef/kind", "Deployment").equals(workload.kind())
                && object.text("/spec/scaleTargetRef/name", "").equals(workload.name());
    }

    public int min() {
        return object.number("/spec/minReplicaCount", 0);
    }

    public int max() {
        return object.number("/spec/maxReplicaCount", MAX);
    }

    public boolean paused() {
        return object.annotation(PAUSED_REPLICAS).isPresent()
                || object.annotation(PAUSED).filter("true"::equals).isPresent();
    }
}
