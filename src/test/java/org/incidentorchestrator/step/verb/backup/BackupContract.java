package org.incidentorchestrator.step.verb.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Manifest;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** What a back-up is worth, on the sandbox and on a real API server: it is made, all is deleted, and it could be applied. */
abstract class BackupContract {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    static final String PASSWORD = "correct-horse-battery";

    /** What somebody has in a namespace; the secret's value is {@link #PASSWORD}. */
    static final Map<ResourceType, String> OBJECTS = Map.of(
            ResourceType.DEPLOYMENTS,
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: kept, namespace: NAMESPACE, labels: { app: kept } }
            spec:
              replicas: 1
              selector: { matchLabels: { app: kept } }
              template:
                metadata: { labels: { app: kept } }
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                    - { name: app, image: example.invalid/app:1, env: [{ name: MODE, value: "on" }] }""",
            ResourceType.SERVICES,
            """
            apiVersion: v1
            kind: Service
            metadata: { name: kept, namespace: NAMESPACE }
            spec: { selector: { app: kept }, ports: [{ port: 8080 }] }""",
            ResourceType.CONFIG_MAPS,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: kept, namespace: NAMESPACE }
            data: { retries: "3", upstream: "http://one\\nhttp://other\\n" }""",
            ResourceType.EXTERNAL_SECRETS,
            """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: kept, namespace: NAMESPACE }
            spec: { refreshInterval: 15m, target: { name: kept } }""",
            ResourceType.SECRETS,
            """
            apiVersion: v1
            kind: Secret
            metadata: { name: kept-credentials, namespace: NAMESPACE }
            type: Opaque
            data: { password: %s }"""
                    .formatted(base64(PASSWORD)));

    @TempDir
    Path folder;

    private final Keys keys = Keys.made();

    abstract ClusterReader reader();

    abstract ClusterWriter writer();

    abstract String namespace();

    /** Makes {@link #OBJECTS}, and waits until the deployment has a pod. */
    abstract void deploy();

    /** Deletes them, and waits until they are gone. */
    abstract void deleteAll();

    @Test
    void what_was_deleted_could_be_applied_from_its_back_up() throws IOException {
        deploy();
        Map<String, Object> made = Verbs.output(backup(List.of(keys.recipient())));
        assertThat(made).containsEntry("complete", true).containsEntry("secrets", "encrypted");
        assertThat(number(made, "secretsKept")).isPositive();
        assertThat(number(made, "leftOut")).as("replica set, pod").isGreaterThanOrEqualTo(2);
        deleteAll();

        Map<String, Object> verified = Verbs.output(verify(keys.in(folder)));

        assertThat(verified)
                .as("%s", verified.get("resultText"))
                .containsEntry("result", "verified")
                .containsEntry("secrets", "decrypted")
                .containsEntry("refused", 0);
        assertThat(reader().get(ResourceType.CONFIG_MAPS, namespace(), "kept"))
                .as("a dry run")
                .isEmpty();
        afterwards(folder.resolve("backups").resolve(made.get("backup").toString()));
    }

    /** What only one of the clusters shows. */
    void afterwards(Path backup) throws IOException {
        assertThat(objects(backup)).isNotEmpty();
    }

    @Test
    void what_the_server_sets_and_what_is_made_again_is_not_kept() throws IOException {
        deploy();
        backup(List.of());
        List<KubernetesObject> objects = objects(only());
        assertThat(objects)
                .extracting(KubernetesObject::kind)
                .contains("Namespace", "Deployment", "Service", "ConfigMap", "ExternalSecret")
                .doesNotContain("Secret", "Pod", "ReplicaSet", "EndpointSlice", "Event");
        assertThat(objects).allSatisfy(object -> {
            assertThat(object.at("/status").exists()).isFalse();
            assertThat(object.uid()).isEmpty();
            assertThat(object.resourceVersion()).isEmpty();
            assertThat(object.at("/metadata/managedFields").exists()).isFalse();
        });
        assertThat(objects.stream().filter(object -> object.kind().equals("Service")))
                .allMatch(service -> !service.text("/spec/clusterIP", "None").contains("."));
        KubernetesObject config = objects.stream()
                .filter(object ->
                        object.kind().equals("ConfigMap") && object.name().equals("kept"))
                .findFirst()
                .orElseThrow();
        assertThat(config.map("/data"))
                .containsEntry("retries", "3")
                .containsEntry("upstream", "http://one\nhttp://other\n");
    }

    @Test
    void what_was_deleted_is_made_again_from_its_back_up_and_no_secret_is_seen_on_the_way() {
        deploy();
        Map<String, Object> made = Verbs.output(backup(List.of(keys.recipient())));
        deleteAll();
        BackupSettings withKey = settings(List.of(), keys.in(folder));

        Plan<?> plan = new RestoreBackup(withKey, ours())
                .plan(new RestoreBackup.Input(namespace(), made.get("backup").toString(), null), context());

        assertThat(plan.toString()).doesNotContain(base64(PASSWORD), PASSWORD);
        SealedSecrets sealed = new SealedSecrets(withKey, ours());
        plan.effects().forEach(effect -> writer().apply(
                        sealed.unsealed(((Effect.OnCluster) effect).change()), Write.FOR_REAL));
        assertThat(reader().get(ResourceType.SECRETS, namespace(), "kept-credentials")
                        .orElseThrow()
                        .map("/data"))
                .containsEntry("password", base64(PASSWORD));
        assertThat(reader().get(ResourceType.CONFIG_MAPS, namespace(), "kept")).isPresent();
        assertThat(Verbs.output(
                        new CompareBackup(withKey, ours()).plan(new CompareBackup.Input(namespace(), null), context())))
                .containsEntry("missing", 0)
                .containsEntry("secrets", "restorable");
    }

    @Test
    void a_sealed_secret_whose_back_up_was_exchanged_is_not_sent() throws IOException {
        deploy();
        Map<String, Object> made = Verbs.output(backup(List.of(keys.recipient())));
        deleteAll();
        BackupSettings withKey = settings(List.of(), keys.in(folder));
        Plan<?> plan = new RestoreBackup(withKey, ours())
                .plan(new RestoreBackup.Input(namespace(), made.get("backup").toString(), null), context());
        Path secrets =
                folder.resolve("backups").resolve(made.get("backup").toString()).resolve("secrets.yaml.age");
        Files.write(secrets, Files.readAllBytes(secrets.resolveSibling("objects.yaml")));

        SealedSecrets sealed = new SealedSecrets(withKey, ours());
        assertThatThrownBy(
                        () -> plan.effects().forEach(effect -> sealed.unsealed(((Effect.OnCluster) effect).change())))
                .hasMessageContaining("is not what it was any more");
    }

    @Test
    void without_room_for_it_none_is_begun() {
        BackupSettings cramped = new BackupSettings(
                folder.resolve("backups").toString(),
                List.of(),
                "",
                14,
                Duration.ofDays(90),
                DataSize.ofTerabytes(1_000_000));
        deploy();
        assertThatThrownBy(() ->
                        new BackupNamespace(cramped, ours()).plan(new BackupNamespace.Input(namespace()), context()))
                .hasMessageContaining("backup.min-free");
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    @Test
    void without_a_recipient_secrets_are_not_kept_and_that_is_said() throws IOException {
        deploy();
        Plan<?> made = backup(List.of());
        assertThat(made.summary()).contains("secrets are NOT backed up");
        assertThat(Verbs.output(made)).containsEntry("secrets", "noRecipients").containsEntry("secretsKept", 0);
        assertThat(only().resolve("secrets.yaml.age")).doesNotExist();
        assertThat(Verbs.output(verify(""))).containsEntry("result", "notAllChecked");
    }

    @Test
    void no_secret_is_anywhere_in_plain_text() throws IOException {
        deploy();
        Plan<?> made = backup(List.of(keys.recipient()));
        Plan<?> verified = verify(keys.in(folder));
        List<String> told = new ArrayList<>();
        Stream.of(made, verified).forEach(plan -> {
            told.add(plan.summary());
            told.add(plan.output().toString());
            told.addAll(plan.kubectl());
            plan.artefacts().forEach(artefact -> told.add(artefact.content()));
        });
        try (Stream<Path> files = Files.walk(folder.resolve("backups"))) {
            files.filter(Files::isRegularFile).forEach(file -> told.add(text(file)));
        }
        assertThat(told).hasSizeGreaterThan(8).allSatisfy(text -> assertThat(text)
                .doesNotContain(PASSWORD)
                .doesNotContain(base64(PASSWORD))
                .doesNotContain(keys.secret()));
    }

    @Test
    void without_a_key_it_is_not_claimed_that_secrets_can_be_decrypted_and_a_wrong_key_fails() {
        deploy();
        backup(List.of(keys.recipient()));
        assertThat(Verbs.output(verify("")))
                .containsEntry("secrets", "notChecked")
                .containsEntry("result", "notAllChecked");
        assertThat(Verbs.output(verify(Keys.made().in(folder))))
                .containsEntry("secrets", "failed")
                .containsEntry("result", "failed");
    }

    @Test
    void what_the_api_server_would_not_take_is_named_and_nothing_is_made() {
        KubernetesObject unfit = Manifest.of(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: { name: unfit, namespace: NAMESPACE }
                spec: { replicas: -1, selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } },
                    spec: { containers: [{ name: app, image: i }] } } }"""
                        .replace("NAMESPACE", namespace()));
        assertThatThrownBy(() -> reader().validate(ResourceType.DEPLOYMENTS, unfit))
                .isInstanceOfSatisfying(ClusterFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.INVALID))
                .hasMessageContaining("replicas");
        assertThat(reader().get(ResourceType.DEPLOYMENTS, namespace(), "unfit")).isEmpty();
    }

    @Test
    void an_object_of_a_namespace_that_is_not_there_would_not_be_taken() {
        KubernetesObject lost =
                Manifest.of("{apiVersion: v1, kind: ConfigMap, metadata: {name: lost, namespace: no-such-namespace}}");
        assertThatThrownBy(() -> reader().validate(ResourceType.CONFIG_MAPS, lost))
                .isInstanceOfSatisfying(ClusterFailure.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void an_object_that_is_there_is_tried_over_what_it_is_and_stays_as_it_is() {
        deploy();
        KubernetesObject before =
                reader().get(ResourceType.CONFIG_MAPS, namespace(), "kept").orElseThrow();
        KubernetesObject other = Manifest.of(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: kept, namespace: %s}, data: {retries: \"4\"}}"
                        .formatted(namespace()));
        assertThat(reader().validate(ResourceType.CONFIG_MAPS, other).map("/data"))
                .containsEntry("retries", "4")
                .containsKey("upstream");
        assertThat(reader().get(ResourceType.CONFIG_MAPS, namespace(), "kept")).contains(before);
    }

    // ---- what the tests do

    private Plan<?> backup(List<String> recipients) {
        return new BackupNamespace(settings(recipients, ""), ours())
                .plan(new BackupNamespace.Input(namespace()), context());
    }

    private Plan<?> verify(String identityFile) {
        return new VerifyBackup(settings(List.of(), identityFile), ours())
                .plan(new VerifyBackup.Input(namespace(), null), context());
    }

    private BackupSettings settings(List<String> recipients, String identityFile) {
        return new BackupSettings(
                folder.resolve("backups").toString(),
                recipients,
                identityFile,
                14,
                Duration.ofDays(90),
                DataSize.ofMegabytes(1));
    }

    private ClusterSettings ours() {
        return new ClusterSettings(
                "",
                false,
                "",
                Map.of(),
                Map.of(),
                Duration.ofSeconds(10),
                10,
                List.of(namespace()),
                Duration.ofSeconds(15));
    }

    private StepContext context() {
        return new StepContext(reader(), Optional.empty(), Mode.EXECUTE, NOW);
    }

    private Path only() throws IOException {
        try (Stream<Path> backups = Files.list(folder.resolve("backups").resolve(namespace()))) {
            List<Path> all = backups.collect(Collectors.toList());
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    static List<KubernetesObject> objects(Path backup) throws IOException {
        return YamlText.parsed(Files.readAllBytes(backup.resolve("objects.yaml")));
    }

    List<KubernetesObject> there(ResourceType type) {
        return reader().list(type, Query.in(namespace()));
    }

    private static int number(Map<String, Object> output, String name) {
        return ((Number) output.get(name)).intValue();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
