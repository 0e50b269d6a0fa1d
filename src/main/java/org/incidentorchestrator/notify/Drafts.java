package org.incidentorchestrator.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.Notification.Kind;
import org.incidentorchestrator.notify.Notification.Recipient;
import org.incidentorchestrator.notify.oncall.Contact;
import org.springframework.stereotype.Component;

/** What is to be told of which event, and what the same is recognised by. No secret gets into it. */
@Component
final class Drafts {
    /** In characters: it is read on a phone, and what is left out stands in Tasklist. */
    private static final int LONGEST_TEXT = 400;

    private static final int EVERYBODY = 5;

    private final Redaction redaction;
    private final Links links;

    Drafts(Redaction redaction, Links links) {
        this.redaction = redaction;
        this.links = links;
    }

    /** One who is of several levels that are told with one page is told once. @param at which page it is */
    List<Draft> page(Incident incident, int level, Instant at, List<Contact> contacts) {
        String page = "page/%s.%d/%d".formatted(incident.number(), incident.reopened(), at.toEpochMilli());
        String pagerKey = "%s.%d/L%d/%d".formatted(incident.number(), incident.reopened(), level, at.toEpochMilli());
        String names = contacts.stream().map(Contact::name).collect(Collectors.joining(", "));
        String paged = (level == EVERYBODY ? "everybody" : "L" + level) + ": " + names;
        return contacts.stream()
                .map(contact -> draft(
                        page,
                        Optional.of(incident),
                        Kind.PAGE,
                        level,
                        "",
                        incident.summary(),
                        paged,
                        pagerKey,
                        contact))
                .toList();
    }

    /** What has become of a call, to where it went. @param reason a sentence */
    Draft after(Notification call, Kind kind, Incident incident, String reason, Instant at) {
        Recipient to = call.what().to();
        boolean pager = to.address().channel().equals("pagerduty");
        String ended = pager ? call.what().pagerKey() : "";
        String key = String.join(
                "/",
                kind.name(),
                incident.number() + "." + incident.reopened(),
                Long.toString(at.toEpochMilli()),
                to.address().channel(),
                to.address().to(),
                ended);
        return new Draft(
                key,
                Optional.of(incident.number()),
                incident.reopened(),
                kind,
                0,
                "",
                clean(reason),
                "",
                ended,
                Optional.empty(),
                // To this address and no other: elsewhere nobody would know what it is about.
                Recipient.first(new Contact(to.contact().name(), to.contact().user(), List.of(to.address()))));
    }

    /** @param task the task that it has made: another task is another need */
    List<Draft> person(
            String reason, Optional<Incident> incident, String subject, String task, List<Contact> contacts) {
        return contacts.stream()
                .map(contact -> draft(
                                "task/" + task, incident, Kind.PERSON, 0, subject, reason, "", "task/" + task, contact)
                        .about(task))
                .toList();
    }

    List<Draft> announcement(
            String text, Optional<Incident> incident, String subject, Optional<String> task, List<Contact> contacts) {
        return contacts.stream()
                .map(contact -> {
                    Draft draft = draft(
                            "told/" + subject, incident, Kind.ANNOUNCEMENT, 0, subject, text, "", subject, contact);
                    return task.map(draft::about).orElse(draft);
                })
                .toList();
    }

    private Draft draft(
            String key,
            Optional<Incident> incident,
            Kind kind,
            int level,
            String subject,
            String text,
            String paged,
            String pagerKey,
            Contact contact) {
        return new Draft(
                key,
                incident.map(Incident::number),
                incident.map(Incident::reopened).orElse(0),
                kind,
                level,
                subject,
                clean(text),
                paged,
                pagerKey(pagerKey),
                Optional.empty(),
                Recipient.first(contact));
    }

    /** Installations may share a pager's integration: each has keys of its own. */
    private String pagerKey(String what) {
        return Text.line("incident-orchestrator:" + links.installation() + "/" + what, 255);
    }

    private String clean(String text) {
        return Text.line(redaction.apply(text), LONGEST_TEXT);
    }
}
