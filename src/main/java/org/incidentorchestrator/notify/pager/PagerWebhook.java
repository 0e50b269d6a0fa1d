package org.incidentorchestrator.notify.pager;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.notify.pager.PagerNews.Acknowledged;
import org.incidentorchestrator.notify.pager.PagerNews.Other;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Understands PagerDuty's webhooks, version 3. Each is signed: {@code v1=} HMAC-SHA256 over the body, several while
 * secrets are exchanged. An incident there carries as {@code incident_key} the key that we triggered it by.
 */
@Component
public class PagerWebhook {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 200;

    /** The pager's clock is not ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final PagerWebhookSettings settings;
    private final Incidents incidents;
    private final JdbcClient jdbc;

    PagerWebhook(PagerWebhookSettings settings, Incidents incidents, JdbcClient jdbc) {
        this.settings = settings;
        this.incidents = incidents;
        this.jdbc = jdbc;
    }

    /** Whether there is a secret to prove messages by; without one none is taken. */
    public boolean isSetUp() {
        return !settings.webhookSecretFiles().isEmpty();
    }

    /** In bytes. */
    public int longestBody() {
        return Math.toIntExact(settings.webhookMaxBody().toBytes());
    }

    /** Compared in a time that says nothing about how much of it was right. */
    public boolean isSigned(String header, byte[] body) {
        boolean signed = false;
        for (String secret : settings.secrets()) {
            byte[] right = ("v1=" + hmac(secret, body)).getBytes(StandardCharsets.US_ASCII);
            for (String shown : (header == null ? "" : header).split(",")) {
                signed |= MessageDigest.isEqual(right, shown.strip().getBytes(StandardCharsets.UTF_8));
            }
        }
        return signed;
    }

    private static String hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    private record Call(IncidentNumber incident, int episode) {}

    /** @param body that is signed */
    public PagerNews read(byte[] body) {
        JsonNode event;
        try {
            event = JSON.readTree(body).path("event");
        } catch (IOException e) {
            return new Other(Optional.empty(), "PagerDuty has sent what is no JSON");
        }
        String type = Text.line(event.path("event_type").asText("something"), LONGEST);
        Optional<Call> call = call(event.path("data").path("incident_key").asText(""));
        if (call.isEmpty()) {
            return new Other(Optional.empty(), "PagerDuty: " + type + " of what is not from here");
        }
        return type.equals("incident.acknowledged")
                ? acknowledged(call.get(), event)
                : other(call.get(), "PagerDuty: " + type + " by " + name(event) + "; it changes nothing here");
    }

    private PagerNews acknowledged(Call call, JsonNode event) {
        JsonNode agent = event.path("agent");
        Incident incident = incidents.get(call.incident());
        if (!agent.path("type").asText().startsWith("user")) {
            return other(call, "PagerDuty: acknowledged by " + name(event) + ", which is no person; paging goes on");
        }
        if (incident.reopened() != call.episode() || isOlder(event, incident)) {
            return other(
                    call,
                    "PagerDuty: an acknowledgement by " + name(event) + " from before the paging began"
                            + " again; paging goes on");
        }
        String user = Text.line(agent.path("id").asText(), LONGEST);
        return new Acknowledged(call.incident(), settings.account(user), "pagerduty:" + user);
    }

    /** A message that comes late, or once more, must not take an incident that was given back since. */
    private static boolean isOlder(JsonNode event, Incident incident) {
        try {
            Instant at = Instant.parse(event.path("occurred_at").asText());
            return at.plus(SKEW).isBefore(incident.ladderArmedAt());
        } catch (DateTimeException undated) {
            return true;
        }
    }

    private static Other other(Call call, String text) {
        return new Other(Optional.of(call.incident()), text);
    }

    private static String name(JsonNode event) {
        JsonNode agent = event.path("agent");
        String name = agent.path("summary").asText(agent.path("id").asText("somebody"));
        return Text.line(name, LONGEST);
    }

    /** What has no key is not from here. */
    private Optional<Call> call(String key) {
        return key.isEmpty() ? Optional.empty() : triggered(key);
    }

    private Optional<Call> triggered(String key) {
        return jdbc.sql("select incident, episode from notification where pager_key = :key and incident is not null"
                        + " limit 1")
                .param("key", key)
                .query((row, at) -> new Call(new IncidentNumber(row.getLong("incident")), row.getInt("episode")))
                .optional();
    }
}
