package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.stereotype.Component;

/** {@code ${timers.x}}: the models' times, as ISO-8601 strings (the engine refuses a {@link Duration}). */
@ForModels("timers")
@Component
public class Timers {
    private final Escalation escalation;
    private final Incidents incidents;
    private final WaitSettings waits;
    private final MaintenanceStart maintenance;
    private final Clock clock;

    Timers(Escalation escalation, Incidents incidents, WaitSettings waits, MaintenanceStart maintenance, Clock clock) {
        this.escalation = escalation;
        this.incidents = incidents;
        this.waits = waits;
        this.maintenance = maintenance;
        this.clock = clock;
    }

    /** For facts that are shown with their time. */
    public String getNow() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * When a level is due: absolute, so that an outage of ours makes it overdue and not later. From the incident's row: it
     * costs less than to carry the times as variables, and cannot disagree with it.
     *
     * @param incident {@code INC-1}
     * @param level 2 to 4
     */
    public String escalateAt(String incident, int level) {
        return escalation.ladder(row(incident)).due(level).toString();
    }

    /** A time that somebody has worked out already, ISO-8601: absolute, so that an outage makes it overdue and not later. */
    public String at(String time) {
        return Instant.parse(time).toString();
    }

    /** When everybody is due, for the first time or again; or a page that waits for hours to begin. */
    public String everybodyAt(String incident) {
        return escalation.ladder(row(incident)).everybody().toString();
    }

    /** When it is asked whether anything was heard of whoever has it. */
    public String silenceAt(String incident) {
        return escalation.silentAt(row(incident)).toString();
    }

    /** When a lease is looked at next: at its end at the latest. @param until its end, ISO-8601 */
    public String leaseLookAt(String until) {
        Instant end = Instant.parse(until);
        Instant next = clock.instant().plus(waits.leasePoll());
        return (next.isBefore(end) ? next : end).toString();
    }

    /** When the maintenance of the calendar begins: a cron expression, in UTC (runbook W01, N01). */
    public String getMaintenanceStart() {
        return maintenance.at();
    }

    public String getRolloutPoll() {
        return waits.rolloutPoll().toString();
    }

    public String getSyncPoll() {
        return waits.syncPoll().toString();
    }

    public String getPodsPoll() {
        return waits.podsPoll().toString();
    }

    public String getScriptPoll() {
        return waits.scriptPoll().toString();
    }

    public String getBakePoll() {
        return waits.bakePoll().toString();
    }

    /** When a deployment that is good by then has been watched for long enough; compares with {@link #getNow}. */
    public String getBakeEnd() {
        return clock.instant()
                .plus(waits.bake())
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    public String getRecoveryPoll() {
        return waits.recoveryPoll().toString();
    }

    public String getIsolationPoll() {
        return waits.isolationPoll().toString();
    }

    public String getCaptureBound() {
        return waits.captureBound().toString();
    }

    public String getCapturePoll() {
        return waits.capturePoll().toString();
    }

    public String getRefreshPoll() {
        return waits.refreshPoll().toString();
    }

    public String getServedPoll() {
        return waits.servedPoll().toString();
    }

    public String getMonitoringPoll() {
        return waits.monitoringPoll().toString();
    }

    public String getMemoryPoll() {
        return waits.memoryPoll().toString();
    }

    public String getUsagePoll() {
        return waits.usagePoll().toString();
    }

    public String getPlatformPoll() {
        return waits.platformPoll().toString();
    }

    public String getCausePoll() {
        return waits.causePoll().toString();
    }

    public String getHoldPoll() {
        return waits.holdPoll().toString();
    }

    public String getOutagePoll() {
        return waits.outagePoll().toString();
    }

    private Incident row(String incident) {
        return incidents.get(IncidentNumber.parse(incident));
    }
}
