package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.FileSystemUtils;

/** A machine that keeps back-ups and has the scripts of a recovery, which count how often they ran. */
@TestPropertySource(
        properties = {
            "backup.identity-file=${test.data:./target/test-data}/recovery/" + RecoveryScenario.KEY_NAME,
            "outage.looks=3",
            "sync.deadline=2m",
        })
abstract class RecoveryScenario extends RunbookScenario {
    private static final Path FOLDER = Path.of(System.getProperty("test.data", "target/test-data"), "recovery")
            .toAbsolutePath()
            .normalize();
    static final Path BACKUPS = FOLDER.resolve("backups");
    static final String KEY_NAME = "backup-key.txt";
    private static final Path KEY = FOLDER.resolve(KEY_NAME);
    static final Path RAN = FOLDER.resolve("ran");
    static final Path SCRIPTS = FOLDER.resolve("root/infra");

    /** One pair for all programs that this machine has: each would else lose the key of the other. */
    private static final KeyPair KEYS = pair();

    private String run;

    @DynamicPropertySource
    static void machine(DynamicPropertyRegistry settings) throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        settings.add("backup.folder", BACKUPS::toString);
        settings.add("backup.recipients", () -> KEYS.getPublic().toString());
        settings.add("host.name", () -> "host-1");
        settings.add("host.root", () -> FOLDER.resolve("root").toString());
        settings.add("host.runs", () -> FOLDER.resolve("runs").toString());
        settings.add("manifests.folder", () -> "src/test/resources/manifests");
        script(settings, "k3s-install");
        script(settings, "terraform-bootstrap");
    }

    private static void script(DynamicPropertyRegistry settings, String id) throws IOException {
        String text =
                """
                #!/bin/sh
                echo %s >> %s
                while [ -e %s ]; do sleep 0.1; done
                [ ! -e %s ]
                """
                        .formatted(id, RAN, FOLDER.resolve("goes-on"), FOLDER.resolve("fails"));
        Files.createDirectories(SCRIPTS);
        Path file = SCRIPTS.resolve(id + ".sh");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        settings.add("host.scripts." + id + ".path", () -> "infra/" + id + ".sh");
        settings.add("host.scripts." + id + ".sha256", () -> sha256(text));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void nothingIsThereYet() throws IOException {
        FileSystemUtils.deleteRecursively(BACKUPS);
        Files.deleteIfExists(RAN);
        scriptsFail(false);
        scriptsGoOn(false);
        theKeyIs(KEYS.getPrivate().toString());
    }

    static void theKeyIs(String secret) {
        write(KEY, secret + "\n");
    }

    static String anotherKey() {
        return pair().getPrivate().toString();
    }

    private static KeyPair pair() {
        try {
            return new X25519KeyPairGenerator().generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void scriptsFail(boolean so) throws IOException {
        mark("fails", so);
    }

    /** They do not come to their end for as long as this is so. */
    static void scriptsGoOn(boolean so) throws IOException {
        mark("goes-on", so);
    }

    private static void mark(String name, boolean so) throws IOException {
        Path marker = FOLDER.resolve(name);
        if (so) {
            Files.writeString(marker, "");
        } else {
            Files.deleteIfExists(marker);
        }
    }

    /** Which scripts have run, in order. */
    static List<String> ran() {
        try {
            return Files.exists(RAN) ? Files.readAllLines(RAN) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The back-ups that lie there, the oldest first. */
    static List<Path> backups() {
        Path shelf = BACKUPS.resolve(Sandbox.NAMESPACE);
        if (!Files.isDirectory(shelf)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(shelf)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A procedure or a part begins, for the incident that is open. */
    void begins(String key, Map<String, Object> more) {
        Map<String, Object> variables = new HashMap<>(Map.of(
                "incident", incident().number().toString(),
                "namespace", "",
                "alertName", incident().key().alertName(),
                "severity", "critical",
                "summary", incident().summary(),
                "openedAt",
                        Instant.now(java.time.Clock.fixed(now(), java.time.ZoneOffset.UTC))
                                .toString(),
                "mode", "EXECUTE"));
        variables.putAll(more);
        run = engine.getRuntimeService()
                .startProcessInstanceByKey(key, incident().number().toString(), variables)
                .getId();
        work();
    }

    /** How the run that was begun has ended; null while it goes on. */
    String outcome() {
        return (String) variable("outcome");
    }

    Object variable(String name) {
        var found = engine.getHistoryService()
                .createHistoricVariableInstanceQuery()
                .processInstanceId(run)
                .variableName(name)
                .list();
        assertThat(found).hasSizeLessThanOrEqualTo(1);
        return found.isEmpty() ? null : found.get(0).getValue();
    }
}
