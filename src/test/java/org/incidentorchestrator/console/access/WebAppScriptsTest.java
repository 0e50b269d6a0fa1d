package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Everything that this program adds to Cockpit and Tasklist is served, to somebody who has not logged in yet: one file
 * that does not load leaves all of the web app blank.
 */
@ConsoleTest
class WebAppScriptsTest {
    private static final String COCKPIT = "/camunda/app/cockpit/";
    private static final String TASKLIST = "/camunda/app/tasklist/";
    private static final Pattern CUSTOM_SCRIPT = Pattern.compile("'(scripts/[^']+)'");
    private static final Pattern NAMED = Pattern.compile("(?:from |import |import\\(|new URL\\()'(\\.{1,2}/[^']+)'");
    /** What would let text become markup or script, or is fetched from elsewhere. */
    private static final Pattern UNSAFE = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|https?://(?!www\\.w3\\.org)");

    @LocalServerPort
    private int port;

    @Test
    void every_file_that_a_custom_script_names_is_served_with_its_type_and_kept_by_no_browser() {
        Map<String, HttpResponse<String>> served = served();

        assertThat(served.keySet())
                .contains(
                        COCKPIT + "scripts/config.js",
                        TASKLIST + "scripts/config.js",
                        TASKLIST + "scripts/tasks/plugin.js",
                        TASKLIST + "scripts/tasks/order.js",
                        TASKLIST + "scripts/tasks/refused.js",
                        COCKPIT + "scripts/incidents/plugin.js",
                        COCKPIT + "scripts/incidents/dom.js",
                        COCKPIT + "scripts/incidents/incidents.css");
        assertThat(served).allSatisfy((path, answer) -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith(path.endsWith(".css") ? "text/css" : "text/javascript");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        });
    }

    @Test
    void no_script_makes_markup_of_text_or_fetches_from_elsewhere() {
        assertThat(served())
                .allSatisfy((path, answer) -> assertThat(answer.body()).doesNotContainPattern(UNSAFE));
    }

    private Map<String, HttpResponse<String>> served() {
        Map<String, HttpResponse<String>> served = new TreeMap<>(served(COCKPIT));
        served.putAll(served(TASKLIST));
        return served;
    }

    /** From the configuration on, by what each names. */
    private Map<String, HttpResponse<String>> served(String app) {
        Browser browser = new Browser(port);
        Map<String, HttpResponse<String>> served = new TreeMap<>();
        Deque<String> next = new ArrayDeque<>();
        next.add(app + "scripts/config.js");
        while (!next.isEmpty()) {
            String path = next.remove();
            if (!served.containsKey(path)) {
                HttpResponse<String> answer = browser.send("GET", path);
                served.put(path, answer);
                CUSTOM_SCRIPT
                        .matcher(path.endsWith("config.js") ? answer.body() : "")
                        .results()
                        .forEach(script -> next.add(app + script.group(1)));
                NAMED.matcher(answer.body())
                        .results()
                        .forEach(other -> next.add(
                                URI.create(path).resolve(other.group(1)).getPath()));
            }
        }
        return served;
    }
}
