package org.incidentorchestrator.sandbox;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;

/**
 * What somebody wants to exercise, as it was typed: check {@link #faults} first.
 *
 * @param scenario a word of {@link Scenario}, which is played
 * @param workload the deployment that it is about; without it mcp-gateway
 * @param alertName the alert that it begins with; without it the one that such trouble raises
 * @param severity critical or warning; without it critical
 * @param summary one line for people; may be left out
 */
record GameDay(String scenario, String workload, String alertName, String severity, String summary) {
    private static final List<String> SEVERITIES = List.of("critical", "warning");
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_SUMMARY = 500;

    GameDay {
        scenario = line(scenario);
        workload = line(workload).isEmpty() ? FirstAlert.WORKLOAD : line(workload);
        alertName = line(alertName);
        severity = line(severity).isEmpty() ? "critical" : line(severity);
        summary = line(summary);
    }

    /** @return each as a sentence, all at once; none when it can be played */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        try {
            if (Scenario.named(scenario) == Scenario.HEALTHY_AGAIN) {
                faults.add("healthy-again ends what was played, and is nothing to exercise on");
            }
        } catch (IllegalArgumentException unknown) {
            faults.add(unknown.getMessage());
        }
        if (!Target.isName(workload)) {
            faults.add("workload is '%s'; it has to be a deployment's name".formatted(workload));
        }
        if (!SEVERITIES.contains(severity)) {
            faults.add("severity is '%s'; it has to be critical or warning".formatted(severity));
        }
        if (alertName.length() > LONGEST_NAME || summary.length() > LONGEST_SUMMARY) {
            faults.add(
                    "alertName has at most %d characters, summary at most %d".formatted(LONGEST_NAME, LONGEST_SUMMARY));
        }
        return faults;
    }

    Scenario played() {
        return Scenario.named(scenario);
    }

    /** Of the API server's troubles no workload is a part. */
    String about() {
        return played().ofTheApiServer() ? "" : workload;
    }

    IncidentKey key() {
        return new IncidentKey(alertName.isEmpty() ? played().alertName() : alertName, Sandbox.NAMESPACE, workload);
    }

    Severity severityOf() {
        return Severity.of(severity);
    }

    String told() {
        return summary.isEmpty() ? "%s: the game day plays %s".formatted(workload, scenario) : summary;
    }

    /** Without control characters, which could forge a line of the log. */
    private static String line(String text) {
        return text == null
                ? ""
                : text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
