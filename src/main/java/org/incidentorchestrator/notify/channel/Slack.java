package org.incidentorchestrator.notify.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * A chat's incoming webhook, as Slack has it; Mattermost, Rocket.Chat and others take the same. There is no key by which
 * it could see that it has a message already: one whose answer was lost is there twice.
 */
@Component
final class Slack implements Channel {
    private static final JsonMapper JSON = new JsonMapper();

    private final SlackSettings settings;
    private final HttpPost http;

    Slack(SlackSettings settings) {
        this.settings = settings;
        this.http = new HttpPost(settings.timeout());
    }

    @Override
    public String name() {
        return "slack";
    }

    @Override
    public boolean configured() {
        return !settings.webhookFiles().isEmpty();
    }

    @Override
    public Optional<String> refusal(String to) {
        return settings.webhookFiles().containsKey(to)
                ? Optional.empty()
                : Optional.of("there is no webhook '" + to + "' among "
                        + settings.webhookFiles().keySet() + "; name the file with its URL with"
                        + " notify.slack.webhook-files." + to);
    }

    @Override
    public String circuit(String to) {
        return name() + "/" + to;
    }

    @Override
    public Delivery send(String to, Message message) {
        URI webhook = settings.webhook(to);
        return HttpAnswers.post(http, webhook, body(message), "The chat's webhook '" + to + "'", webhook.toString());
    }

    /** Nothing in it is looked up or unfolded: a preview would ask for the links. */
    static byte[] body(Message message) {
        try {
            return JSON.writeValueAsBytes(Map.of(
                    "text",
                    text(message),
                    "mrkdwn",
                    true,
                    "unfurl_links",
                    false,
                    "unfurl_media",
                    false,
                    "parse",
                    "none"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts are JSON", e);
        }
    }

    private static String text(Message message) {
        String facts = message.facts().entrySet().stream()
                .map(fact -> "\n" + fact.getKey() + ": " + Mrkdwn.text(fact.getValue()))
                .collect(Collectors.joining());
        return "*" + Mrkdwn.text(message.subject()) + "*\n" + Mrkdwn.text(message.text()) + facts + "\n"
                + message.acknowledge()
                        .map(link -> Mrkdwn.link(link, "Acknowledge") + " · ")
                        .orElse("")
                + Mrkdwn.link(message.task(), "Open in Tasklist");
    }
}
