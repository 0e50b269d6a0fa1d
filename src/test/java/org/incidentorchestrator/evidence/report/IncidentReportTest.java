package org.incidentorchestrator.evidence.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.support.TestIncident;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole pages, as they are sent. With {@code -Dpages.update} they are written anew: read them before they are committed. */
class IncidentReportTest {
    private static final Path PAGES = Path.of("src/test/resources/report");
    private static final String EVIDENCE = "/api/incidents/INC-1/evidence/";

    static Map<String, IncidentRecord> cases() {
        return Map.of(
                "resolved-by-runbook", ReportCase.resolvedByRunbook(),
                "breach-with-broken-glass", ReportCase.breach(),
                "failed-remedy", ReportCase.failedRemedy(),
                "exercise", ReportCase.exercise(),
                "still-open", ReportCase.open());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resolved-by-runbook", "breach-with-broken-glass", "failed-remedy", "exercise", "still-open"})
    void the_same_record_makes_the_same_page(String name) throws IOException {
        Path page = PAGES.resolve(name + ".md");
        String report = IncidentReport.of(cases().get(name), EVIDENCE);
        if (System.getProperty("pages.update") != null) {
            Files.writeString(page, report);
        }

        assertThat(report)
                .as("written anew by mvn test -Dtest=IncidentReportTest -Dpages.update")
                .isEqualTo(Files.readString(page));
        assertThat(report).isEqualTo(IncidentReport.of(cases().get(name), EVIDENCE));
    }

    @Test
    void no_page_is_left_over() throws IOException {
        try (var pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            cases().keySet().stream().map(name -> name + ".md").toList());
        }
    }

    @Test
    void an_incident_without_a_record_says_that_nothing_is_known_of_it() {
        var incident = TestIncident.opened(7, new IncidentKey("ServiceDown", "shop", "cart"), ReportCase.OPENED)
                .row();

        assertThat(IncidentReport.of(
                        new IncidentRecord(incident, List.of(), List.of(), List.of(), List.of(), ReportCase.OPENED),
                        EVIDENCE))
                .contains(
                        "**Still open**, as of 2026-01-02 03:04:05 UTC",
                        "Nobody took it.",
                        "Nothing was changed.",
                        "not found in the cluster",
                        "None were recorded.",
                        "Nothing is recorded.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[click](javascript:alert(1))",
                "![x](http://evil.example/pixel)",
                "http://evil.example",
                "a | b | c",
                "`code` *bold* _it_ ~~no~~ $x$",
                "&lt;script&gt;",
                "one\r\n# two\n- three\n\n    four\u2028five\u202esix",
                "# a heading",
                "- an item",
                "1. a numbered item",
                "--- a rule",
                "```\nrm -rf /",
            })
    void text_from_outside_is_only_text(String hostile) {
        IncidentRecord record = ReportCase.saying(hostile);
        String report = IncidentReport.of(record, EVIDENCE);
        String outside = report.replaceAll("(?s)\n(````*)(sh|diff)\n.*?\n\\1\n", "");

        assertThat(outside)
                .doesNotContain("<", "://")
                .doesNotContainPattern("(?<!\\\\)\\]\\(")
                .doesNotContainPattern("(?m)^\\s*(# two|- three|four|- #|- -|- 1\\.)")
                .doesNotContainPattern("(?<!\\\\)[`~$]");
        assertThat(outside.lines().filter(line -> line.startsWith("|")))
                .allSatisfy(
                        line -> assertThat(line.split("(?<!\\\\)\\|").length).isIn(3, 5));
        assertThat(report).doesNotContain("\r", "\u2028", "\u202e");
        assertThat(headings(ReportPage.of(record, EVIDENCE).html()))
                .as("headings, items and rules are ours alone")
                .isEqualTo(headings(
                        ReportPage.of(ReportCase.saying("plain"), EVIDENCE).html()));
    }

    /** The tags of the page, without what stands in them. */
    private static List<String> headings(String html) {
        return Pattern.compile("</?(h[1-6]|li|ul|ol|hr|table|tr|td|img|a|script|em|del)\\b")
                .matcher(html.substring(html.indexOf("<body>")))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
