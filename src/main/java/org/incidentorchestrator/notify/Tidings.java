package org.incidentorchestrator.notify;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
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
        call(
                "The page of " + (paged.level() > 4 ? "everybody" : "L" + paged.level()),
                Optional.of(incident.number()),
                Recipients.groupsOf(paged.level()),
                contacts -> drafts.page(incident, paged.level(), paged.at(), contacts));
    }

    /** Those who were paged are told again: each may have thought that somebody has it. */
    @EventListener
    void givenBack(IncidentGivenBack back) {
        Incident incident = back.incident();
        call(
                "That it was given back",
                Optional.of(incident.number()),
                Recipients.groupsUpTo(incident.level()),
                contacts -> drafts.givenBack(incident, back.reason(), contacts));
    }

    /** Whoever was called by others than the one who has it now need not come. */
    @EventListener
    void taken(IncidentAcknowledged taken) {
        Incident incident = taken.incident();
        end(
                Kind.TAKEN,
                incident,
                taken.by() + " has taken it",
                call -> isPager(call)
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
        end(
                Kind.CLOSED,
                closed.incident(),
                Wording.closed(closed.incident()),
                call -> !call.what().to().address().channel().equals("mail"));
    }

    /** After its task was made, which tells whether it is asked anew. */
    @EventListener
    @Order
    void needed(PersonNeeded needed) {
        if (Writing.isOwn(needed.subject())) {
            return;
        }
        writing.guarded("That somebody is needed", needed.incident(), () -> {
            String task = tasks.about(needed.subject()).orElse(needed.subject());
            Optional<Incident> incident = needed.incident().flatMap(incidents::find);
            write(
                    "That somebody is needed",
                    needed.incident(),
                    FIRST,
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
        Optional<Incident> incident = news.incident().flatMap(incidents::find);
        call(
                "An announcement",
                news.incident(),
                news.groups().stream().sorted().toList(),
                contacts -> drafts.announcement(news.text(), incident, news.subject(), news.task(), contacts));
    }

    private void call(
            String what,
            Optional<IncidentNumber> incident,
            Collection<String> groups,
            Function<List<Contact>, List<Draft>> letters) {
        writing.guarded(what, incident, () -> write(what, incident, groups, letters));
    }

    private void write(
            String what,
            Optional<IncidentNumber> incident,
            Collection<String> groups,
            Function<List<Contact>, List<Draft>> letters) {
        List<Contact> contacts = recipients.of(groups);
        if (contacts.isEmpty()) {
            writing.nobody(what, incident, groups);
        }
        writing.write(letters.apply(contacts));
    }

    /** A pager is told of each call by its key; any other address once, however often it was called. */
    private void end(Kind kind, Incident incident, String reason, Function<Notification, Boolean> concerned) {
        writing.guarded("The end of a call", Optional.of(incident.number()), () -> {
            Map<String, Draft> once = new TreeMap<>();
            Stream<Notification> calls = outbox.calls(incident.number(), incident.reopened()).stream()
                    .filter(concerned::apply);
            calls.map(call -> drafts.end(kind, incident, reason, clock.instant(), call))
                    .forEach(draft -> once.putIfAbsent(draft.key(), draft));
            writing.write(List.copyOf(once.values()));
        });
    }

    private static boolean isPager(Notification call) {
        return call.what().to().address().channel().equals("pagerduty");
    }
}
