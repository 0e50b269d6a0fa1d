package org.incidentorchestrator.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Triage.Outcome;
import org.springframework.stereotype.Component;

/**
 * Puts on the record what alerts have changed, in the transaction that changes it: one entry per incident and kind, for
 * a storm of alerts is one fact to a reader.
 */
@Component
final class AlertFacts {
    private static final int NAMED = 20;

    private final EvidenceLog evidence;

    AlertFacts(EvidenceLog evidence) {
        this.evidence = evidence;
    }

    void opened(Incident incident, Alert alert) {
        append(Kind.ALERT_RECEIVED, incident.number(), alert, "alert received: " + alert.summary(), details(alert));
        append(
                Kind.INCIDENT_OPENED,
                incident.number(),
                alert,
                "opened: " + incident.key() + ", " + word(incident),
                Map.of("fingerprint", alert.fingerprint(), "severity", word(incident)));
    }

    /** It belongs to no incident: it only informs. */
    void informed(Alert alert) {
        String summary =
                "recorded, nobody is paged (its severity is info): %s: %s".formatted(alert.key(), alert.summary());
        evidence.append(new Entry(Kind.ALERT_RECEIVED, Optional.empty(), alert.source(), "", summary, details(alert)));
    }

    void worsened(Incident incident, Alert alert) {
        append(
                Kind.ALERT_ATTACHED,
                incident.number(),
                alert,
                "it is worse than it was: %s instead of %s"
                        .formatted(alert.severity().name().toLowerCase(java.util.Locale.ROOT), word(incident)),
                details(alert));
    }

    void reopened(Incident incident, KeyHistory.Judged start) {
        append(
                Kind.INCIDENT_REOPENED,
                incident.number(),
                start.alert(),
                "reopened: " + incident.key() + ", " + start.reason(),
                details(start.alert()));
    }

    void firesAgain(IncidentNumber number, Alert alert) {
        append(
                Kind.ALERT_ATTACHED,
                number,
                alert,
                "fires again before it was closed: the pager's resolve is taken back",
                details(alert));
    }

    /** Alerts that joined an incident which was there before, or that were resolved. */
    void changed(IncidentNumber number, List<KeyHistory.Judged> judged, int stillFiring) {
        List<Alert> joined = alerts(judged, Alert.Status.FIRING);
        if (!joined.isEmpty()) {
            append(Kind.ALERT_ATTACHED, number, joined.get(0), count(joined) + " attached", details(joined));
        }
        over(number, alerts(judged, Alert.Status.RESOLVED), " resolved by the pager", stillFiring);
        over(number, alerts(judged, Alert.Status.GONE), " not listed by the pager any more", stillFiring);
    }

    private void over(IncidentNumber number, List<Alert> alerts, String how, int stillFiring) {
        if (!alerts.isEmpty()) {
            String summary = count(alerts) + how + "; still firing: " + stillFiring;
            append(Kind.ALERT_RESOLVED, number, alerts.get(0), summary, details(alerts));
        }
    }

    void ended(IncidentNumber number, Alert last) {
        append(Kind.INCIDENT_ENDED, number, last, "ended: the pager has resolved all that fired", Map.of());
    }

    /** What the pager says is kept; it ends nothing. */
    void notOver(IncidentNumber number, Alert last) {
        append(
                Kind.NOTE,
                number,
                last,
                "not over: the pager has resolved all that fired, and only a person ends what this runbook works on",
                Map.of());
    }

    private void append(Kind kind, IncidentNumber number, Alert alert, String summary, Map<String, Object> details) {
        evidence.append(Entry.of(kind, number, alert.source(), summary).with(details));
    }

    private static List<Alert> alerts(List<KeyHistory.Judged> judged, Alert.Status status) {
        return judged.stream()
                .filter(one -> one.fresh() && one.outcome() != Outcome.OPENED && one.outcome() != Outcome.REOPENED)
                .map(KeyHistory.Judged::alert)
                .filter(alert -> alert.status() == status)
                .toList();
    }

    private static Map<String, Object> details(Alert alert) {
        List<String> labels = new TreeMap<>(alert.labels())
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList();
        return Map.of(
                "fingerprint",
                alert.fingerprint(),
                "startsAt",
                alert.startsAt().toString(),
                "severity",
                alert.severity().name(),
                "labels",
                labels);
    }

    private static Map<String, Object> details(List<Alert> alerts) {
        return Map.of(
                "alerts",
                alerts.size(),
                "fingerprints",
                alerts.stream().limit(NAMED).map(Alert::fingerprint).toList());
    }

    private static String count(List<Alert> alerts) {
        return alerts.size() == 1 ? "alert " + alerts.get(0).fingerprint() : alerts.size() + " alerts";
    }

    private static String word(Incident incident) {
        return incident.severity().name().toLowerCase(java.util.Locale.ROOT);
    }
}
