package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * A namespace of a real API server is kept, loses objects, and gets them back: the whole of a back-up and of a recovery but
 * for the installation itself, for which a script that does nothing stands, and Argo CD, which nobody runs there.
 */
@TestPropertySource(
        properties = {
            "step.mode=EXECUTE",
            "accounts.members.approver=bea",
            "accounts.members.l3=lea",
            "sync.deadline=5s",
            "wait.sync-poll=1s",
            "wait.script-poll=1s",
            "wait.recovery-poll=200ms",
        })
class RecoveryApiServerIT extends ApiServerScenario {
    private static final String VALUE = "bm90LWZvci1hbnlib2R5LWVsc2U=";

    private static final Path FOLDER = Path.of(
                    System.getProperty("test.data", "target/test-data"), "recovery-api-server")
            .toAbsolutePath()
            .normalize();

    @Autowired
    Declarations declarations;

    private Incident about;

    @BeforeAll
    static void theCustomKindsAreServed() {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
    }

    @DynamicPropertySource
    static void machine(DynamicPropertyRegistry settings) throws IOException, GeneralSecurityException {
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        KeyPair keys = new X25519KeyPairGenerator().generateKeyPair();
        Files.writeString(FOLDER.resolve("key"), keys.getPrivate() + "\n");
        settings.add("backup.folder", () -> FOLDER.resolve("backups").toString());
        settings.add("backup.recipients", () -> keys.getPublic().toString());
        settings.add("backup.identity-file", () -> FOLDER.resolve("key").toString());
        settings.add("host.root", FOLDER::toString);
        settings.add("host.runs", () -> FOLDER.resolve("runs").toString());
        settings.add("manifests.folder", () -> FOLDER.resolve("manifests").toString());
        Path app = Files.createDirectories(FOLDER.resolve("manifests/apps/root-app"))
                .resolve("app-of-apps.yaml");
        Files.writeString(
                app,
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: root, namespace: %1$s }
                spec:
                  project: default
                  source: { repoURL: https://git.example/platform.git, path: apps }
                  destination: { namespace: %1$s, server: https://kubernetes.default.svc }
                """
                        .formatted(opened().name()));
        script(settings, "k3s-install");
        script(settings, "terraform-bootstrap");
    }

    private static void script(DynamicPropertyRegistry settings, String id)
            throws IOException, GeneralSecurityException {
        String text = "#!/bin/sh\necho " + id + "\n";
        Path file = FOLDER.resolve(id + ".sh");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        settings.add("host.scripts." + id + ".path", () -> id + ".sh");
        settings.add("host.scripts." + id + ".sha256", () -> HexFormat.of().formatHex(digest));
    }

    @Test
    void what_a_namespace_has_lost_comes_back_from_its_back_up_once_a_second_person_says_so() throws IOException {
        cluster.isWell("kept");
        cluster.has(
                ResourceType.CONFIG_MAPS,
                "{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"kept\"}, \"data\": {\"retries\": \"3\"}}");
        cluster.has(
                ResourceType.SECRETS,
                "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"kept\"}, \"data\": {\"password\": \""
                        + VALUE + "\"}}");
        begin(new Declaration("procedure", "", "", "", "before a disaster", "configuration-backup"), "alice");
        assertThat(ended().outcome()).isNotNull();
        assertThat(recorded("RUNBOOK_ENDED")).containsExactly("runbook configuration-backup ended: done");
        assertThat(recorded("STEP_LOOKED")).anyMatch(look -> look.contains("would do: "));
        assertThat(recorded("STEP_APPLIED")).isEmpty();
        try (Stream<Path> files = Files.walk(FOLDER.resolve("backups"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("objects.yaml", "secrets.yaml.age", "manifest.json");
        }

        isLost(ResourceType.CONFIG_MAPS);
        isLost(ResourceType.SECRETS);
        isLost(ResourceType.DEPLOYMENTS);
        begin(new Declaration("disaster", "", "", "", "somebody deleted half of it", ""), "dora");
        says(
                "lea",
                "Decide on recovery",
                Map.of(
                        "recovery",
                        "recover",
                        "typedCluster",
                        // As the back-up has it: the context that it was made with.
                        "backup",
                        "overrideReason",
                        "only a part of it is gone",
                        "takenBefore",
                        ""));
        approves("Install K3s anew");
        says("lea", "Load credentials", Map.of("credentialsAnswer", "loaded"));
        approves("Bootstrap the platform");
        approves("Restore the applications");
        approves("Restore what is missing");
        says("alice", "Clear obstacle", Map.of("obstacleAnswer", "byHand"));

        assertThat(ended().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(recorded("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: done");
        assertThat(object(ResourceType.CONFIG_MAPS).map("/data")).containsEntry("retries", "3");
        assertThat(object(ResourceType.SECRETS).map("/data")).containsEntry("password", VALUE);
        assertThat(object(ResourceType.DEPLOYMENTS).number("/spec/replicas", 0)).isPositive();
        assertThat(recorded("STEP_APPLIED"))
                .filteredOn(told -> told.contains("restoreBackup"))
                .hasSize(3);
        assertThat(jdbc.sql("select count(*) from step_ledger where effect like :value")
                        .param("value", "%" + VALUE + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void isLost(ResourceType type) {
        cluster.delete(type, object(type));
        await(type.kind() + " is gone", () -> find(type).isEmpty() ? true : null);
    }

    private KubernetesObject object(ResourceType type) {
        return find(type).orElseThrow();
    }

    private static Optional<KubernetesObject> find(ResourceType type) {
        ClusterReader reader = cluster.reader();
        return reader.get(type, cluster.name(), "kept");
    }

    private void begin(Declaration declaration, String person) {
        about = ((Opened) declarations.declare(declaration, person, Optional.empty())).incident();
    }

    private Incident ended() {
        return await("the end of " + about.number(), () -> {
            Incident now = incidents.get(about.number());
            return now.open() ? null : now;
        });
    }

    private List<String> recorded(String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", about.number().value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    private void approves(String question) {
        says(
                "bea",
                "Approve change",
                Map.of("approvalAnswer", "approve", "approvalReason", "seen", "approvalAlternative", ""),
                question);
    }

    private void says(String person, String task, Map<String, Object> answer) {
        says(person, task, answer, "");
    }

    private void says(String person, String name, Map<String, Object> answer, String question) {
        Task task =
                await(
                        "the task " + name + " " + question, () -> tasks
                                .createTaskQuery()
                                .processInstanceBusinessKey(about.number().toString())
                                .taskName(name)
                                .list()
                                .stream()
                                .filter(each -> question.isEmpty()
                                        || String.valueOf(tasks.getVariable(each.getId(), "approvalRequest"))
                                                .contains(question))
                                .findFirst()
                                .orElse(null));
        identities.setAuthentication(person, List.of("l1", "l3", "approver"));
        try {
            tasks.claim(task.getId(), person);
            Map<String, Object> all = new HashMap<>(answer);
            if (question.isEmpty()) {
                all.put("settledNote", "as the test says");
            }
            tasks.complete(task.getId(), all);
        } finally {
            identities.clearAuthentication();
        }
    }
}
