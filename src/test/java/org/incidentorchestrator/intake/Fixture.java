package org.incidentorchestrator.intake;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Messages as Alertmanager sends them, and settings as they are when nobody sets them. */
final class Fixture {
    static final String STARTED = "2026-11-23T02:58:03.412Z";
    static final String STARTED_AGAIN = "2026-11-23T02:59:30Z";

    private Fixture() {}

    static IntakeSettings settings() {
        return settings(Map.of());
    }

    static IntakeSettings settings(Map<String, String> changed) {
        return bind("intake", IntakeSettings.class, changed);
    }

    static ReopenSettings reopening() {
        return bind("incident", ReopenSettings.class, Map.of());
    }

    static ReconcileSettings asking(Map<String, String> changed) {
        return bind("intake.sources.alertmanager", ReconcileSettings.class, changed);
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> changed) {
        return new Binder(new MapConfigurationPropertySource(changed)).bindOrCreate(prefix, type);
    }

    static String firing(String fingerprint, String alertName, String deployment) {
        return alert("firing", fingerprint, alertName, deployment, STARTED);
    }

    static String resolved(String fingerprint, String alertName, String deployment) {
        return alert("resolved", fingerprint, alertName, deployment, STARTED);
    }

    static String alert(String status, String fingerprint, String alertName, String deployment, String startsAt) {
        return """
                {"status":"%s","fingerprint":"%s","startsAt":"%s","endsAt":"0001-01-01T00:00:00Z",
                 "labels":{"alertname":"%s","namespace":"a1-orchestrator","deployment":"%s","severity":"critical"},
                 "annotations":{"summary":"%s is down"}}"""
                .formatted(status, fingerprint, startsAt, alertName, deployment, deployment);
    }

    static String message(String... alerts) {
        return "{\"version\":\"4\",\"status\":\"firing\",\"truncatedAlerts\":0,\"alerts\":["
                + String.join(",", List.of(alerts)) + "]}";
    }
}
