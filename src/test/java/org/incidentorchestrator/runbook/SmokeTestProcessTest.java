package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;
import static org.incidentorchestrator.sandbox.Scenario.POLICY_DENIES;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.awaitility.Awaitility;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** The platform's own script beside the typed checks: it really runs, for as long and with the end that a test says. */
class SmokeTestProcessTest extends RunbookScenario {
    private static final Path HOST = Path.of(System.getProperty("test.data", "target/test-data"), "smoke-test")
            .toAbsolutePath()
            .normalize();
    private static final Path HOLD = HOST.resolve("root/hold");
    private static final Path EXIT = HOST.resolve("root/exit");
    private static final Path SCRIPT = HOST.resolve("root/infra/smoke-tests.sh");
    private static final String TEXT =
            "#!/bin/sh\nwhile [ -e hold ]; do sleep 0.05; done\necho checked\nexit $(cat exit)\n";

    @Autowired
    RunAbort runs;

    private String run;

    @DynamicPropertySource
    static void host(DynamicPropertyRegistry settings) throws IOException, NoSuchAlgorithmException {
        String sha256 = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(TEXT.getBytes(StandardCharsets.UTF_8)));
        settings.add("spring.datasource.url", () -> "jdbc:h2:mem:smoke-test;DB_CLOSE_DELAY=-1;WRITE_DELAY=0");
        settings.add("host.root", () -> HOST.resolve("root").toString());
        settings.add("host.runs", () -> HOST.resolve("runs").toString());
        settings.add("host.scripts.smoke-tests.path", () -> "infra/smoke-tests.sh");
        settings.add("host.scripts.smoke-tests.sha256", () -> sha256);
        settings.add("host.scripts.smoke-tests.read-only", () -> "true");
        // What a script of an earlier build has left would be taken for the end of this one's.
        FileSystemUtils.deleteRecursively(HOST);
        lay();
    }

    private static void lay() throws IOException {
        Files.createDirectories(SCRIPT.getParent());
        Files.writeString(SCRIPT, TEXT);
        Files.setPosixFilePermissions(SCRIPT, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(SCRIPT.getParent(), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(HOST.resolve("root"), PosixFilePermissions.fromString("rwx------"));
    }

    @BeforeEach
    void ended() throws IOException {
        lay();
        Files.deleteIfExists(HOLD);
        Files.writeString(EXIT, "0");
    }

    @AfterEach
    void letGo() throws IOException {
        Files.deleteIfExists(HOLD);
    }

    @Test
    void a_script_that_passes_and_checks_that_pass_are_a_pass() {
        begins("EXECUTE");
        ends();

        assertThat(word("outcome")).isEqualTo("passed");
        assertThat(word("scriptText")).asString().contains("ended with exit status 0");
    }

    @Test
    void a_script_that_takes_its_time_is_waited_for() throws IOException {
        Files.writeString(HOLD, "");
        begins("EXECUTE");
        passes(Duration.ofSeconds(30));
        assertThat(word("outcome")).as("it runs").isNull();
        Files.delete(HOLD);
        ends();

        assertThat(word("outcome")).isEqualTo("passed");
    }

    @Test
    void a_script_that_fails_fails_the_test_whatever_the_checks_say() throws IOException {
        Files.writeString(EXIT, "3");
        begins("EXECUTE");
        ends();

        assertThat(word("outcome")).isEqualTo("failed");
        assertThat(word("smokeTest")).isEqualTo("passed");
    }

    @Test
    void checks_that_fail_fail_the_test_whatever_the_script_says() {
        sandbox.play(NEVER_HEALTHY, "mcp-config");
        passesUnseen(Duration.ofMinutes(2));
        begins("EXECUTE");
        ends();

        assertThat(word("outcome")).isEqualTo("failed");
        assertThat(word("smokeText")).asString().contains("mcp-config");
    }

    @Test
    void what_could_not_be_told_is_no_pass() {
        sandbox.play(POLICY_DENIES, "mcp-orchestrator-api");
        passesUnseen(Duration.ofMinutes(2));
        begins("EXECUTE");
        ends();

        assertThat(word("outcome")).isEqualTo("unknown");
    }

    @Test
    void a_script_that_is_not_the_one_that_was_pinned_is_not_run_and_that_is_said() throws IOException {
        Files.writeString(SCRIPT, TEXT + "# and more\n");
        begins("EXECUTE");
        ends();

        assertThat(word("scriptRun")).isEqualTo("notAvailable");
        assertThat(word("scriptText"))
                .asString()
                .startsWith("The script is not available on this host, and was not run");
        assertThat(word("outcome")).as("by the typed checks alone").isEqualTo("passed");
    }

    @Test
    void a_rehearsal_looks_at_the_script_and_does_not_run_it() {
        begins("REHEARSE");
        ends();

        assertThat(word("scriptRun")).isEqualTo("rehearsed");
        assertThat(word("outcome")).isEqualTo("passed");
    }

    @Test
    void a_person_who_ends_the_work_is_not_kept_by_a_script_that_runs() throws IOException {
        Files.writeString(HOLD, "");
        begins("EXECUTE");
        assertThat(runs.abort(incident().number(), "alice", "not today")).isEmpty();
        work();

        assertThat(word("outcome")).isEqualTo("unknown");
    }

    private void begins(String mode) {
        Incident work = incidents.declare(
                new IncidentKey("SmokeTest", Sandbox.NAMESPACE, "of-" + now().getEpochSecond()),
                Severity.INFO,
                "a test of the test",
                "alice",
                null,
                now());
        isAbout(work.number());
        run = engine.getRuntimeService()
                .startProcessInstanceByKey("smoke-test", work.number().toString(), Map.of("mode", mode))
                .getId();
        work();
    }

    /** The script's processes live in real time. */
    private void ends() {
        Awaitility.await("the end of the test").untilAsserted(() -> {
            passes(Duration.ofSeconds(10));
            assertThat(word("outcome")).isNotNull();
        });
    }

    private Object word(String variable) {
        var found = engine.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .activityInstanceIdIn(run)
                .variableName(variable)
                .singleResult();
        return found == null ? null : found.getValue();
    }
}
