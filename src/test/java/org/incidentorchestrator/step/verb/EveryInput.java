package org.incidentorchestrator.step.verb;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.step.Step;

/** For any verb an input, about a workload of a test's namespace that has all that verbs look for. */
final class EveryInput {
    static final String WORKLOAD = "every";

    /** What the components of inputs are by their names. */
    private static final Map<String, Object> NAMED = Map.ofEntries(
            Map.entry("workload", WORKLOAD),
            Map.entry("service", WORKLOAD),
            Map.entry("application", WORKLOAD),
            Map.entry("externalSecret", WORKLOAD),
            Map.entry("secret", WORKLOAD),
            Map.entry("requestedAt", "2026-11-24T03:00:00Z"),
            Map.entry("host", "localhost"),
            Map.entry("revision", "0123456789abcdef0123456789abcdef01234567"),
            Map.entry("path", "every.yaml"),
            Map.entry("script", "smoke-tests"),
            Map.entry("step", "scaleWorkload"),
            Map.entry("container", "app"),
            Map.entry("limit", "256Mi"),
            Map.entry("labels", "app=" + WORKLOAD),
            Map.entry("reason", "a test"),
            Map.entry("lines", 50),
            Map.entry("minutes", 10),
            Map.entry("port", 8080),
            Map.entry("atLeast", 3));

    /** What verbs look for beside a workload and its service. */
    private static final Map<ResourceType, String> OBJECTS = Map.of(
            ResourceType.CRON_JOBS,
            """
            {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "every", "labels": {"app": "every"}},
             "spec": {"schedule": "0 0 1 1 *", "jobTemplate": {"spec": {"template": {"spec": {"restartPolicy": "Never",
              "containers": [{"name": "job", "image": "example.invalid/job:1"}]}}}}}}""",
            ResourceType.ARGO_APPLICATIONS,
            """
            {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "every"}, "spec": {
             "project": "default", "source": {"repoURL": "https://example.invalid/git", "path": "every"},
             "destination": {"namespace": "every"}, "syncPolicy": {"automated": {"selfHeal": true}}}}""",
            ResourceType.EXTERNAL_SECRETS,
            """
            {"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "metadata": {"name": "every"}, "spec": {
             "refreshInterval": "1h", "secretStoreRef": {"name": "store", "kind": "SecretStore"},
             "target": {"name": "every-tls"}, "data": []}}""",
            ResourceType.SECRETS,
            """
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "every-token", "annotations": {
             "kubernetes.io/service-account.name": "default"}}, "type": "kubernetes.io/service-account-token"}""");

    private EveryInput() {}

    /** The workload, and what stands beside it. */
    static void prepare(TestNamespace cluster) {
        cluster.isWell(WORKLOAD);
        OBJECTS.forEach((type, json) -> cluster.has(type, json));
    }

    /** By the names of the input's components; what is not named is left out, a number is 1. */
    static Map<String, Object> of(Step<?, ?> step, TestNamespace cluster) {
        Map<String, Object> known = new HashMap<>(NAMED);
        known.putAll(Map.of(
                "target", "Deployment/" + cluster.name() + "/" + WORKLOAD,
                "namespace", cluster.name(),
                "pod", cluster.pods(WORKLOAD).get(0).name()));
        Map<String, Object> input = new HashMap<>();
        for (RecordComponent component : step.input().getRecordComponents()) {
            Object value = known.get(component.getName());
            if (value != null) {
                input.put(component.getName(), value);
            } else if (component.getType() == boolean.class) {
                input.put(component.getName(), false);
            } else if (Set.of(int.class, long.class).contains(component.getType())) {
                input.put(component.getName(), 1);
            }
        }
        return input;
    }
}
