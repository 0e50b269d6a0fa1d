package org.incidentorchestrator.notify.channel;

import java.net.URI;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A message as a mail: the same in plain text and in HTML, where nothing of it is markup. */
final class MailText {
    private MailText() {}

    static String plain(Message message) {
        String facts = message.facts().entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue() + "\n")
                .collect(Collectors.joining());
        return message.text() + "\n\n" + facts + "\n"
                + message.acknowledge()
                        .map(link -> "Acknowledge (you have it then, and nobody else is paged):\n" + link + "\n\n")
                        .orElse("")
                + "Open in Tasklist:\n" + message.task() + "\n";
    }

    static String html(Message message) {
        String facts = message.facts().entrySet().stream()
                .map(fact -> "<tr><td>" + escape(fact.getKey()) + "</td><td>" + escape(fact.getValue()) + "</td></tr>")
                .collect(Collectors.joining());
        return "<!DOCTYPE html><html><body><p><b>" + escape(message.subject()) + "</b></p><p>"
                + escape(message.text()) + "</p><table>" + facts + "</table>"
                + message.acknowledge()
                        .map(link -> link(link, "Acknowledge") + "<p>You have it then, and nobody else is paged.</p>")
                        .orElse("")
                + link(message.task(), "Open in Tasklist") + "</body></html>";
    }

    private static String link(URI to, String label) {
        return "<p><a href=\"" + escape(to.toString()) + "\">" + label + "</a></p>";
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
