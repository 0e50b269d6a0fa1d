package org.incidentorchestrator.support;

import java.time.Instant;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;

/** An incident without a database: as its alert opened it, but for what a test says of it. */
public final class TestIncident {
    private final long number;
    private final IncidentKey key;
    private final Instant openedAt;
    private String summary;
    private String runbook;
    private Target target;
    private Instant acknowledgedAt;
    private String acknowledgedBy;
    private Ending ending;
    private Instant closedAt;
    private Incident.Outcome outcome;
    private boolean exercise;
    private int reopened;
    private String declaredBy;

    private TestIncident(long number, IncidentKey key, Instant openedAt) {
        this.number = number;
        this.key = key;
        this.openedAt = openedAt;
        this.summary = key.workload() + " is down";
    }

    public static TestIncident opened(long number, IncidentKey key, Instant at) {
        return new TestIncident(number, key, at);
    }

    public TestIncident saying(String what) {
        summary = what;
        return this;
    }

    public TestIncident sentTo(String procedure, Target found) {
        runbook = procedure;
        target = found;
        return this;
    }

    public TestIncident takenBy(String person, Instant at) {
        acknowledgedBy = person;
        acknowledgedAt = at;
        return this;
    }

    public TestIncident ended(Ending why) {
        ending = why;
        return this;
    }

    public TestIncident closed(Incident.Outcome word, Instant at) {
        outcome = word;
        closedAt = at;
        return this;
    }

    public TestIncident exercise() {
        exercise = true;
        return this;
    }

    public TestIncident reopened(int times) {
        reopened = times;
        return this;
    }

    public TestIncident declaredBy(String person) {
        declaredBy = person;
        return this;
    }

    public Incident row() {
        return new Incident(
                new IncidentNumber(number),
                exercise,
                key,
                Severity.CRITICAL,
                summary,
                runbook,
                target,
                openedAt,
                1,
                openedAt,
                acknowledgedAt,
                acknowledgedAt,
                acknowledgedBy,
                ending,
                closedAt,
                outcome,
                reopened,
                declaredBy,
                null,
                null,
                1,
                null,
                null);
    }
}
