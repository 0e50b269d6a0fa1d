package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.ObligationLines.Line;
import org.incidentorchestrator.step.verb.VerbRights;
import org.junit.jupiter.api.Test;

/**
 * Every line of the written runbook is carried by a model or a decision, or is on the list of those that are still open,
 * and that list only shrinks. The page says which element carries it, by which verb and API calls, and which tests run it.
 * With {@code -Dpages.update} it is written anew.
 */
class RunbookPageTest {
    private static final Path PAGE = Path.of("src/docs/runbook.md");
    private static final Path DEFECTS = Path.of("src/docs/runbook-defects.md");
    private static final Pattern COMMAND = Pattern.compile("^(kubectl|\\./|argocd|curl|export|dmesg|journalctl).*");
    private static final Pattern DEFECT = Pattern.compile("(?m)^\\| (\\d+) \\| ([^|]*) \\|");

    private static final List<Carrier> CARRIERS = Carrier.all();
    private static final TestsOfModels TESTS = new TestsOfModels();

    @Test
    void the_page_tells_of_every_line_what_carries_it_by_which_calls_and_what_tests_that() throws IOException {
        String page = page();
        if (System.getProperty("pages.update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("written anew by mvn test -Dtest=RunbookPageTest -Dpages.update")
                .hasContent(page);
    }

    @Test
    void every_line_is_carried() {
        Set<String> nobodys = ObligationLines.ids();
        nobodys.removeAll(carried());
        assertThat(nobodys)
                .as(
                        "lines that nothing carries: name each at the element that carries it out (camunda:property runbook)")
                .isEmpty();
    }

    @Test
    void every_line_is_run_by_a_test() {
        assertThat(ObligationLines.read()).isNotEmpty().allSatisfy(line -> assertThat(tests(line))
                .as("%s is carried by %s", line.id(), carriers(line))
                .isNotEmpty());
    }

    @Test
    void decisions_name_no_line_that_the_runbook_does_not_have() {
        assertThat(ObligationLines.ids()).containsAll(carried());
    }

    @Test
    void readings_and_defects_are_of_lines_that_there_are() throws IOException {
        assertThat(ObligationLines.ids())
                .containsAll(ObligationLines.readings().keySet())
                .containsAll(defective());
    }

    /** The two windows that begin at once are the runbook's defect and no single line's reading. */
    @Test
    void what_is_told_the_runbooks_owner_is_read_otherwise_at_the_line_too() throws IOException {
        Set<String> unread = defective();
        unread.removeAll(ObligationLines.readings().keySet());
        assertThat(unread).allMatch(line -> line.matches("[WN]\\d\\d"));
    }

    @Test
    void the_defects_are_numbered_one_after_the_other() throws IOException {
        List<Integer> numbers = DEFECT.matcher(Files.readString(DEFECTS))
                .results()
                .map(defect -> Integer.parseInt(defect.group(1)))
                .toList();
        assertThat(numbers)
                .isNotEmpty()
                .isEqualTo(Stream.iterate(1, n -> n + 1).limit(numbers.size()).toList());
    }

    private static Set<String> defective() throws IOException {
        return DEFECT.matcher(Files.readString(DEFECTS))
                .results()
                .flatMap(defect -> Carrier.ids(defect.group(2)).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> carried() {
        return CARRIERS.stream()
                .flatMap(carrier -> carrier.lines().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String page() {
        return """
                # The runbook, line by line

                What carries out each line of the written runbook ([obligations.tsv](../main/resources/runbook/obligations.tsv)),
                by which step and API calls, and what tests it. Generated from the models, the decisions and
                [readings.tsv](../main/resources/runbook/readings.tsv) (`mvn test -Dtest=RunbookPageTest -Dpages.update`); what is
                wrong with the written runbook is in [runbook-defects.md](runbook-defects.md), what each verb does in
                [verbs.md](verbs.md). API calls are those of all steps that carry the line, as rights; "workloads" are
                deployments.apps, statefulsets.apps, daemonsets.apps and jobs.batch. Tests are those that are named after the
                model, else after a model that calls it, and those that say that they are about the line.

                """
                + ObligationLines.read().stream()
                        .map(Line::procedure)
                        .distinct()
                        .map(RunbookPageTest::section)
                        .collect(Collectors.joining("\n"));
    }

    private static String section(String procedure) {
        return "## " + procedure
                + "\n\n| line | the runbook says | carried by | API calls | tests | read as |\n|---|---|---|---|---|---|\n"
                + ObligationLines.read().stream()
                        .filter(line -> line.procedure().equals(procedure))
                        .map(RunbookPageTest::row)
                        .collect(Collectors.joining());
    }

    private static String row(Line line) {
        List<Carrier> carriers = carriers(line);
        return Stream.of(
                        line.id(),
                        said(line.text()),
                        carriedBy(carriers),
                        VerbRights.text(carriers.stream()
                                .flatMap(carrier -> carrier.rights().stream())
                                .collect(Collectors.toSet())),
                        String.join(" ", tests(line)),
                        cell(ObligationLines.readings().getOrDefault(line.id(), "")))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** A model once, with its elements. */
    private static String carriedBy(List<Carrier> carriers) {
        Map<Path, List<Carrier>> files =
                carriers.stream().collect(Collectors.groupingBy(Carrier::file, TreeMap::new, Collectors.toList()));
        return files.entrySet().stream()
                .map(file -> "[%s](../../%s)%s"
                        .formatted(file.getValue().get(0).model(), file.getKey(), elements(file.getValue())))
                .collect(Collectors.joining("<br>"));
    }

    private static String elements(List<Carrier> carriers) {
        String elements = carriers.stream()
                .filter(carrier -> !carrier.element().isEmpty())
                .map(carrier -> carrier.element() + " (" + carrier.does() + ")")
                .collect(Collectors.joining(", "));
        return elements.isEmpty() ? "" : ": " + elements;
    }

    private static List<Carrier> carriers(Line line) {
        return CARRIERS.stream()
                .filter(carrier -> carrier.lines().contains(line.id()))
                .toList();
    }

    private static Set<String> tests(Line line) {
        return Stream.concat(
                        carriers(line).stream().map(TESTS::of).flatMap(Collection::stream),
                        TESTS.about(line.id()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String said(String text) {
        return COMMAND.matcher(text).matches() ? "`" + cell(text) + "`" : cell(text);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
