package org.incidentorchestrator.intake;

import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.IncidentKey;
import org.springframework.stereotype.Component;

/**
 * What an alert is about, from its labels alone. A namespace or a name that Kubernetes would not allow is kept as it
 * is: whoever looks for the object will not find it and a person decides.
 */
@Component
final class AlertKeys {
    private static final int COLUMN = 255;
    /** An autoscaler's name leads to the workload that it scales. */
    private static final List<String> OWNERS =
            List.of("deployment", "statefulset", "daemonset", "job_name", "horizontalpodautoscaler");

    private final List<String> exporters;

    AlertKeys(IntakeSettings settings) {
        this.exporters = settings.exporters();
    }

    IncidentKey of(Map<String, String> labels) {
        return new IncidentKey(
                text(labels, "alertname"),
                bounded(firstOf(text(labels, "exported_namespace"), text(labels, "namespace"))),
                bounded(workload(labels)));
    }

    private String workload(Map<String, String> labels) {
        for (String owner : OWNERS) {
            if (!text(labels, owner).isEmpty()) {
                return text(labels, owner);
            }
        }
        String pod = PodName.owner(firstOf(text(labels, "exported_pod"), text(labels, "pod")));
        String service = text(labels, "service");
        return firstOf(isExporter(pod) ? "" : pod, isExporter(service) ? "" : service);
    }

    /** Charts put the release's name before it: {@code monitoring-kube-state-metrics}. */
    private boolean isExporter(String name) {
        return exporters.stream().anyMatch(exporter -> name.equals(exporter) || name.endsWith("-" + exporter));
    }

    private static String text(Map<String, String> labels, String name) {
        return bounded(labels.getOrDefault(name, ""));
    }

    private static String firstOf(String first, String second) {
        return first.isEmpty() ? second : first;
    }

    private static String bounded(String text) {
        return CleanText.line(text, COLUMN);
    }
}
