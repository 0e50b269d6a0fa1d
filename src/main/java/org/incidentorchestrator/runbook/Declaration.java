package org.incidentorchestrator.runbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;

/**
 * What a person says to declare an incident, as it was typed: check {@link #faults} before anything else is asked.
 *
 * @param kind a word of {@link Kind}
 * @param namespace an RFC 1123 label; may be empty for a disaster
 * @param workload the name of a Deployment, StatefulSet or DaemonSet; may be empty where no single one is meant
 * @param severity {@code critical} or {@code warning}; empty is critical
 * @param summary one line for people
 * @param runbook the key of the runbook to work; empty leaves the choice to the decision table
 */
public record Declaration(
        String kind, String namespace, String workload, String severity, String summary, String runbook) {
    private static final int LONGEST_SUMMARY = 500;
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");

    public Declaration {
        kind = line(kind);
        namespace = line(namespace);
        workload = line(workload);
        severity = line(severity).isEmpty() ? "critical" : line(severity);
        summary = line(summary);
        runbook = line(runbook);
    }

    /** What can be declared, and under which name of an alert it is routed. */
    enum Kind {
        INCIDENT("DeclaredIncident", true, false),
        BREACH("SuspectedBreach", true, true),
        DEPLOYMENT("PlannedDeployment", true, true),
        DISASTER("DisasterDeclared", false, false);

        private final String alertName;
        private final boolean needsNamespace;
        private final boolean needsWorkload;

        Kind(String alertName, boolean needsNamespace, boolean needsWorkload) {
            this.alertName = alertName;
            this.needsNamespace = needsNamespace;
            this.needsWorkload = needsWorkload;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean isEmergency() {
            return this == BREACH || this == DISASTER;
        }
    }

    /** @return each as a sentence, all at once; none when it can be declared */
    List<String> faults(Set<String> runbooks) {
        List<String> faults = new ArrayList<>();
        Optional<Kind> known = kindIfKnown();
        if (known.isEmpty()) {
            faults.add("kind is '%s'; it has to be one of %s".formatted(kind, words()));
        }
        known.ifPresent(one -> askPlace(one, faults));
        askSeverity(known, faults);
        if (summary.length() < 3 || summary.length() > LONGEST_SUMMARY) {
            faults.add("summary has to say what is wrong, in 3 to %d characters".formatted(LONGEST_SUMMARY));
        }
        if (!runbook.isEmpty() && !runbooks.contains(runbook)) {
            faults.add(
                    "runbook is '%s'; leave it out, or name one of %s".formatted(runbook, String.join(", ", runbooks)));
        }
        return faults;
    }

    private void askPlace(Kind one, List<String> faults) {
        if (namespace.isEmpty() ? one.needsNamespace : !Target.isNamespace(namespace)) {
            faults.add(
                    "namespace is '%s'; it has to be a namespace: at most 63 of a-z, 0-9 and '-'".formatted(namespace));
        }
        if (workload.isEmpty() ? one.needsWorkload : !Target.isName(workload)) {
            faults.add("workload is '%s'; it has to be a workload's name: at most 253 of a-z, 0-9, '-' and '.'"
                    .formatted(workload));
        }
    }

    private void askSeverity(Optional<Kind> one, List<String> faults) {
        if (!SEVERITIES.contains(severity)) {
            faults.add("severity is '%s'; it has to be critical or warning".formatted(severity));
        } else if (one.filter(Kind::isEmergency).isPresent() && !severity.equals("critical")) {
            faults.add("severity is '%s'; a %s is critical: it pages at any hour"
                    .formatted(severity, one.get().word()));
        }
    }

    Kind known() {
        return kindIfKnown().orElseThrow();
    }

    IncidentKey key() {
        return new IncidentKey(known().alertName, namespace, workload);
    }

    Severity severityOf() {
        return Severity.of(severity);
    }

    private Optional<Kind> kindIfKnown() {
        return Arrays.stream(Kind.values())
                .filter(one -> one.word().equals(kind))
                .findFirst();
    }

    private static String words() {
        return Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    /** Without control characters, which could forge a line of the log. */
    private static String line(String text) {
        return text == null
                ? ""
                : text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
