package org.incidentorchestrator.step.verb;

/**
 * The fields that several verbs change, as JSON pointers in the words of {@link
 * org.incidentorchestrator.step.Permission#fields}.
 */
public final class Fields {
    public static final String REPLICAS = "/spec/replicas";

    public static final String RESTARTED = "/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt";

    /** Of containers, and of sidecars. */
    public static final String[] MEMORY = {
        "/spec/template/spec/containers/*/resources/limits/memory",
        "/spec/template/spec/initContainers/*/resources/limits/memory"
    };

    public static final String[] REPLICAS_AND_MEMORY = {REPLICAS, MEMORY[0], MEMORY[1]};

    /** Of an autoscaler of Kubernetes. */
    public static final String[] BOUNDS = {"/spec/minReplicas", "/spec/maxReplicas"};

    /** Of KEDA's ScaledObject. */
    public static final String[] COUNTS = {"/spec/minReplicaCount", "/spec/maxReplicaCount"};

    public static final String SUSPENDED = "/spec/suspend";

    /** Of an application of Argo CD. */
    public static final String SELF_HEAL = "/spec/syncPolicy/automated/selfHeal";

    private Fields() {}
}
