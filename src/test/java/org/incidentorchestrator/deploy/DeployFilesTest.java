package org.incidentorchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is deployed is what the verbs of the models declare. With {@code -Dpages.update} it is written anew. */
class DeployFilesTest {
    private static final Set<Identity> WIDE = Set.of(Identity.BACKUP, Identity.RESTORE);

    @TestFactory
    Stream<DynamicTest> a_file_says_what_the_verbs_declare() {
        return DeployFiles.generated().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> verify(file)));
    }

    private static void verify(Map.Entry<String, String> file) throws IOException {
        Path path = DeployFiles.FOLDER.resolve(file.getKey());
        if (System.getProperty("pages.update") != null) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        assertThat(path)
                .as("written anew by mvn test -Dtest=DeployFilesTest -Dpages.update")
                .hasContent(file.getValue());
    }

    @Test
    void all_kinds_are_given_to_the_back_up_and_the_recovery_alone_and_in_our_namespaces_alone() {
        assertThat(DeployFiles.rights().all().stream()
                        .filter(right -> right.group().equals("*")))
                .isNotEmpty()
                .allMatch(right -> WIDE.contains(right.identity()) && right.place() == Place.OURS);
    }

    @Test
    void nobody_who_looks_reads_secrets_and_nobody_who_changes_reads_anything() {
        Stream<Permission> all = DeployFiles.rights().all().stream();
        assertThat(all.filter(right -> Set.of("get", "list").contains(right.verb())))
                .allMatch(right -> !Set.of(Identity.CHANGE, Identity.ISOLATE, Identity.RESTORE)
                        .contains(right.identity()))
                .filteredOn(right -> right.resource().equals("secrets"))
                .allMatch(right -> right.identity() == Identity.SECRETS);
    }

    @Test
    void the_settings_name_the_accounts_and_the_namespaces_that_are_bound() {
        Map<String, String> settings = settings();
        Stream.of(Identity.values())
                .filter(identity -> identity != Identity.LOOK)
                .forEach(identity ->
                        assertThat(settings).containsEntry("CLUSTER_ACCOUNTS_" + identity, Accounts.name(identity)));
        assertThat(words(settings.get("CLUSTER_NAMESPACES"))).isEqualTo(bound("../../bindings/ours"));
        assertThat(words(settings.get("LOOK_NAMESPACES"))).isEqualTo(bound("../../bindings/looked-at"));
        assertThat(words(settings.get("ARGOCD_NAMESPACE"))).isEqualTo(bound("../../bindings/argocd"));
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        file("base/settings.yaml")
                .path("data")
                .properties()
                .forEach(each -> settings.put(each.getKey(), each.getValue().asText()));
        return settings;
    }

    private static Set<String> words(String list) {
        return new TreeSet<>(Arrays.asList(list.split(",")));
    }

    /** The namespaces of the folders that take in these bindings. */
    private static Set<String> bound(String bindings) {
        Set<String> bound = new TreeSet<>();
        file("namespaces/kustomization.yaml").path("resources").forEach(folder -> {
            JsonNode one = file("namespaces/" + folder.asText() + "/kustomization.yaml");
            if (one.at("/resources/0").asText().equals(bindings)) {
                bound.add(one.path("namespace").asText());
            }
        });
        return bound;
    }

    @Test
    void the_program_runs_as_nobody_in_particular_and_can_write_to_its_volumes_alone() {
        JsonNode pod = file("base/deployment.yaml").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.path("serviceAccountName").asText()).isEqualTo(Accounts.name(Identity.LOOK));
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        assertThat(container.findValuesAsText("mountPath")).containsExactly("/data", "/tmp");
        assertThat(Stream.of("startupProbe", "readinessProbe", "livenessProbe").filter(container::has))
                .hasSize(3);
        assertThat(container.at("/resources").properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("requests", "limits");
    }

    private static JsonNode file(String name) {
        return Yaml.read(DeployFiles.FOLDER.resolve(name)).get(0);
    }
}
