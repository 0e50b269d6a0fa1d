package org.incidentorchestrator.runbook;

import java.time.Clock;
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
 * Opens incidents that people declare, and starts their root process in the same transaction. One that is open already
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
     * @param person a user id
     * @param idempotencyKey what the person gave the declaration, so that it can be sent again; empty for none
     * @throws DuplicateKeyException in a caller's transaction only, when somebody else is first: roll back
     */
    public Declared declare(Declaration declaration, String person, Optional<String> idempotencyKey) {
        List<String> faults = declaration.faults(runbooks.keys());
        if (!faults.isEmpty()) {
            return new Invalid(faults);
        }
        Optional<String> repeat = idempotencyKey.map(key -> person + '\u001f' + key);
        return before(declaration, repeat).orElseGet(() -> openOrName(declaration, person, repeat));
    }

    /** What there is already: the same declaration, or an open incident of the same key. */
    private Optional<Declared> before(Declaration declaration, Optional<String> repeat) {
        Optional<Declared> same =
                repeat.flatMap(incidents::findDeclared).map(incident -> repeated(declaration, incident));
        return same.isPresent()
                ? same
                : incidents
                        .findOpen(declaration.key())
                        .map(open -> new Conflict(
                                open,
                                open.key()
                                        + " is open already as " + open.number()
                                        + ": work on that one, it has all that happened so far"));
    }

    private static Declared repeated(Declaration declaration, Incident incident) {
        boolean same = incident.key().equals(declaration.key())
                && incident.severity() == declaration.severityOf()
                && incident.summary().equals(declaration.summary());
        return same
                ? new Opened(incident, true)
                : new Conflict(
                        incident,
                        "This Idempotency-Key has declared " + incident.number()
                                + ", which is something else: take a new key for a new declaration");
    }

    private Declared openOrName(Declaration declaration, String person, Optional<String> repeat) {
        try {
            return transaction.execute(status -> new Opened(open(declaration, person, repeat), false));
        } catch (DuplicateKeyException first) {
            return before(declaration, repeat).orElseThrow(() -> first);
        }
    }

    private Incident open(Declaration declaration, String person, Optional<String> repeat) {
        Incident opened = incidents.declare(
                declaration.key(),
                declaration.severityOf(),
                declaration.summary(),
                person,
                repeat.orElse(null),
                clock.instant());
        if (!declaration.runbook().isEmpty()) {
            incidents.choose(opened.number(), null, declaration.runbook());
        }
        evidence.append(Entry.of(Entry.Kind.INCIDENT_OPENED, opened.number(), person, told(declaration, person))
                .with(Map.of(
                        "kind", declaration.kind(),
                        "severity", declaration.severity(),
                        "runbook", declaration.runbook(),
                        "declaredBy", person)));
        Incident declared = incidents.get(opened.number());
        events.publishEvent(new IncidentsOpened(List.of(declared)));
        return declared;
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
