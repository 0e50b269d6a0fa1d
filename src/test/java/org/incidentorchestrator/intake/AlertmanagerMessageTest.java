package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertmanagerMessageTest {
    private final AlertmanagerMessage messages =
            new AlertmanagerMessage("alertmanager", new AlertKeys(Fixture.settings()));

    @Test
    void each_alert_of_a_mixed_group_has_its_own_status() {
        Message message = read(Fixture.message(
                Fixture.firing("a", "ServiceDown", "mcp-gateway"), Fixture.resolved("b", "ServiceDown", "mcp-config")));

        assertThat(message.alerts())
                .extracting(Alert::status)
                .containsExactly(Alert.Status.FIRING, Alert.Status.RESOLVED);
        assertThat(message.alerts().get(0).startsAt()).isEqualTo(Instant.parse("2026-11-23T02:58:03.412Z"));
        assertThat(message.alerts().get(0).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(message.faults()).isEmpty();
    }

    @Test
    void unknown_fields_are_passed_over_and_truncation_is_kept() {
        Message message = read("{\"notification_reason\":\"new alerts added\",\"routeLabels\":{\"a\":{}},"
                + "\"truncatedAlerts\":7,\"alerts\":[" + Fixture.firing("a", "A", "w") + "]}");

        assertThat(message.alerts()).hasSize(1);
        assertThat(message.truncated()).isEqualTo(7);
    }

    @Test
    void one_alert_of_a_wrong_shape_does_not_take_the_others_along() {
        Message message = read(Fixture.message(Fixture.firing("a", "A", "w"), "{\"status\":\"firing\"}", "17"));

        assertThat(message.alerts()).hasSize(1);
        assertThat(message.faults()).hasSize(2).allMatch(fault -> fault.contains("alertname"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "not json",
                "{\"alerts\":[",
                "[]",
                "7",
                "null",
                "{}",
                "{\"alerts\":[]}",
                "{\"alerts\":{}}",
                "{\"alerts\":[]} trailing"
            })
    void what_is_no_message_is_said_to_be_none_with_a_reason(String body) {
        Message message = read(body);

        assertThat(message.alerts()).isEmpty();
        assertThat(message.faults()).singleElement().asString().startsWith("The message ");
    }

    @Test
    void nesting_of_ten_thousand_levels_is_a_fault_and_no_overflow() {
        Message message = read("{\"alerts\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");

        assertThat(message.faults()).singleElement().asString().contains("nesting depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "+999999999-01-01T00:00:00Z", "2026-11-23"})
    void a_start_that_is_no_time_is_a_fault_of_that_alert(String startsAt) {
        Message message = read(Fixture.message(Fixture.alert("firing", "a", "A", "w", startsAt)));

        assertThat(message.faults()).singleElement().asString().contains("alerts[0]", "startsAt");
    }

    @Test
    void texts_from_outside_become_harmless_and_keep_their_meaning() {
        Message message = read(
                """
                {"alerts":[{"status":"firing","fingerprint":"f","startsAt":"2026-11-23T02:58:03Z",
                  "labels":{"alertname":"A","x":"${jndi:ldap://h}","y":"a\\r\\nb\\u0000c","z":"\\u202egnp.exe","e":"🔥 é"},
                  "annotations":{"summary":"<script>alert(1)</script>\\nsecond line"}}]}""");

        Alert alert = message.alerts().get(0);
        assertThat(alert.labels())
                .containsEntry("x", "${jndi:ldap://h}")
                .containsEntry("y", "a  b c")
                .containsEntry("z", "gnp.exe")
                .containsEntry("e", "🔥 é");
        assertThat(alert.summary()).isEqualTo("<script>alert(1)</script> second line");
    }

    @Test
    void labels_are_bounded_in_number_and_length_without_cutting_a_character_in_two() {
        String many = IntStream.range(0, 100)
                .mapToObj(at -> "\"l" + at + "\":\"" + "v".repeat(255) + "🔥\"")
                .collect(Collectors.joining(","));
        Message message = read("{\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"f\","
                + "\"startsAt\":\"2026-11-23T02:58:03Z\",\"labels\":{\"alertname\":\"A\"," + many + "}}]}");

        Alert alert = message.alerts().get(0);
        assertThat(alert.labels()).hasSizeLessThanOrEqualTo(64);
        assertThat(alert.labels().get("l0")).isEqualTo("v".repeat(255));
        int size = alert.labels().entrySet().stream()
                .mapToInt(label -> label.getKey().length() + label.getValue().length())
                .sum();
        assertThat(size).isLessThanOrEqualTo(15_000);
    }

    @Test
    void an_alert_without_a_fingerprint_is_named_by_its_labels() {
        String alert = "{\"status\":\"firing\",\"startsAt\":\"2026-11-23T02:58:03Z\",\"labels\":{\"alertname\":\"A\"}}";

        Message message = read(Fixture.message(alert, alert));

        assertThat(message.alerts().get(0).fingerprint())
                .hasSize(32)
                .isEqualTo(message.alerts().get(1).fingerprint());
    }

    private Message read(String body) {
        return messages.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
