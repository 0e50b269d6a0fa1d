package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.junit.jupiter.api.Test;

/** The page of all verbs tells what the classes are. With {@code -Dpages.update} it is written anew. */
class VerbsPageTest {
    private static final Path PAGE = Path.of("src/docs/verbs.md");

    @Test
    void the_page_tells_of_every_verb_what_it_does_for_which_lines_and_with_which_rights() throws IOException {
        String page = page();
        if (System.getProperty("pages.update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("written anew by mvn test -Dtest=VerbsPageTest -Dpages.update")
                .hasContent(page);
    }

    private static String page() {
        String topics = Verbs.all().stream()
                .map(VerbsPageTest::topic)
                .distinct()
                .sorted()
                .map(VerbsPageTest::section)
                .collect(Collectors.joining("\n"));
        return """
                # Verbs

                What an operator would type, one class each, as `${steps.<verb>}` in the models. Generated from the classes
                (`mvn test -Dtest=VerbsPageTest -Dpages.update`); the runbook's lines are those of
                [obligations.tsv](../main/resources/runbook/obligations.tsv), the cases lie in
                [src/test/resources/steps](../test/resources/steps). "Workloads" are deployments.apps, statefulsets.apps,
                daemonsets.apps and jobs.batch; a right "as" somebody is one of another identity than the one that looks.

                """
                + topics;
    }

    private static String section(String topic) {
        return "## " + topic
                + "\n\n| verb | does | runbook lines | API calls, as rights | cases |\n|---|---|---|---|---|\n"
                + Verbs.all().stream()
                        .filter(step -> topic(step).equals(topic))
                        .sorted(Comparator.comparing(Step::name))
                        .map(VerbsPageTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Step<?, ?> step) {
        return "| `%s`%s | %s | %s | %s | %d |\n"
                .formatted(
                        step.name(),
                        step.changes() ? " (changes)" : "",
                        VerbSource.of(step).does(),
                        String.join(" ", lines(step)),
                        VerbRights.text(step.permissions()),
                        cases(step));
    }

    private static String[] lines(Step<?, ?> step) {
        String[] lines =
                step.getClass().getAnnotation(RunbookLines.class).value().clone();
        Arrays.sort(lines);
        return lines;
    }

    private static String topic(Step<?, ?> step) {
        String name = step.getClass().getPackageName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static long cases(Step<?, ?> step) {
        Path folder = Path.of("src/test/resources/steps").resolve(step.name());
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> cases = Files.list(folder)) {
            return cases.filter(Files::isDirectory).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
