package org.incidentorchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader who opens a package first reads what it is for. */
class PackageInfoTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void every_package_says_what_it_is_for() throws IOException {
        assertThat(packages()).as("packages").isNotEmpty().allSatisfy(folder -> assertThat(
                        folder.resolve("package-info.java"))
                .as("package-info.java of %s: add one that begins with a javadoc", folder)
                .isRegularFile()
                .content()
                .startsWith("/**"));
    }

    private static List<Path> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
