package org.incidentorchestrator.step.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The machine of the golden cases, made from {@code src/test/resources/host}: rights are part of it, and no checkout
 * keeps them. One for each test JVM.
 */
final class GoldenHost {
    private static final Path GIVEN = Path.of("src/test/resources/host");
    private static final Path MADE = Path.of(System.getProperty("test.data", "target/test-data"), "golden-host")
            .toAbsolutePath()
            .normalize();
    private static final String SMOKE_TESTS = "9aada97e003ab97873e511bc0a68354a486c6592513f7c23fec4710084406b97";
    private static final String K3S_INSTALL = "556244f4893876f6dc2e45abdb504d5504be248ccb86f5f14f0b21bb8d576f04";

    private GoldenHost() {}

    /** What the settings say of it. */
    static List<String> settings() {
        make();
        return Stream.of(
                        List.of(
                                "host.name=host-1",
                                "host.root=" + MADE.resolve("root"),
                                "host.runs=" + MADE.resolve("runs"),
                                "audit.log=" + MADE.resolve("audit/audit.log")),
                        script(
                                "smoke-tests",
                                SMOKE_TESTS,
                                "read-only=true",
                                "arguments[0]=--for",
                                "arguments[1]=all pods"),
                        script("k3s-install", K3S_INSTALL, "time-limit=90s", "environment[0]=K3S_VERSION"),
                        script("moved", SMOKE_TESTS, "read-only=true"),
                        script("edited", K3S_INSTALL),
                        script("shared", SMOKE_TESTS))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> script(String id, String sha256, String... more) {
        return Stream.concat(Stream.of("path=infra/" + id + ".sh", "sha256=" + sha256), Stream.of(more))
                .map(setting -> "host.scripts." + id + "." + setting)
                .toList();
    }

    private static void make() {
        try {
            FileSystemUtils.deleteRecursively(MADE);
            FileSystemUtils.copyRecursively(GIVEN, MADE);
            try (Stream<Path> all = Files.walk(MADE)) {
                for (Path each : all.toList()) {
                    boolean others = each.endsWith("shared.sh");
                    Files.setPosixFilePermissions(
                            each, PosixFilePermissions.fromString(others ? "rwxrwxr-x" : "rwxr-xr-x"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + MADE, e);
        }
    }
}
