package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Step;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What each verb makes of a cluster at one moment: {@code src/test/resources/steps/<verb>/<case>/} holds
 * {@code input.yaml} and {@code cluster-*.yaml} (and {@code logs-*.txt}), and the outcome: {@code plan.yaml} and
 * {@code kubectl.txt}, or {@code refused.txt}. {@code backup-<time>-<file>} are back-ups that lie there, {@code written-*}
 * the files of one that was made. With {@code -Dgolden.update} the outcomes are written anew; read the
 * difference before it is committed.
 */
class GoldenStepTest {
    private static final Path STEPS = Path.of("src/test/resources/steps");
    private static final boolean UPDATE = System.getProperty("golden.update") != null;

    @TestFactory
    Stream<DynamicContainer> each_verb_does_what_its_cases_say() throws IOException {
        return folders(STEPS).stream()
                .map(verb -> DynamicContainer.dynamicContainer(
                        verb.getFileName().toString(),
                        folders(verb).stream()
                                .map(folder -> DynamicTest.dynamicTest(sentence(folder), () -> {
                                    Step<?, ?> step =
                                            Verbs.named(verb.getFileName().toString());
                                    assertThat(step)
                                            .as("a verb of the name of folder " + verb)
                                            .isNotNull();
                                    verify(new GoldenCase(folder), step);
                                }))));
    }

    @Test
    void each_verb_has_three_cases_and_each_that_can_refuse_has_one_in_which_it_does() {
        for (Step<?, ?> verb : Verbs.all()) {
            List<Path> cases = folders(STEPS.resolve(verb.name()));
            assertThat(cases).as("cases of " + verb.name()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(cases.stream().anyMatch(each -> Files.exists(each.resolve("refused.txt"))))
                    .as(verb.name() + " has a case in which it refuses")
                    .isEqualTo(!verb.codes().isEmpty());
        }
    }

    private static void verify(GoldenCase golden, Step<?, ?> step) throws IOException {
        assertThat(golden.strangers()).as("files that no case has").isEmpty();
        Map<String, String> outcome = golden.run(step);
        assertThat(golden.asked()).allSatisfy(asked -> assertThat(step.permissions())
                .as("the rights it declares")
                .anyMatch(right -> covers(right, asked)));
        if (UPDATE) {
            golden.update(outcome);
        }
        assertThat(golden.golden()).isEqualTo(outcome);
        assertThat(golden.unused()).as("files that were not used").isEmpty();
    }

    /** Who reads whatever kinds there are, or those of a group, has the right to read each. */
    private static boolean covers(Permission right, String asked) {
        return right.toString().equals(asked)
                || right.resource().equals("*")
                        && asked.startsWith(right.verb() + " ")
                        && (right.group().equals("*") || asked.endsWith("." + right.group()));
    }

    private static String sentence(Path folder) {
        return folder.getFileName().toString().replace('-', ' ');
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + parent, e);
        }
    }
}
