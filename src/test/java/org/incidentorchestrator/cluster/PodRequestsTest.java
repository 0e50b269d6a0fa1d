package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scheduler's rule, as the Kubernetes documentation gives it under "Init containers" and "Sidecar containers". */
class PodRequestsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the containers together | containers: [100m, 200m] | 300m",
                "none asks for nothing | containers: [0] | 0m",
                "the largest init container, where it is more | init: [500m, 400m]; containers: [100m, 200m] | 500m",
                "an init container that takes less counts nothing | init: [50m]; containers: [100m] | 100m",
                "a sidecar runs beside the containers | init: [100m*]; containers: [200m] | 300m",
                "a sidecar runs beside the init containers after it | init: [100m*, 500m]; containers: [200m] | 600m",
                "and not beside those before it | init: [500m, 100m*]; containers: [200m] | 500m",
                "the overhead comes on top | containers: [100m]; overhead: 50m | 150m",
                "what the pod says as a whole counts instead | containers: [100m]; pod: 250m; overhead: 50m | 300m"
            })
    void a_pod_asks_for(String rule, String pod, String cpu) {
        assertThat(PodRequests.of(spec(pod)).text(Amounts.CPU)).isEqualTo(cpu);
    }

    @Test
    void limits_are_those_of_what_runs() {
        KubernetesObject spec = Manifest.of(
                """
                initContainers:
                - {name: migrate, resources: {limits: {memory: 4Gi}}}
                - {name: tunnel, restartPolicy: Always, resources: {limits: {memory: 64Mi}}}
                containers:
                - {name: app, resources: {limits: {memory: 512Mi}}}
                - {name: proxy}
                """);
        assertThat(PodRequests.limits(spec).text(Amounts.MEMORY)).isEqualTo("576Mi");
        assertThat(PodRequests.limits(spec).text(Amounts.CPU)).isEqualTo("<none>");
    }

    /** @param pod amounts of CPU; a star marks a sidecar */
    private static KubernetesObject spec(String pod) {
        StringBuilder yaml = new StringBuilder();
        for (String part : pod.split(";")) {
            String[] field = part.strip().split(":", 2);
            String value = field[1].strip();
            yaml.append(
                    switch (field[0]) {
                        case "init" -> "initContainers: " + containers(value);
                        case "containers" -> "containers: " + containers(value);
                        case "overhead" -> "overhead: {cpu: " + value + "}";
                        default -> "resources: {requests: {cpu: " + value + "}}";
                    });
            yaml.append('\n');
        }
        return Manifest.of(yaml.toString());
    }

    private static String containers(String amounts) {
        StringBuilder list = new StringBuilder("[");
        for (String amount : amounts.replaceAll("[\\[\\] ]", "").split(",")) {
            boolean sidecar = amount.endsWith("*");
            list.append("{name: c, ")
                    .append(sidecar ? "restartPolicy: Always, " : "")
                    .append("resources: {requests: {cpu: ")
                    .append(amount.replace("*", ""))
                    .append("}}},");
        }
        return list.append("]").toString();
    }
}
