package org.incidentorchestrator.notify.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.incidentorchestrator.evidence.Text;
import org.springframework.stereotype.Component;

/**
 * A pager that is told by PagerDuty's Events API v2. Its dedup key makes an event that is sent twice count once. 202 is
 * taken, 400 is never taken, 429 and 5xx are to be sent again.
 */
@Component
final class PagerDuty implements Channel {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST_SUMMARY = 1024;

    private final PagerDutySettings settings;
    private final HttpPost http;

    PagerDuty(PagerDutySettings settings) {
        this.settings = settings;
        this.http = new HttpPost(settings.timeout());
    }

    @Override
    public String name() {
        return "pagerduty";
    }

    @Override
    public boolean configured() {
        return !settings.integrationKeyFiles().isEmpty();
    }

    @Override
    public Optional<String> refusal(String to) {
        return settings.integrationKeyFiles().containsKey(to)
                ? Optional.empty()
                : Optional.of("there is no integration '" + to + "' among "
                        + settings.integrationKeyFiles().keySet() + "; name the file with its key with"
                        + " notify.pagerduty.integration-key-files." + to);
    }

    @Override
    public String circuit(String to) {
        return name();
    }

    @Override
    public Delivery send(String to, Message message) {
        String key = settings.integrationKey(to);
        return HttpAnswers.post(http, settings.url(), body(key, message), "PagerDuty, for '" + to + "',", key);
    }

    static byte[] body(String integrationKey, Message message) {
        PagerEvent event = message.pager();
        ObjectNode body = JSON.createObjectNode()
                .put("routing_key", integrationKey)
                .put("event_action", event.action().word())
                .put("dedup_key", event.key());
        if (event.action() == PagerEvent.Action.TRIGGER) {
            describe(body, message, event);
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are JSON", e);
        }
    }

    private static void describe(ObjectNode body, Message message, PagerEvent event) {
        ObjectNode payload = body.put("client", "incident-orchestrator")
                .put("client_url", message.task().toString())
                .putObject("payload")
                .put("summary", Text.line(message.subject() + ": " + message.text(), LONGEST_SUMMARY))
                .put("source", event.source())
                .put("severity", event.severityWord())
                .put("timestamp", event.since().toString());
        putText(payload, "component", event.component());
        putText(payload, "group", event.group());
        putText(payload, "class", event.type());
        message.facts().forEach(payload.putObject("custom_details")::put);
        body.putArray("links")
                .addObject()
                .put("href", message.task().toString())
                .put("text", "Open in Tasklist");
    }

    private static void putText(ObjectNode payload, String name, String text) {
        if (!text.isEmpty()) {
            payload.put(name, text);
        }
    }
}
