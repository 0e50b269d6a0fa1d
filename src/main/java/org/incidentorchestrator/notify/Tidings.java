package org.incidentorchestrator.notify;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentAcknowledged;
import org.incidentorchestrator.incident.IncidentClosed;
import org.incidentorchestrator.incident.IncidentGivenBack;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.LevelPaged;
import org.incidentorchestrator.incident.OpenTasks;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.Notification.Kind;
import org.incidentorchestrator.notify.oncall.Contact;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Hears what people have to be told, in the transaction that makes it true, and writes it into the outbox. Nothing is
 * sent here, and nothing that goes wrong here holds up whoever published it.
 */
@Component
class Tidings {
    /** Whoever is on call first is told of everything that only a person can settle. */
    private static final Set<String> FIRST = Set.of("l1");

    private final Outbox outbox;
    private final Drafts drafts;
    private final Recipients recipients;
    private final Incidents incidents;
    private final OpenTasks tasks;
    private final Writing writing;
    private final Clock clock;

    Tidings(
            Outbox outbox,
            Drafts drafts,
            Recipients recipients,
            Incidents incidents,
            OpenTasks tasks,
            Writing writing,
            Clock clock) {
        this.outbox = outbox;
        this.drafts = drafts;
        this.recipients = recipients;
        this.incidents = incidents;
        this.tasks = tasks;
        this.writing = writing;
        this.clock = clock;
    }

    @EventListener
    void paged(LevelPaged paged) {
        Incident incident = paged.incident();
        String what = "The page of " + (paged.level() > 4 ? "everybody" : "L" + paged.level());
        List<String> groups = Recipients.groupsOf(paged.level());
        guarded(
                what,
                Optional.of(incident.number()),
                () -> write(
                        what,
                        Optional.of(incident.number()),
                        groups,
                        recipients.of(groups),
                        contacts -> drafts.page(incident, paged.level(), paged.at(), contacts)));
    }

    /** The ladder pages the level again that it had reached; where many read, nobody is to think that somebody has it. */
    @EventListener
    void givenBack(IncidentGivenBack back) {
        follow(Kind.GIVEN_BACK, back.incident(), back.reason(), call -> isBy("slack", call));
    }

    /** Whoever was called, and is not the one who has it now, need not come. */
    @EventListener
    void taken(IncidentAcknowledged taken) {
        follow(
                Kind.TAKEN,
                taken.incident(),
                taken.by() + " has taken it",
                call -> isBy("pagerduty", call)
                        || call.what()
                                .to()
                                .contact()
                                .user()
                                .filter(taken.by()::equals)
                                .isEmpty());
    }

    /** The pager and the chat show it as over; nobody gets a mail for that. */
    @EventListener
    void closed(IncidentClosed closed) {
        follow(Kind.CLOSED, closed.incident(), Wording.closed(closed.incident()), call -> !isBy("mail", call));
    }

    /** After its task was made, which tells whether it is asked anew. */
    @EventListener
    @Order
    void needed(PersonNeeded needed) {
        if (Writing.isOwn(needed.subject())) {
            return;
        }
        guarded("That somebody is needed", needed.incident(), () -> {
            String task = tasks.about(needed.subject()).orElse(needed.subject());
            Optional<Incident> incident = needed.incident().flatMap(incidents::find);
            write(
                    "That somebody is needed",
                    needed.incident(),
                    FIRST,
                    recipients.of(FIRST),
                    contacts -> drafts.person(needed.reason(), incident, needed.subject(), task, contacts));
        });
    }

    @EventListener
    void notNeeded(PersonNotNeeded settled) {
        writing.guarded(
                "That nobody is needed any more",
                settled.incident(),
                () -> outbox.drop(
                        Kind.PERSON, settled.subject(), "it has settled itself: " + settled.reason(), clock.instant()));
    }

    @EventListener
    void announced(Announcement news) {
        guarded("An announcement", news.incident(), () -> {
            Optional<Incident> incident = news.incident().flatMap(incidents::find);
            write(
                    "An announcement",
                    news.incident(),
                    news.groups(),
                    recipients.of(news.persons(), news.groups()),
                    contacts -> drafts.announcement(news.text(), incident, news.subject(), news.task(), contacts));
        });
    }

    /** Of an exercise nobody is told outside of Tasklist: what would have been is on the record. */
    private void guarded(String what, Optional<IncidentNumber> incident, Runnable work) {
        writing.guarded(what, incident, () -> {
            if (incident.flatMap(incidents::find).filter(Incident::exercise).isPresent()) {
                writing.exercised(what, incident);
            } else {
                work.run();
            }
        });
    }

    private void write(
            String what,
            Optional<IncidentNumber> incident,
            Collection<String> groups,
            List<Contact> contacts,
            Function<List<Contact>, List<Draft>> letters) {
        if (contacts.isEmpty()) {
            writing.nobody(what, incident, groups);
        }
        writing.write(letters.apply(contacts));
    }

    /** A pager is told of each call by its key; any other address once, however often it was called. */
    private void follow(Kind kind, Incident incident, String reason, Predicate<Notification> concerned) {
        guarded("What has become of a call", Optional.of(incident.number()), () -> {
            Map<String, Draft> once = new TreeMap<>();
            outbox.calls(incident.number(), incident.reopened()).stream()
                    .filter(concerned)
                    .map(call -> drafts.after(call, kind, incident, reason, clock.instant()))
                    .forEach(draft -> once.putIfAbsent(draft.key(), draft));
            writing.write(List.copyOf(once.values()));
        });
    }

    private static boolean isBy(String channel, Notification call) {
        return call.what().to().address().channel().equals(channel);
    }
}
