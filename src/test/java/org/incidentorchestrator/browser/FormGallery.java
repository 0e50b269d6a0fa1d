package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.incidentorchestrator.program.Program;

/** The forms of a program's open tasks, each as Tasklist shows it, and those who answer them. */
final class FormGallery implements AutoCloseable {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final int TALL = 1500;

    /** What programs say to each other. */
    private static final String RAW = "\\b(null|undefined|NaN|true|false)\\b|\\{\\{|\\$\\{|\\d{4}-\\d\\d-\\d\\dT\\d\\d:"
            + "|(?<![\\w-])-1\\b|(?<![.\\w])\\d{13}\\b|\\b[a-z]+[A-Z]\\w*";

    /** What is read; not what is to be typed, which is in code, nor how it is typed. */
    private static final String SAID =
            """
            form => {
              form.querySelectorAll('pre, code, .fjs-form-field-description').forEach(one => one.style.display = 'none');
              return form.innerText;
            }""";

    private final Program program;
    private final Chromium chromium = new Chromium();
    private final Tasklist tasklist;

    FormGallery(Program program) throws IOException {
        this.program = program;
        this.tasklist = Tasklist.of(program, chromium, "responder");
        tasklist.page().setViewportSize(1440, TALL);
    }

    Tasklist tasklist() {
        return tasklist;
    }

    /** Waits for a task that has this form, and looks at it: {@code target/screenshots/form-NAME.png}. */
    JsonNode shows(String form) {
        JsonNode task = open(form);
        Page page = tasklist.page();
        WebApp.tasklist(program).open(page, "?task=" + task.path("id").asText());
        tasklist.shows(task.path("name").asText());
        assertThat(tasklist.form().locator("h3, p").first()).isVisible();
        keep(form, tasklist.form());
        return task;
    }

    void keep(String form, Locator shown) {
        Chromium.keep(tasklist.page(), "form-" + form);
        assertThat(Tasklist.cutOff(shown)).as("what is cut off in %s", form).isEmpty();
        assertThat((String) shown.evaluate(SAID)).as("what %s says", form).doesNotContainPattern(RAW);
    }

    JsonNode open(String form) {
        try {
            return Awaitility.await("a task with the form " + form)
                    .atMost(SOON)
                    .until(() -> find(form), Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException none) {
            throw new AssertionError("No task has the form %s; open are %s".formatted(form, openTasks()), none);
        }
    }

    private List<String> openTasks() {
        return program.api().tasks(null).stream()
                .map(task -> "%s (%s)"
                        .formatted(
                                task.path("name").asText(),
                                task.at("/camundaFormRef/key").asText("no form")))
                .toList();
    }

    private Optional<JsonNode> find(String form) {
        return program.api().tasks(null).stream()
                .filter(task -> task.at("/camundaFormRef/key").asText().equals(form))
                .findFirst();
    }

    void answers(String who, JsonNode task, Map<String, String> answer) {
        program.api().claim(who, task);
        program.api().complete(who, task, answer);
    }

    /** Waits for the task first. */
    void answers(String who, String form, Map<String, String> answer) {
        answers(who, open(form), answer);
    }

    void plays(String scenario, String workload) {
        program.api().post("admin", "/sandbox/scenarios", Map.of("scenario", scenario, "workload", workload));
    }

    void begins(String procedure, String namespace) {
        starts(
                "responder",
                "begin-procedure",
                Map.of(
                        "procedure",
                        procedure,
                        "namespace",
                        namespace,
                        "workload",
                        "",
                        "summary",
                        "planned for tonight"));
    }

    /** @param process one that begins with a form */
    void starts(String who, String process, Map<String, String> form) {
        Map<String, Object> fields = form.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> Map.of("value", one.getValue())));
        program.api()
                .post(
                        who,
                        "/engine-rest/process-definition/key/" + process + "/submit-form",
                        Map.of("variables", fields));
    }

    @Override
    public void close() {
        chromium.close();
    }
}
