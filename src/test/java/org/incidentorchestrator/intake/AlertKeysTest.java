package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.IncidentKey;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AlertKeysTest {
    private static final Path CASES = Path.of("src/test/resources/intake/kube-prometheus");

    private final AlertKeys keys = new AlertKeys(Fixture.settings());

    /** Each rule of kube-prometheus has its message beside the namespace/workload that it is about. */
    @TestFactory
    Stream<DynamicTest> real_alerts_are_about_the_workload_that_a_person_would_name() throws IOException {
        try (var files = Files.list(CASES)) {
            List<Path> messages = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(messages).hasSizeGreaterThan(10);
            return messages.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> examine(file)));
        }
    }

    private void examine(Path file) throws IOException {
        Message message = new AlertmanagerMessage("alertmanager", keys).read(Files.readAllBytes(file));

        assertThat(message.faults()).isEmpty();
        IncidentKey key = message.alerts().get(0).key();
        assertThat(key.alertName()).isEqualTo(name(file));
        assertThat(key.namespace() + "/" + key.workload())
                .isEqualTo(
                        Files.readString(CASES.resolve(name(file) + ".key.txt")).strip());
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".json", "");
    }

    @Test
    void a_pods_name_loses_what_kubernetes_has_hung_on_it_and_nothing_else() {
        assertThat(Stream.of(
                                "mcp-gateway-7d9f8b6c5d-x2x7z",
                                "fluent-bit-x2x7z",
                                "postgres-12",
                                "nightly-backup-29401020-x2x7z",
                                "kube-apiserver-node-one",
                                "plain",
                                "web-frontend-proxy")
                        .map(PodName::owner))
                .containsExactly(
                        "mcp-gateway",
                        "fluent-bit",
                        "postgres",
                        "nightly-backup-29401020",
                        "kube-apiserver-node-one",
                        "plain",
                        "web-frontend-proxy");
    }

    @Test
    void a_namespace_that_cannot_exist_stays_what_it_was() {
        IncidentKey key = keys.of(Map.of("alertname", "A", "namespace", "../x", "deployment", "${jndi:x}"));

        assertThat(key).isEqualTo(new IncidentKey("A", "../x", "${jndi:x}"));
    }

    @Test
    void parts_fit_their_columns_and_never_hold_the_separator() {
        IncidentKey key =
                keys.of(Map.of("alertname", "a".repeat(300), "namespace", "n\u001fm", "deployment", "d".repeat(300)));

        assertThat(key.text().length()).isLessThanOrEqualTo(800);
        assertThat(key.namespace()).isEqualTo("n m");
    }

    @Test
    void the_owner_is_named_before_the_pod_and_the_pod_before_the_service() {
        assertThat(keys.of(Map.of("alertname", "A", "pod", "p-0", "deployment", "d", "service", "s"))
                        .workload())
                .isEqualTo("d");
        assertThat(keys.of(Map.of("alertname", "A", "pod", "p-0", "service", "s"))
                        .workload())
                .isEqualTo("p");
        assertThat(keys.of(Map.of("alertname", "A", "service", "s")).workload()).isEqualTo("s");
        assertThat(keys.of(Map.of("alertname", "A")).workload()).isEmpty();
    }
}
