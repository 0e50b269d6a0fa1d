package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The report as it is asked for: Markdown for programs, a page for a browser that nothing in it can take over. */
@ConsoleTest
class ReportTest {
    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    private Map<String, String> known;

    @BeforeEach
    void readPasswords() throws IOException {
        known = passwords.read();
    }

    @Test
    void whoever_does_not_say_gets_markdown_and_a_browser_the_same_as_a_page() {
        String report = declared("reported", "users cannot <b>log in</b>") + "/report";

        HttpResponse<String> markdown = as("auditor").send("GET", report);
        HttpResponse<String> page = as("auditor").open(report);

        assertThat(header(markdown, "Content-Type")).isEqualTo("text/markdown;charset=UTF-8");
        assertThat(markdown.body()).startsWith("# INC-").contains("users cannot &lt;b&gt;log in&lt;/b&gt;");
        assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body())
                .startsWith("<!DOCTYPE html>")
                .contains("users cannot &lt;b&gt;log in&lt;/b&gt;", "<h2>Timeline</h2>", "Still open");
        assertThat(as("auditor").open(report + ".md").body()).startsWith("# INC-");
        assertThat(as("auditor").send("GET", report + ".html").body()).contains("<h2>Follow-ups</h2>");
    }

    @Test
    void a_browser_runs_and_loads_nothing_for_the_page() {
        HttpResponse<String> page = as("auditor").open(declared("guarded", "users cannot log in") + "/report.html");

        assertThat(header(page, "Content-Security-Policy"))
                .matches(
                        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Cache-Control")).contains("no-store");
        assertThat(page.body()).doesNotContain("<script", " style=", "http://", "https://");
    }

    @Test
    void of_an_incident_that_there_is_not_there_is_no_report() {
        assertThat(as("auditor").send("GET", "/api/incidents/INC-4711/report").body())
                .contains("There is no incident INC-4711");
        assertThat(as("auditor").status("GET", "/api/incidents/INC-4711/report.html"))
                .isEqualTo(404);
        assertThat(new Browser(port).status("GET", "/api/incidents/INC-4711/report.html"))
                .isEqualTo(401);
    }

    @Test
    void both_are_described() {
        assertThat(as("auditor").send("GET", "/api/openapi").body())
                .contains("\"/api/incidents/{incident}/report\"", "\"/api/incidents/{incident}/report.html\"");
    }

    private String declared(String workload, String summary) {
        var answer = as("responder")
                .send(
                        "POST",
                        "/api/incidents",
                        """
                        {"kind": "incident", "namespace": "a1-orchestrator", "workload": "%s", "summary": "%s"}"""
                                .formatted(workload, summary));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return header(answer, "Location");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElseThrow();
    }

    private Browser as(String user) {
        return new Browser(port).withPassword(user, known.get(user));
    }
}
