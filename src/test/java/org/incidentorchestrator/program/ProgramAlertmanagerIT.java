package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program and a real Alertmanager that posts to it and is asked by it. Both run over all tests, each of
 * which has alerts of its own; the last one takes the heartbeat away.
 */
@EnabledIf(
        value = "org.incidentorchestrator.program.Alertmanager#isInstalled",
        disabledReason = "Skipped: what a real Alertmanager groups, repeats, resolves, leaves out and forgets. It needs"
                + " prometheus-alertmanager on the PATH (Debian: apt-get install prometheus-alertmanager)")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProgramAlertmanagerIT {
    private static final String HEARTBEAT = "Watchdog";

    @TempDir
    static Path folder;

    private static Program program;
    private static Alertmanager pager;

    @BeforeAll
    static void start() throws IOException {
        Path data = folder.resolve("data");
        program = Program.in(data);
        pager = new Alertmanager(folder.resolve("alertmanager"), program.port(), data.resolve("alertmanager.token"))
                .start();
        pager.fires("alertname", HEARTBEAT);
        program.with("intake.sources.alertmanager.url", pager.url())
                .with(
                        "intake.sources.alertmanager.receivers",
                        "incident-orchestrator,one-alert-a-message,nobody-listens")
                .with("intake.sources.alertmanager.look-every", "2s")
                .with("intake.sources.alertmanager.trust-after", "8s")
                .with("intake.heartbeat-silence", "8s")
                .start();
    }

    @AfterAll
    static void stop() {
        program.close();
        pager.close();
    }

    @Test
    @Order(1)
    void alerts_that_come_in_one_group_are_incidents_of_their_own_and_repeats_are_none() {
        pager.fires("alertname", "Grouped", "deployment", "a");
        pager.fires("alertname", "Grouped", "deployment", "b");

        await().until(() -> incidents("Grouped").size() == 2);
        await().until(() -> messages().stream()
                .filter(message -> message.path("beginning").asText().contains("\"Grouped\""))
                .anyMatch(message -> message.path("outcome").asText().contains("(a repeat)")));
        pager.ends("alertname", "Grouped", "deployment", "a");
        await().until(() -> incidents("Grouped").stream()
                .anyMatch(incident -> workload(incident).equals("a") && ended(incident)));

        assertThat(incidents("Grouped")).hasSize(2);
        assertThat(incidents("Grouped")).anyMatch(incident -> workload(incident).equals("b") && !ended(incident));
    }

    @Test
    @Order(2)
    void nothing_is_lost_over_a_kill_and_an_outage_that_is_longer_than_a_group_interval() {
        pager.fires("alertname", "Before", "deployment", "a");
        pager.fires("alertname", "EndsMeanwhile", "deployment", "a");
        await().until(() ->
                incidents("Before").size() == 1 && incidents("EndsMeanwhile").size() == 1);

        program.kill();
        double undelivered = pager.undelivered();
        pager.fires("alertname", "BeginsMeanwhile", "deployment", "a");
        pager.fires("alertname", "ComesAndGoes", "deployment", "a");
        pager.ends("alertname", "EndsMeanwhile", "deployment", "a");
        await().until(() -> pager.undelivered() >= undelivered + 2);
        pager.ends("alertname", "ComesAndGoes", "deployment", "a");
        program.start();

        await().until(() -> incidents("BeginsMeanwhile").size() == 1);
        await().until(() -> incidents("EndsMeanwhile").stream().allMatch(ProgramAlertmanagerIT::ended));
        assertThat(incidents("Before")).hasSize(1).noneMatch(ProgramAlertmanagerIT::ended);
        assertThat(incidents("EndsMeanwhile")).hasSize(1);
        assertThat(incidents("ComesAndGoes"))
                .as("nobody is to be woken for what is over")
                .allMatch(ProgramAlertmanagerIT::ended);
    }

    @Test
    @Order(3)
    void what_a_message_left_out_and_what_never_arrives_is_asked_for() {
        for (String workload : List.of("a", "b", "c")) {
            pager.fires("alertname", "LeftOut", "way", "short", "deployment", workload);
        }
        pager.fires("alertname", "Lost", "way", "lost", "deployment", "a");

        await().until(() -> incidents("LeftOut").size() == 3);
        await().until(() -> incidents("Lost").size() == 1);

        assertThat(messages())
                .anyMatch(message -> message.path("outcome").asText().contains("the sender left out 2 alerts"));
    }

    @Test
    @Order(4)
    void a_silenced_alert_fires_on_and_its_end_is_seen_although_nothing_is_sent() {
        pager.fires("alertname", "Silenced", "deployment", "a");
        await().until(() -> incidents("Silenced").size() == 1);
        pager.silence("Silenced");

        await().during(Duration.ofSeconds(4))
                .until(() -> incidents("Silenced").stream().noneMatch(ProgramAlertmanagerIT::ended));
        pager.ends("alertname", "Silenced", "deployment", "a");
        await().until(() -> incidents("Silenced").stream().allMatch(ProgramAlertmanagerIT::ended));

        assertThat(messages())
                .anyMatch(message -> message.path("beginning").asText().contains("\"status\":\"gone\""));
    }

    @Test
    @Order(5)
    void an_alertmanager_that_has_forgotten_everything_ends_nothing() throws Exception {
        pager.fires("alertname", "Forgotten", "deployment", "a");
        await().until(() -> incidents("Forgotten").size() == 1);
        long failures = logged("It is not known whether a message was missed");
        pager.stop();
        await().until(() -> logged("It is not known whether a message was missed") > failures);
        long answers = logged("answers again what fires");

        pager.start();
        await().until(() -> logged("answers again what fires") > answers);
        await().during(Duration.ofSeconds(4))
                .until(() -> incidents("Forgotten").stream().noneMatch(ProgramAlertmanagerIT::ended));
        pager.fires("alertname", "Forgotten", "deployment", "a");
        pager.fires("alertname", HEARTBEAT);

        assertThat(incidents("Forgotten")).hasSize(1).noneMatch(ProgramAlertmanagerIT::ended);
    }

    @Test
    @Order(6)
    void a_person_is_told_once_when_the_heartbeat_is_silent_and_no_more_when_it_comes_back() {
        await().until(() -> heartbeatTask().isEmpty());

        pager.ends("alertname", HEARTBEAT);
        JsonNode task = await().until(ProgramAlertmanagerIT::heartbeatTask, Optional::isPresent)
                .orElseThrow();
        assertThat(task.path("description").asText()).contains("alerts may not arrive here any more");

        pager.fires("alertname", HEARTBEAT);
        await().until(() -> heartbeatTask().isEmpty());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }

    private static List<JsonNode> incidents(String alertName) {
        return program.api().incidents(100).stream()
                .filter(incident -> incident.path("alertName").asText().equals(alertName))
                .toList();
    }

    private static String workload(JsonNode incident) {
        return incident.path("workload").asText();
    }

    private static boolean ended(JsonNode incident) {
        return incident.has("ending");
    }

    /** What came in and was worked on, newest first. */
    private static List<JsonNode> messages() {
        return StreamSupport.stream(
                        program.api().get("/api/inbox?state=done&limit=500").spliterator(), false)
                .toList();
    }

    private static Optional<JsonNode> heartbeatTask() {
        return program.api().tasks(null).stream()
                .filter(task -> task.path("name").asText().contains("The heartbeat " + HEARTBEAT))
                .findFirst();
    }

    private static long logged(String words) throws IOException {
        try (var lines = Files.lines(program.log())) {
            return lines.filter(line -> line.contains(words)).count();
        }
    }
}
