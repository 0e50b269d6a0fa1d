package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The README's table of settings and the records that read them are the same list. */
class SettingsTableTest {
    private static final Set<String> OF_THE_PLATFORM =
            Set.of("server.port", "spring.datasource.url", "spring.datasource.username", "spring.datasource.password");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void the_table_of_the_readme_names_every_setting_and_no_other() throws IOException {
        Set<String> settings = new TreeSet<>(OF_THE_PLATFORM);
        records().flatMap(SettingsTableTest::names).forEach(settings::add);
        assertThat(inReadme()).isEqualTo(settings);
    }

    private static Stream<Class<?>> records() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("org.incidentorchestrator").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .filter(type -> !type.getName().contains("Test"));
    }

    private static Stream<String> names(Class<?> type) {
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        return Stream.of(type.getRecordComponents())
                .map(component -> prefix + "." + DataObjectPropertyName.toDashedForm(component.getName()));
    }

    /** What stands in the first column of the table under the heading Settings. */
    private static Set<String> inReadme() throws IOException {
        return Files.readString(Path.of("README.md"))
                .split("\n## Settings\n")[1]
                .split("\n## ")[0]
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
