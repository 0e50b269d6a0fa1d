package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

    private final Operator operator = new Operator("mcp-gateway");
    private final TestDatabase database = TestDatabase.create();
    private final Incidents incidents = new Incidents(database.jdbc());
    private final OneThread thread = new OneThread(operator.clock);
    private final Webhook webhook = new Webhook();
    private final AlertWatch watch = watch(true);
    private final FirstAlert first =
            new FirstAlert(operator.sandbox, incidents, watch, settings(true), thread, operator.clock);

    AlertsTest() throws IOException {}

    @AfterEach
    void close() {
        thread.close();
        webhook.close();
        database.close();
    }

    @Test
    void the_first_alert_breaks_a_healthy_gateway_and_is_posted_as_alertmanager_would() throws InterruptedException {
        assertThat(first.play()).isEqualTo(FirstAlert.Outcome.BROKEN);

        JsonNode message = webhook.next();
        assertThat(webhook.authorization()).isEqualTo("Bearer " + Webhook.TOKEN);
        assertThat(message.path("version").asText()).isEqualTo("4");
        JsonNode alert = message.at("/alerts/0");
        assertThat(alert.path("status").asText()).isEqualTo("firing");
        assertThat(alert.at("/labels/alertname").asText()).isEqualTo("ServiceDown");
        assertThat(alert.at("/labels/namespace").asText()).isEqualTo("a1-orchestrator");
        assertThat(alert.at("/labels/deployment").asText()).isEqualTo("mcp-gateway");
        assertThat(alert.at("/labels/severity").asText()).isEqualTo("critical");
        assertThat(alert.at("/annotations/summary").asText()).contains("mcp-gateway");
        assertThat(Instant.parse(alert.path("startsAt").asText())).isEqualTo(operator.clock.instant());
        assertThat(operator.ready()).isZero();
    }

    @Test
    void nothing_is_broken_while_an_incident_is_open() {
        incidents.open(
                new Alert(
                        "alertmanager",
                        Alert.Status.FIRING,
                        "f",
                        operator.clock.instant(),
                        new IncidentKey("HighLatency", "a1-orchestrator", "mcp-config"),
                        Severity.WARNING,
                        "slow",
                        Map.of(),
                        Map.of()),
                operator.clock.instant());

        assertThat(first.play()).isEqualTo(FirstAlert.Outcome.INCIDENT_OPEN);
        assertThat(operator.ready()).isEqualTo(2);
        assertThat(webhook.silent()).isTrue();
    }

    @Test
    void nothing_more_is_broken_where_the_gateway_is_not_healthy() {
        operator.play(Scenario.ONE_BAD_POD);
        operator.waits(5);

        assertThat(first.play()).isEqualTo(FirstAlert.Outcome.ALREADY_UNHEALTHY);
        assertThat(operator.sandbox.alerts()).isEmpty();
    }

    @Test
    void an_alert_that_was_not_taken_in_is_posted_again_as_the_same_alert() throws InterruptedException {
        webhook.answers(503);
        operator.sandbox.playWithAlert(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
        watch.look();
        JsonNode refused = webhook.next().at("/alerts/0");

        webhook.answers(202);
        operator.waits(30);
        watch.look();
        assertThat(webhook.next().at("/alerts/0")).isEqualTo(refused);

        watch.look();
        assertThat(webhook.silent()).isTrue();
    }

    @Test
    void an_alert_is_resolved_when_its_workload_has_been_healthy_for_a_while() throws InterruptedException {
        operator.sandbox.playWithAlert(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
        watch.look();
        JsonNode firing = webhook.next().at("/alerts/0");
        operator.restart();
        operator.waits(60);
        watch.look();
        assertThat(webhook.silent()).isTrue();

        operator.clock.pass(LONG_ENOUGH);
        watch.look();

        JsonNode resolved = webhook.next().at("/alerts/0");
        assertThat(resolved.path("status").asText()).isEqualTo("resolved");
        assertThat(resolved.path("fingerprint")).isEqualTo(firing.path("fingerprint"));
        assertThat(resolved.path("startsAt")).isEqualTo(firing.path("startsAt"));
        assertThat(operator.sandbox.alerts()).isEmpty();
    }

    @Test
    void an_alert_stays_while_its_workload_is_not_healthy_or_when_the_sandbox_does_not_resolve()
            throws InterruptedException {
        operator.sandbox.playWithAlert(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
        watch.look();
        webhook.next();
        operator.clock.pass(LONG_ENOUGH.multipliedBy(3));
        watch.look();
        operator.restart();
        operator.clock.pass(LONG_ENOUGH.multipliedBy(3));
        watch(false).look();

        assertThat(webhook.silent()).isTrue();
        assertThat(operator.sandbox.alerts()).hasSize(1);
    }

    private AlertWatch watch(boolean resolves) {
        return new AlertWatch(
                operator.sandbox, new AlertmanagerPost(webhook), settings(resolves), thread, operator.clock);
    }

    private static SandboxSettings settings(boolean resolves) {
        return new SandboxSettings("", true, Duration.ZERO, resolves, LONG_ENOUGH, Duration.ofHours(1));
    }
}
