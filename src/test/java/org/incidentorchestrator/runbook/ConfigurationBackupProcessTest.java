package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What our namespaces hold is kept, and found out to be worth something; people are asked when it is not. */
class ConfigurationBackupProcessTest extends RecoveryScenario {
    private static final String READ = "Read back-up";

    @BeforeEach
    void somebodyAsksForIt() {
        firesAs("ConfigurationBackup");
    }

    @Test
    void each_namespace_is_kept_and_verified_and_nobody_is_asked() throws IOException {
        isBackedUp();

        assertThat(outcome()).isEqualTo("done");
        assertThat(backups()).hasSize(1);
        assertThat(Files.readString(backups().get(0).resolve("objects.yaml")))
                .contains("kind: \"Deployment\"", "kind: \"Service\"")
                .doesNotContain("kind: \"Secret\"");
        assertThat(backups().get(0).resolve("secrets.yaml.age")).exists();
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("would do: "));
        assertThat(taskNames()).doesNotContain(READ);
        assertThat(changes()).isEmpty();
    }

    @Test
    void nothing_of_a_secret_is_readable_on_the_disk_or_on_the_record() throws IOException {
        String value = "bm90LWZvci1hbnlib2R5LWVsc2U=";
        Target secret = new Target("Secret", Sandbox.NAMESPACE, "by-hand");
        sandbox.create(json(
                """
                {"apiVersion": "v1", "kind": "Secret", "type": "Opaque", "data": {"password": "%s"},
                 "metadata": {"name": "%s", "namespace": "%s"}}"""
                        .formatted(value, secret.name(), secret.namespace())));
        try {
            isBackedUp();
        } finally {
            sandbox.delete(secret);
        }

        assertThat(told("STEP_LOOKED"))
                .anyMatch(look -> look.contains("1 secrets encrypted"))
                .anyMatch(look -> look.contains("1 secrets could be decrypted"));
        try (Stream<Path> files = Files.walk(BACKUPS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(value, "not-for-anybody-else");
            }
        }
        assertThat(jdbc.sql("select count(*) from step_ledger where output like :value")
                        .param("value", "%" + value + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_back_up_of_one_namespace_is_one_of_that_alone() {
        begins("configuration-backup", Map.of("namespace", Sandbox.NAMESPACE));

        assertThat(outcome()).isEqualTo("done");
        assertThat(backups()).hasSize(1);
    }

    @Test
    void where_nothing_can_be_written_a_person_reads_why_and_has_it_made_once_that_is_put_right() throws IOException {
        Files.writeString(BACKUPS, "in the way");
        isBackedUp();
        assertThat(outcome()).isNull();
        assertThat(told("NOTE")).last().asString().contains("cannot be written to");

        Files.delete(BACKUPS);
        settles("again");

        assertThat(outcome()).isEqualTo("done");
        assertThat(backups()).hasSize(1);
        assertThat(told("DECIDED")).contains("alice settled 'Read back-up': seen");
    }

    @Test
    void secrets_that_the_key_here_does_not_open_are_a_fault_and_a_person_may_take_it_as_it_is() {
        theKeyIs(anotherKey());
        isBackedUp();
        assertThat(variable("verification")).isEqualTo("notVerified");
        assertThat(facts()).contains("cannot be decrypted").contains("\"seen\":\"yes\"");

        settles("accept");

        assertThat(outcome()).isEqualTo("done");
        assertThat(backups()).hasSize(1);
    }

    @Test
    void a_namespace_that_is_gone_is_told_and_whoever_reads_it_leaves_it() {
        Target namespace = new Target("Namespace", "", Sandbox.NAMESPACE);
        KubernetesObject was = sandbox.reader()
                .get(ResourceType.NAMESPACES, "", Sandbox.NAMESPACE)
                .orElseThrow();
        sandbox.delete(namespace);
        try {
            isBackedUp();
            assertThat(facts()).contains("is not there");
            settles("abandon");
        } finally {
            ObjectNode again = was.toJson();
            again.withObject("/metadata").retain("name", "labels");
            again.remove("status");
            sandbox.create(again);
        }
        assertThat(outcome()).isEqualTo("abandoned");
        assertThat(backups()).isEmpty();
    }

    @Test
    void a_fault_may_be_handed_over() {
        theKeyIs(anotherKey());
        isBackedUp();
        settles("handOver");

        assertThat(outcome()).isEqualTo("handedToHuman");
    }

    @Test
    void whoever_ends_it_while_a_fault_is_read_ends_it_there() {
        theKeyIs(anotherKey());
        isBackedUp();
        resolvesAs("ConfigurationBackup");
        work();

        assertThat(outcome()).isEqualTo("abandoned");
        assertThat(taskNames()).doesNotContain(READ);
    }

    @Test
    void what_was_ended_before_it_began_makes_no_back_up() {
        resolvesAs("ConfigurationBackup");
        isBackedUp();

        assertThat(outcome()).isEqualTo("abandoned");
        assertThat(backups()).isEmpty();
    }

    @Test
    void without_a_back_up_there_is_none_to_verify() {
        begins("check-backup", Map.of("namespace", Sandbox.NAMESPACE));

        assertThat(outcome()).isEqualTo("noBackUp");
    }

    @Test
    void a_back_up_without_secrets_is_good_as_far_as_it_was_checked() throws IOException {
        isBackedUp();
        Path manifest = backups().get(0).resolve("manifest.json");
        ObjectNode tree = (ObjectNode) json(Files.readString(manifest));
        tree.put("secrets", "NO_RECIPIENTS");
        tree.withObject("/kept").remove("secrets");
        tree.withArray("/files").remove(1);
        Files.writeString(manifest, tree.toString());

        begins("check-backup", Map.of("namespace", Sandbox.NAMESPACE));

        assertThat(outcome()).isEqualTo("notAllChecked");
        assertThat(variable("backupText")).asString().contains("it holds no secrets");
    }

    @Test
    void the_newest_back_up_of_each_namespace_is_verified_and_nobody_is_asked() {
        isBackedUp();
        begins("verify-backup", Map.of());

        assertThat(outcome()).isEqualTo("done");
        assertThat(told("STEP_LOOKED").stream().filter(look -> look.contains("would do: ")))
                .hasSize(2);
        assertThat(taskNames()).doesNotContain(READ);
    }

    @Test
    void a_namespace_without_a_back_up_is_read_by_a_person_until_there_is_one() {
        begins("verify-backup", Map.of());
        assertThat(facts()).contains("none of a1-orchestrator");
        Task reading = task(READ);

        begins("configuration-backup", Map.of());
        engine.getTaskService()
                .complete(reading.getId(), Map.of("backupAnswer", "again", "settledNote", "one was made"));
        work();

        assertThat(taskNames()).doesNotContain(READ);
        assertThat(told("STEP_LOOKED").stream().filter(look -> look.contains("would do: ")))
                .hasSize(2);
    }

    @Test
    void what_could_not_be_checked_is_not_verified_and_is_taken_over_by_people_or_left() {
        isBackedUp();
        theKeyIs(anotherKey());
        begins("verify-backup", Map.of());
        settles("handOver");
        assertThat(outcome()).isEqualTo("handedToHuman");

        begins("verify-backup", Map.of());
        settles("abandon");
        assertThat(outcome()).isEqualTo("abandoned");
    }

    @Test
    void a_namespace_of_others_is_refused_and_whoever_reads_it_ends_it() {
        begins("verify-backup", Map.of("namespace", "kube-system"));
        assertThat(facts()).contains("none of cluster.namespaces");
        resolvesAs("ConfigurationBackup");
        work();

        assertThat(outcome()).isEqualTo("abandoned");
    }

    @Test
    void what_was_ended_before_it_began_is_not_verified() {
        isBackedUp();
        resolvesAs("ConfigurationBackup");
        begins("verify-backup", Map.of());

        assertThat(outcome()).isEqualTo("abandoned");
    }

    private void isBackedUp() {
        begins("configuration-backup", Map.of());
        passesUnseen(Duration.ofSeconds(1));
    }

    private void settles(String answer) {
        answers("alice", READ, Map.of("backupAnswer", answer, "settledNote", "seen"));
        work();
    }

    private String facts() {
        return String.valueOf(engine.getTaskService().getVariable(task(READ).getId(), "findings"));
    }
}
