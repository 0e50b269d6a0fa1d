package org.incidentorchestrator.notify;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.notify.Notification.Kind;
import org.incidentorchestrator.notify.channel.Message;
import org.incidentorchestrator.notify.channel.PagerEvent;
import org.incidentorchestrator.notify.channel.PagerEvent.Action;
import org.springframework.stereotype.Component;

/** A notification in words: which incident, how bad, what is wrong, who is paged, since when, and where to go. */
@Component
final class Wording {
    private static final int LONGEST_SUBJECT = 150;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Redaction redaction;
    private final Links links;

    Wording(Redaction redaction, Links links) {
        this.redaction = redaction;
        this.links = links;
    }

    /** @param incident as it is now @param acknowledge the link by which its reader takes it */
    Message of(Notification row, Optional<Incident> incident, Optional<String> task, Optional<URI> acknowledge) {
        String topic = incident.map(it -> it.number() + "." + it.reopened()).orElse("notification-" + row.id());
        return new Message(
                "notification-" + row.id(),
                topic,
                clean(subject(row, incident), LONGEST_SUBJECT),
                row.what().text(),
                facts(row, incident),
                links.task(task),
                acknowledge,
                pager(row, incident));
    }

    static String closed(Incident incident) {
        String outcome = incident.outcome() == null ? "closed" : word(incident.outcome());
        return "It is closed: " + outcome;
    }

    private static String subject(Notification row, Optional<Incident> incident) {
        String what =
                incident.map(it -> it.number() + " " + word(it.severity())).orElse("");
        String about = incident.map(it -> ": " + it.key()).orElse("");
        return switch (row.what().kind()) {
            case PAGE -> what + about;
            case GIVEN_BACK -> what + ", given back" + about;
            case TAKEN -> what + ", taken" + about;
            case CLOSED -> what + ", closed" + about;
            case PERSON ->
                incident.map(it -> it.number() + ": somebody is needed").orElse("Somebody is needed");
            case ANNOUNCEMENT ->
                incident.map(it -> it.number() + ": announcement").orElse("Announcement");
        };
    }

    private Map<String, String> facts(Notification row, Optional<Incident> incident) {
        Map<String, String> facts = new LinkedHashMap<>();
        incident.ifPresent(it -> {
            facts.put("Incident", it.number().toString());
            facts.put("Severity", word(it.severity()));
            facts.put("Service", clean(service(it), LONGEST_SUBJECT));
            facts.put("Since", MINUTE.format(it.openedAt()));
            if (it.reopened() > 0) {
                facts.put("Reopened", it.reopened() == 1 ? "once" : it.reopened() + " times");
            }
        });
        if (!row.what().paged().isEmpty()) {
            facts.put("Paged", row.what().paged());
        }
        return facts;
    }

    private static String service(Incident incident) {
        String namespace = incident.key().namespace();
        String workload = incident.key().workload();
        return workload.isEmpty() ? namespace : namespace.isEmpty() ? workload : namespace + "/" + workload;
    }

    private PagerEvent pager(Notification row, Optional<Incident> incident) {
        Instant since = incident.map(Incident::openedAt).orElse(row.createdAt());
        return new PagerEvent(
                action(row.what().kind()),
                row.what().pagerKey(),
                incident.map(Incident::severity).orElse(Severity.UNKNOWN),
                since,
                links.installation(),
                incident.map(it -> clean(it.key().workload(), LONGEST_SUBJECT)).orElse(""),
                incident.map(it -> clean(it.key().namespace(), LONGEST_SUBJECT)).orElse(""),
                incident.map(it -> clean(it.key().alertName(), LONGEST_SUBJECT)).orElse(""));
    }

    private static Action action(Kind kind) {
        return switch (kind) {
            case TAKEN -> Action.ACKNOWLEDGE;
            case CLOSED -> Action.RESOLVE;
            case PAGE, GIVEN_BACK, PERSON, ANNOUNCEMENT -> Action.TRIGGER;
        };
    }

    private String clean(String text, int most) {
        return Text.line(redaction.apply(text), most);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
