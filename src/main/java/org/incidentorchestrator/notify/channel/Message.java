package org.incidentorchestrator.notify.channel;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody is told, before it is written as a channel wants it: one line each, without control characters, and not
 * escaped yet.
 *
 * @param id unique, the same for each try: by it the other side may see that it has the message already
 * @param topic the same for all messages about one incident
 * @param subject what and how bad, in few words
 * @param text what is wrong or wanted, in a sentence
 * @param facts what is known about it, by the words that it is shown under, in their order
 * @param task where it is worked on
 * @param acknowledge a link by which its reader takes the incident; a secret
 */
public record Message(
        String id,
        String topic,
        String subject,
        String text,
        Map<String, String> facts,
        URI task,
        Optional<URI> acknowledge,
        PagerEvent pager) {
    public Message {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
