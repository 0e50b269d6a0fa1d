package org.incidentorchestrator.approval.paging;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.paging.Invitations.Invitation;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Ladder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What responders do about an incident beside ending it, whichever way they say so. Each makes its facts true, and leaves
 * its task to the caller. Each is on the record as theirs, and counts as having been heard of.
 */
@Component
class Responses {
    private final Incidents incidents;
    private final Acknowledgement acknowledgement;
    private final EscalationLadder ladder;
    private final Invitations invitations;
    private final Colleagues colleagues;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Responses(
            Incidents incidents,
            Acknowledgement acknowledgement,
            EscalationLadder ladder,
            Invitations invitations,
            Colleagues colleagues,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            Clock clock) {
        this.incidents = incidents;
        this.acknowledgement = acknowledgement;
        this.ladder = ladder;
        this.invitations = invitations;
        this.colleagues = colleagues;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** Takes it; who has it already is not refused. */
    void take(IncidentNumber number, String person, ProcessEngineServices engine) {
        Incident incident = open(number);
        boolean first = incident.takenBy().isEmpty() && acknowledgement.acknowledge(number, person, engine, "");
        if (!first && !incident.takenBy().equals(Optional.of(person))) {
            throw new ResponseRefused("%s is with %s: ask for it to be handed over, or escalate it"
                    .formatted(number, incident.acknowledgedBy()));
        }
    }

    void giveBack(IncidentNumber number, String person, String note, ProcessEngineServices engine) {
        Incident incident = open(number);
        String holder = incident.takenBy()
                .orElseThrow(() -> new ResponseRefused(
                        number + " is with nobody: there is nothing to give back, and the paging goes on"));
        String told = person + " has given it back" + (person.equals(holder) ? "" : " for " + holder);
        acknowledgement.giveBack(number, person, told + colon(note) + "; paging goes on", "");
        IncidentTasks.tell(engine, IncidentTasks.GIVEN_BACK, number);
    }

    /** The next level has to take it: nobody has it any more, and the ladder counts on from that level. */
    void escalate(IncidentNumber number, String person, String reason, ProcessEngineServices engine) {
        Incident incident = open(number);
        if (incident.level() == Ladder.EVERYBODY) {
            throw new ResponseRefused(
                    "There is nobody to escalate %s to: everybody has been paged, and is again".formatted(number));
        }
        int level = incident.level() + 1;
        String told = "%s has escalated it to %s: %s".formatted(person, PagingSchedule.title(level), reason);
        append(Entry.Kind.ESCALATED, number, person, told, Map.of("level", level, "reason", reason));
        String next = "with nobody: %s has to take it".formatted(PagingSchedule.title(level));
        boolean taken = acknowledgement.giveBack(number, person, next, "");
        incidents.escalate(number, level, clock.instant());
        ladder.pageNow(number, engine);
        rearm(number, taken, engine);
    }

    /** It has become worse: nobody has it any more, and the level that was reached is paged. */
    void pageAnew(Incident incident, ProcessEngineServices engine) {
        if (incident.endedByPerson()) {
            return;
        }
        String told = "it has become %s: paged again"
                .formatted(incident.severity().name().toLowerCase(Locale.ROOT));
        boolean taken = acknowledgement.giveBack(incident.number(), Entry.SELF, told, "");
        incidents.escalate(incident.number(), incident.level(), clock.instant());
        rearm(incident.number(), taken, engine);
    }

    /** The ladder's timers are those of its row again; what is due by that is paged. */
    void countAnew(Incident incident, ProcessEngineServices engine) {
        if (!incident.endedByPerson() && incident.takenBy().isEmpty()) {
            rearm(incident.number(), false, engine);
        }
    }

    void workAnyway(IncidentNumber number, String person, String reason, ProcessEngineServices engine) {
        Incident incident = open(number);
        if (!incident.waits(clock.instant())) {
            throw new ResponseRefused(number + " waits on no other incident: its own runbook works on it");
        }
        String told = "%s lets it wait no longer on %s: %s".formatted(person, incident.parent(), reason);
        append(
                Entry.Kind.NOTE,
                number,
                person,
                told,
                Map.of("parent", incident.parent().toString(), "reason", reason));
        incidents.endHold(number, clock.instant());
        countAnew(incident, engine);
        IncidentTasks.tell(engine, IncidentTasks.ALERT_RESOLVED, number);
    }

    private static void rearm(IncidentNumber number, boolean taken, ProcessEngineServices engine) {
        if (!taken) {
            // The ladder that runs is stopped, as if somebody had taken it for this moment.
            IncidentTasks.tell(engine, IncidentTasks.ACKNOWLEDGED, number);
        }
        IncidentTasks.tell(engine, IncidentTasks.GIVEN_BACK, number);
    }

    void handOver(IncidentNumber number, String person, String to, String note, ProcessEngineServices engine) {
        Incident incident = open(number);
        refuseHandOver(incident, person, to);
        Set<String> levels = colleagues.levelsOf(to);
        String told = "%s has handed it over to %s: %s".formatted(person, to, note);
        append(Entry.Kind.HANDED_OVER, number, person, told, Map.of("to", to, "note", note));
        if (incident.takenBy().isEmpty()) {
            acknowledgement.acknowledge(number, to, engine, "");
        }
        incidents.handOver(number, to, clock.instant());
        announce(
                incident,
                Optional.of(to),
                levels,
                told + ". It is yours now; do something about it, or it is paged again");
    }

    private void refuseHandOver(Incident incident, String person, String to) {
        if (incident.takenBy().equals(Optional.of(to))) {
            throw new ResponseRefused("%s is with %s already".formatted(incident.number(), to));
        }
        if (!incident.takenBy().equals(Optional.of(person)) && !colleagues.callerIsAdministrator()) {
            throw new ResponseRefused(incident.takenBy()
                    .map(holder -> "%s is with %s: only %s or an administrator hands it over"
                            .formatted(incident.number(), holder, holder))
                    .orElseGet(() -> "%s is with nobody: take it first".formatted(incident.number())));
        }
    }

    void askPerson(IncidentNumber number, String person, String asked, String note, ProcessEngineServices engine) {
        invite(open(number), person, new Invitation(false, asked), colleagues.levelsOf(asked), note, engine);
    }

    void askGroup(IncidentNumber number, String person, String group, String note, ProcessEngineServices engine) {
        colleagues.refuseOther(group);
        invite(open(number), person, new Invitation(true, group), Set.of(group), note, engine);
    }

    private void invite(
            Incident incident,
            String person,
            Invitation asked,
            Set<String> groups,
            String note,
            ProcessEngineServices engine) {
        IncidentNumber number = incident.number();
        if (invitations.of(number).contains(asked)) {
            throw new ResponseRefused("%s is asked to work on %s already".formatted(asked.name(), number));
        }
        invitations.add(number, asked);
        String told = "%s asks %s to work on it too: %s".formatted(person, asked.name(), note);
        append(Entry.Kind.RESPONDER_ADDED, number, person, told, Map.of("asked", asked.name(), "note", note));
        IncidentTasks.unrestricted(engine, () -> {
            ladder.offer(number, engine);
            return null;
        });
        announce(incident, asked.group() ? Optional.empty() : Optional.of(asked.name()), groups, told);
    }

    /** Of one that is closed too: what is found out later belongs to it. */
    void note(IncidentNumber number, String person, String text) {
        incidents.lock(number);
        append(Entry.Kind.NOTE, number, person, person + ": " + text, Map.of("note", text));
    }

    private Incident open(IncidentNumber number) {
        Incident incident = incidents.lock(number);
        if (!incident.open() || incident.endedByPerson()) {
            throw new ResponseRefused(
                    "%s has ended: nobody is paged for it any more. If it goes on, its alert opens it".formatted(number)
                            + " again");
        }
        return incident;
    }

    private void append(Entry.Kind kind, IncidentNumber number, String person, String told, Map<String, Object> facts) {
        evidence.append(Entry.of(kind, number, person, told).with(facts));
    }

    private void announce(Incident incident, Optional<String> person, Set<String> groups, String told) {
        String subject = "%s/%s/%s".formatted(incident.number(), person.orElse("group"), clock.instant());
        events.publishEvent(new Announcement(
                Optional.of(incident.number()),
                groups,
                person.map(Set::of).orElse(Set.of()),
                subject,
                "%s, %s: %s".formatted(incident.number(), incident.key(), told),
                Optional.empty()));
    }

    private static String colon(String note) {
        return note.isBlank() ? "" : ": " + note;
    }
}
