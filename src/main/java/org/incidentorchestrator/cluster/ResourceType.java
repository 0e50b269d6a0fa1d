package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Optional;

/**
 * A kind as the API server serves it.
 *
 * @param group empty for the core group
 * @param plural as it stands in URLs
 */
public record ResourceType(String group, String version, String kind, String plural, boolean namespaced) {
    public static final ResourceType PODS = new ResourceType("", "v1", "Pod", "pods", true);
    public static final ResourceType SERVICES = new ResourceType("", "v1", "Service", "services", true);
    public static final ResourceType SERVICE_ACCOUNTS =
            new ResourceType("", "v1", "ServiceAccount", "serviceaccounts", true);
    public static final ResourceType EVENTS = new ResourceType("", "v1", "Event", "events", true);
    public static final ResourceType NODES = new ResourceType("", "v1", "Node", "nodes", false);
    public static final ResourceType NAMESPACES = new ResourceType("", "v1", "Namespace", "namespaces", false);
    public static final ResourceType DEPLOYMENTS = new ResourceType("apps", "v1", "Deployment", "deployments", true);
    public static final ResourceType REPLICA_SETS = new ResourceType("apps", "v1", "ReplicaSet", "replicasets", true);
    public static final ResourceType STATEFUL_SETS =
            new ResourceType("apps", "v1", "StatefulSet", "statefulsets", true);
    public static final ResourceType DAEMON_SETS = new ResourceType("apps", "v1", "DaemonSet", "daemonsets", true);
    public static final ResourceType JOBS = new ResourceType("batch", "v1", "Job", "jobs", true);
    public static final ResourceType AUTOSCALERS =
            new ResourceType("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);
    public static final ResourceType DISRUPTION_BUDGETS =
            new ResourceType("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true);
    public static final ResourceType ENDPOINT_SLICES =
            new ResourceType("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);
    public static final ResourceType NETWORK_POLICIES =
            new ResourceType("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true);
    public static final ResourceType ROLE_BINDINGS =
            new ResourceType("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true);
    public static final ResourceType CLUSTER_ROLE_BINDINGS =
            new ResourceType("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false);
    public static final ResourceType POD_METRICS =
            new ResourceType("metrics.k8s.io", "v1beta1", "PodMetrics", "pods", true);
    public static final ResourceType NODE_METRICS =
            new ResourceType("metrics.k8s.io", "v1beta1", "NodeMetrics", "nodes", false);
    public static final ResourceType VOLUME_CLAIMS =
            new ResourceType("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", true);
    public static final ResourceType STORAGE_CLASSES =
            new ResourceType("storage.k8s.io", "v1", "StorageClass", "storageclasses", false);
    public static final ResourceType QUOTAS = new ResourceType("", "v1", "ResourceQuota", "resourcequotas", true);
    public static final ResourceType LIMIT_RANGES = new ResourceType("", "v1", "LimitRange", "limitranges", true);
    public static final ResourceType SECRETS = new ResourceType("", "v1", "Secret", "secrets", true);
    public static final ResourceType INGRESSES =
            new ResourceType("networking.k8s.io", "v1", "Ingress", "ingresses", true);
    public static final ResourceType EXTERNAL_SECRETS =
            new ResourceType("external-secrets.io", "v1", "ExternalSecret", "externalsecrets", true);
    public static final ResourceType ARGO_APPLICATIONS =
            new ResourceType("argoproj.io", "v1alpha1", "Application", "applications", true);

    public static final ResourceType ARGO_PROJECTS =
            new ResourceType("argoproj.io", "v1alpha1", "AppProject", "appprojects", true);
    public static final ResourceType CONFIG_MAPS = new ResourceType("", "v1", "ConfigMap", "configmaps", true);
    public static final ResourceType CRON_JOBS = new ResourceType("batch", "v1", "CronJob", "cronjobs", true);
    public static final ResourceType SECRET_STORES =
            new ResourceType("external-secrets.io", "v1", "SecretStore", "secretstores", true);
    public static final ResourceType SCALED_OBJECTS =
            new ResourceType("keda.sh", "v1alpha1", "ScaledObject", "scaledobjects", true);

    private static final List<ResourceType> KNOWN = List.of(
            PODS,
            SERVICES,
            SERVICE_ACCOUNTS,
            EVENTS,
            NODES,
            NAMESPACES,
            DEPLOYMENTS,
            REPLICA_SETS,
            STATEFUL_SETS,
            DAEMON_SETS,
            JOBS,
            AUTOSCALERS,
            DISRUPTION_BUDGETS,
            ENDPOINT_SLICES,
            NETWORK_POLICIES,
            ROLE_BINDINGS,
            CLUSTER_ROLE_BINDINGS,
            POD_METRICS,
            NODE_METRICS,
            VOLUME_CLAIMS,
            STORAGE_CLASSES,
            QUOTAS,
            LIMIT_RANGES,
            ARGO_APPLICATIONS,
            ARGO_PROJECTS,
            CONFIG_MAPS,
            SECRETS,
            INGRESSES,
            CRON_JOBS,
            EXTERNAL_SECRETS,
            SECRET_STORES,
            SCALED_OBJECTS);

    public static List<ResourceType> known() {
        return KNOWN;
    }

    public static Optional<ResourceType> ofKind(String kind) {
        return KNOWN.stream().filter(type -> type.kind.equals(kind)).findFirst();
    }

    /**
     * Defined by a CustomResourceDefinition, not by Kubernetes: such kinds take no strategic merge patch (415), because
     * their lists have no merge keys.
     */
    public boolean custom() {
        return group.contains(".") && !group.endsWith(".k8s.io");
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
