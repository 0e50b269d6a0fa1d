package org.incidentorchestrator.notify.channel;

import java.net.URI;

/**
 * Text from outside inside of a chat's message, so that it is read as text by Slack's mrkdwn and by the Markdown of what
 * takes the same messages: no mention, no link, no picture, no formatting.
 */
final class Mrkdwn {
    /** Not seen, but it ends a word. */
    private static final String NOTHING = "\u200b";

    private Mrkdwn() {}

    static String text(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                // @channel, #room, :emoji: and http:// begin or end with one of these.
                case '@', '#', ':' -> escaped.appendCodePoint(c).append(NOTHING);
                // Signs of formatting, links and tables: behind nothing they begin none.
                case '*', '_', '~', '`', '[', ']', '(', '|', '!' ->
                    escaped.append(NOTHING).appendCodePoint(c).append(NOTHING);
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString().replace("www.", "www" + NOTHING + ".");
    }

    /** @param label text of our own */
    static String link(URI to, String label) {
        String url = to.toString()
                .replace("&", "&amp;")
                .replace("<", "%3C")
                .replace(">", "%3E")
                .replace("|", "%7C");
        return "<" + url + "|" + label + ">";
    }
}
