package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.runbook.Declared.Conflict;
import org.incidentorchestrator.runbook.Declared.Invalid;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens incidents that people declare, and planned work that they or the calendar begin, and starts their root process in the same transaction. One that is open already
 * is named and not opened twice; the same declaration sent again opens nothing.
 */
@Component
public class Declarations {
    /** In characters, of an Idempotency-Key. */
    public static final int LONGEST_KEY = 200;

    private final Incidents incidents;
    private final Runbooks runbooks;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Declarations(
            Incidents incidents,
            Runbooks runbooks,
            EvidenceLog evidence,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.incidents = incidents;
        this.runbooks = runbooks;
        this.evidence = evidence;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Joins the caller's transaction, else has its own.
     *
     * @param declaration of an incident, or of planned work
     * @param person a user id
     * @param idempotencyKey what the person gave the declaration, so that it can be sent again; empty for none
     * @throws DuplicateKeyException in a caller's transaction only, when somebody else is first: roll back
     */
    public Declared declare(Declaration declaration, String person, Optional<String> idempotencyKey) {
        Optional<String> repeat = idempotencyKey.map(key -> person + '\u001f' + key);
        return declare(declaration, new Who(person, repeat, clock.instant()));
    }

    /**
     * Planned work of the calendar, opened as of when it was due: an outage makes it late, and its window no longer.
     * Joins the caller's transaction.
     */
    Declared begin(Declaration declaration, Instant due) {
        return declare(declaration, new Who(Entry.SELF, Optional.empty(), due));
    }

    /** @param repeat what a repeat of the declaration is recognised by */
    private record Who(String person, Optional<String> repeat, Instant at) {}

    private Declared declare(Declaration declaration, Who who) {
        List<String> faults = declaration.faults(runbooks.keys(), runbooks.procedures());
        return faults.isEmpty()
                ? before(declaration, who.repeat).orElseGet(() -> openOrName(declaration, who))
                : new Invalid(faults);
    }

    /** What there is already: the same declaration, or an open incident of the same key. */
    private Optional<Declared> before(Declaration declaration, Optional<String> repeat) {
        Optional<Declared> same =
                repeat.flatMap(incidents::findDeclared).map(incident -> repeated(declaration, incident));
        return same.isPresent()
                ? same
                : open(declaration)
                        .map(open -> new Conflict(
                                open,
                                open.key()
                                        + " is open already as " + open.number()
                                        + ": work on that one, it has all that happened so far"));
    }

    private Optional<Incident> open(Declaration declaration) {
        return declaration.exercise()
                ? incidents.findOpenExercise(declaration.key())
                : incidents.findOpen(declaration.key());
    }

    private static Declared repeated(Declaration declaration, Incident incident) {
        boolean same = incident.key().equals(declaration.key())
                && incident.exercise() == declaration.exercise()
                && incident.severity() == declaration.severityOf()
                && incident.summary().equals(declaration.summary());
        return same
                ? new Opened(incident, true)
                : new Conflict(
                        incident,
                        "This Idempotency-Key has declared " + incident.number()
                                + ", which is something else: take a new key for a new declaration");
    }

    private Declared openOrName(Declaration declaration, Who who) {
        try {
            return transaction.execute(status -> new Opened(open(declaration, who), false));
        } catch (DuplicateKeyException first) {
            return before(declaration, who.repeat).orElseThrow(() -> first);
        }
    }

    private Incident open(Declaration declaration, Who who) {
        Incident opened = row(declaration, who);
        if (!declaration.runbook().isEmpty()) {
            incidents.choose(opened.number(), null, declaration.runbook());
        }
        evidence.append(Entry.of(
                        Entry.Kind.INCIDENT_OPENED,
                        opened.number(),
                        who.person,
                        opened.stamp() + told(declaration, who.person))
                .with(Map.of(
                        "kind", declaration.kind(),
                        "severity", declaration.severity(),
                        "runbook", declaration.runbook(),
                        "exercise", declaration.exercise(),
                        "declaredBy", who.person)));
        Incident declared = incidents.get(opened.number());
        events.publishEvent(new IncidentsOpened(List.of(declared)));
        return declared;
    }

    private Incident row(Declaration declaration, Who who) {
        String repeat = who.repeat.orElse(null);
        return declaration.exercise()
                ? incidents.exercise(
                        declaration.key(), declaration.severityOf(), declaration.summary(), who.person, repeat, who.at)
                : incidents.declare(
                        declaration.key(), declaration.severityOf(), declaration.summary(), who.person, repeat, who.at);
    }

    private static String told(Declaration declaration, String person) {
        return "%s declared: %s, %s: %s%s"
                .formatted(
                        person,
                        declaration.key(),
                        declaration.severity(),
                        declaration.summary(),
                        declaration.runbook().isEmpty() ? "" : "; runbook " + declaration.runbook() + " chosen");
    }
}
