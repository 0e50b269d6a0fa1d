package org.incidentorchestrator.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.notify.channel.Delivery.Failed;
import org.incidentorchestrator.notify.channel.Delivery.Sent;
import org.incidentorchestrator.notify.channel.PagerEvent.Action;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
    private static final Instant SINCE = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    private Path folder;

    private final ReceivingServer server = new ReceivingServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "telegram; x; 'telegram' is no channel; write one of [mail, pagerduty, slack]",
                "mail; alice@example.org; name the mail server with notify.mail.host",
                "slack; ops; there is no webhook 'ops' among []; name the file",
                "pagerduty; platform; notify.pagerduty.integration-key-files.platform"
            })
    void an_address_that_nothing_can_be_sent_to_is_refused_with_what_to_set(String channel, String to, String why) {
        Channels none = TestChannels.of(Map.of(), new TestClock());

        assertThat(none.refusal(channel, to).orElse("")).contains(why.split("; ")[0]);
        assertThat(none.any()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "alice@example.org, bob@example.org",
                "Alice <alice@example.org>",
                "alice@example.org\r\nBcc: all@example.org",
                "alice@example.org\nX: y"
            })
    void what_is_not_one_bare_mail_address_is_refused(String to) {
        assertThat(mail(25, "1s").refusal("mail", to)).isPresent();
        assertThat(mail(25, "1s").refusal("mail", "alice@example.org")).isEmpty();
    }

    @Test
    void a_secret_that_cannot_be_read_stops_the_start_and_is_not_told() throws IOException {
        assertThatThrownBy(() -> TestChannels.bind(
                        "notify.slack",
                        SlackSettings.class,
                        Map.of(
                                "notify.slack.webhook-files.ops",
                                folder.resolve("none").toString())))
                .rootCause()
                .isInstanceOf(IOException.class);
        Path broken = Files.writeString(folder.resolve("broken"), "hooks.example.org/SECRET PART");
        assertThatThrownBy(() -> TestChannels.bind(
                        "notify.slack",
                        SlackSettings.class,
                        Map.of("notify.slack.webhook-files.ops", broken.toString())))
                .rootCause()
                .hasMessageContaining("notify.slack.webhook-files.ops names")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void a_mail_has_the_same_in_plain_text_and_in_html_without_markup_of_others() throws Exception {
        GreenMail box = new GreenMail(ServerSetup.SMTP.dynamicPort());
        box.start();
        try {
            String hostile = "<img src=x onerror=alert(1)> \"quoted\" & 'more' Zürich";
            Delivery delivery = mail(box.getSmtp().getPort(), "8s")
                    .send("mail", "alice@example.org", message(Action.TRIGGER, hostile));

            assertThat(delivery).isEqualTo(new Sent());
            MimeMessage mail = box.getReceivedMessages()[0];
            assertThat(mail.getMessageID()).isEqualTo("<notification-7@example.org>");
            assertThat(mail.getHeader("References", ",")).isEqualTo("<INC-7.0@example.org>");
            assertThat(mail.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
            assertThat(mail.getSubject()).isEqualTo("INC-7 critical: ServiceDown");
            assertThat(GreenMailUtil.getBody(mail)).contains("multipart/alternative", "text/plain", "text/html");
        } finally {
            box.stop();
        }
        assertThat(MailText.html(message(Action.TRIGGER, "<img src=x onerror=alert(1)> \"a\" & 'b'")))
                .contains("&lt;img src=x onerror=alert(1)&gt; &quot;a&quot; &amp; &#39;b&#39;")
                .contains("<a href=\"https://incidents.example.org/acknowledge/token\">Acknowledge</a>");
    }

    @Test
    void a_mail_server_that_says_nothing_costs_its_timeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Delivery delivery = mail(silent.getLocalPort(), "200ms")
                    .send("mail", "alice@example.org", message(Action.TRIGGER, "down"));

            assertThat(delivery).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.why())
                    .startsWith("The mail server localhost did not take it: "));
        }
    }

    @Test
    void mail_goes_over_an_encrypted_connection_or_not_at_all() {
        GreenMail plain = new GreenMail(ServerSetup.SMTP.dynamicPort());
        plain.start();
        try {
            Channels starttls = TestChannels.of(
                    Map.of(
                            "notify.mail.host", "localhost",
                            "notify.mail.port", "" + plain.getSmtp().getPort(),
                            "notify.mail.from", "incidents@example.org"),
                    new TestClock());

            assertThat(starttls.send("mail", "alice@example.org", message(Action.TRIGGER, "down")))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.why()).contains("STARTTLS"));
            assertThat(plain.getReceivedMessages()).isEmpty();
        } finally {
            plain.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, Sent", "202, Sent", "204, Sent", "301, Refused", "400, Refused", "401, Refused", "403, Refused",
        "404, Refused", "408, Failed", "410, Refused", "429, Failed", "500, Failed", "502, Failed", "503, Failed"
    })
    void what_an_answer_means(int status, String outcome) {
        server.answers(status, status == 204 ? "" : "why");

        assertThat(pager("8s")
                        .send("pagerduty", "platform", message(Action.TRIGGER, "down"))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "-5, 0", "999999, 600"})
    void a_pause_that_is_asked_for_is_kept_within_bounds(int asked, int kept) {
        server.wantsToBeLeftAlone(asked);

        assertThat(pager("8s").send("pagerduty", "platform", message(Action.TRIGGER, "down")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.after()).hasValue(Duration.ofSeconds(kept)));
    }

    @Test
    void an_answer_without_end_is_cut_off() {
        server.answers(500, "x".repeat(1_000_000));

        assertThat(pager("8s").send("pagerduty", "platform", message(Action.TRIGGER, "down")))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.why()).hasSizeLessThan(400));
    }

    @Test
    void a_pager_is_told_what_how_bad_since_when_and_where() {
        assertThat(pager("8s").send("pagerduty", "platform", message(Action.TRIGGER, "x".repeat(2000))))
                .isEqualTo(new Sent());

        JsonNode event = server.next();
        assertThat(event.path("routing_key").asText()).isEqualTo("the-key");
        assertThat(event.path("event_action").asText()).isEqualTo("trigger");
        assertThat(event.path("dedup_key").asText()).isEqualTo("INC-7.0/L1");
        assertThat(event.at("/payload/summary").asText())
                .startsWith("INC-7 critical: ServiceDown: x")
                .hasSize(1024);
        assertThat(event.at("/payload/severity").asText()).isEqualTo("critical");
        assertThat(event.at("/payload/timestamp").asText()).isEqualTo("2026-11-24T09:00:00Z");
        assertThat(event.at("/payload/source").asText()).isEqualTo("incidents.example.org");
        assertThat(event.at("/payload/component").asText()).isEqualTo("cart");
        assertThat(event.at("/links/0/href").asText()).contains("/camunda/app/tasklist/");
        assertThat(event.toString()).doesNotContain("/acknowledge/");
    }

    @ParameterizedTest
    @EnumSource(value = Action.class, names = "TRIGGER", mode = EnumSource.Mode.EXCLUDE)
    void what_ends_a_call_has_its_key_and_nothing_else(Action action) {
        pager("8s").send("pagerduty", "platform", message(action, "taken"));

        assertThat(server.next().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("routing_key", "event_action", "dedup_key");
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, critical", "UNKNOWN, critical", "WARNING, warning", "INFO, info"})
    void how_bad_it_is_in_the_pagers_words(Severity severity, String word) {
        assertThat(new PagerEvent(Action.TRIGGER, "k", severity, SINCE, "s", "", "", "").severityWord())
                .isEqualTo(word);
    }

    @Test
    void a_chat_message_has_links_of_ours_and_no_other_markup() throws IOException {
        JsonNode body = new JsonMapper().readTree(Slack.body(message(Action.TRIGGER, "<!channel> down & out")));

        assertThat(body.path("text").asText())
                .contains("&lt;\u200b!\u200bchannel&gt; down &amp; out")
                .contains("<https://incidents.example.org/acknowledge/token|Acknowledge>")
                .contains("|Open in Tasklist>");
        assertThat(body.path("unfurl_links").asBoolean(true)).isFalse();
        assertThat(body.path("parse").asText()).isEqualTo("none");
    }

    private Channels mail(int port, String timeout) {
        return TestChannels.of(
                Map.of(
                        "notify.mail.host", "localhost",
                        "notify.mail.port", Integer.toString(port),
                        "notify.mail.security", "plain",
                        "notify.mail.from", "incidents@example.org",
                        "notify.mail.timeout", timeout),
                new TestClock());
    }

    private Channels pager(String timeout) {
        try {
            Path key = Files.writeString(folder.resolve("key"), "the-key\n");
            return TestChannels.of(
                    Map.of(
                            "notify.pagerduty.integration-key-files.platform", key.toString(),
                            "notify.pagerduty.url", server.url("/v2/enqueue"),
                            "notify.pagerduty.timeout", timeout),
                    new TestClock());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Message message(Action action, String text) {
        return new Message(
                "notification-7",
                "INC-7.0",
                "INC-7 critical: ServiceDown",
                text,
                Map.of("Severity", "critical"),
                URI.create("https://incidents.example.org/camunda/app/tasklist/default/#/?task=1"),
                Optional.of(URI.create("https://incidents.example.org/acknowledge/token")),
                new PagerEvent(
                        action,
                        "INC-7.0/L1",
                        Severity.CRITICAL,
                        SINCE,
                        "incidents.example.org",
                        "cart",
                        "shop",
                        "ServiceDown"));
    }
}
