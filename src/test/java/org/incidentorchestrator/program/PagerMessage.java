package org.incidentorchestrator.program;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.incidentorchestrator.sandbox.Sandbox;

/** What Alertmanager posts: one alert about one deployment, whose fingerprint follows from both. */
public final class PagerMessage {
    private static final Instant STARTED = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private PagerMessage() {}

    public static String firing(String alert, String workload) {
        return of("firing", alert, Sandbox.NAMESPACE, workload, STARTED);
    }

    public static String resolved(String alert, String workload) {
        return of("resolved", alert, Sandbox.NAMESPACE, workload, STARTED);
    }

    /** @param status firing or resolved */
    public static String of(String status, String alert, String namespace, String workload, Instant startsAt) {
        return """
                {"version":"4","status":"%1$s","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"%1$s","labels":{"alertname":"%2$s","namespace":"%3$s","deployment":"%4$s",
                  "severity":"critical"},"annotations":{"summary":"%4$s is down"},"startsAt":"%5$s",
                  "endsAt":"0001-01-01T00:00:00Z","fingerprint":"%2$s-%3$s-%4$s"}]}"""
                .formatted(status, alert, namespace, workload, startsAt);
    }
}
