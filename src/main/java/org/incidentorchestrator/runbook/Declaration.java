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
 * What a person says to declare an incident or to begin planned work, as it was typed: check {@link #faults} before
 * anything else is asked.
 *
 * @param kind a word of {@link Kind}
 * @param namespace an RFC 1123 label; may be empty for a disaster, and for a procedure that is about all of the cluster
 * @param workload the name of a Deployment, StatefulSet or DaemonSet; may be empty where no single one is meant
 * @param severity {@code critical} or {@code warning}, {@code info} for planned work; empty is what the kind has by itself
 * @param summary one line for people
 * @param runbook the key of the runbook to work; empty leaves the choice to the decision table. For planned work the key
 *     of the procedure
 * @param exercise whether all of it is only played: worked like a real one, and nobody is told of it outside
 */
public record Declaration(
        String kind,
        String namespace,
        String workload,
        String severity,
        String summary,
        String runbook,
        boolean exercise) {
    private static final int LONGEST_SUMMARY = 500;
    private static final Set<String> OF_THE_CLUSTER =
            Set.of("configuration-backup", "disaster-recovery", "monthly-maintenance", "weekly-maintenance");

    public Declaration {
        kind = line(kind);
        namespace = line(namespace);
        workload = line(workload);
        summary = line(summary);
        Optional<Kind> known = Kind.of(kind);
        severity = line(severity).isEmpty()
                ? known.map(one -> one.severities.get(0)).orElse("critical")
                : line(severity);
        runbook = line(runbook).isEmpty() ? known.map(one -> one.procedure).orElse("") : line(runbook);
    }

    /** Of what is real. */
    public Declaration(
            String kind, String namespace, String workload, String severity, String summary, String runbook) {
        this(kind, namespace, workload, severity, summary, runbook, false);
    }

    /** What can be declared. */
    enum Kind {
        INCIDENT("DeclaredIncident", List.of("critical", "warning"), ""),
        BREACH("SuspectedBreach", List.of("critical"), ""),
        DISASTER("DisasterDeclared", List.of("critical"), ""),
        DEPLOYMENT("", List.of("info"), "planned-deployment"),
        PROCEDURE("", List.of("info"), "");

        /** Under which name of an alert it is routed; empty for planned work, which has its procedure's. */
        private final String alertName;
        /** Those it may have, the usual one first. */
        private final List<String> severities;
        /** The one that is meant when none is named. */
        private final String procedure;

        Kind(String alertName, List<String> severities, String procedure) {
            this.alertName = alertName;
            this.severities = severities;
            this.procedure = procedure;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private boolean planned() {
            return alertName.isEmpty();
        }

        private static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }
    }

    /** Planned work. @param procedure a key of {@code processes/procedures} */
    static Declaration ofProcedure(String procedure, String namespace, String workload, String summary) {
        return new Declaration(Kind.PROCEDURE.word(), namespace, workload, "", summary, procedure);
    }

    /**
     * @param runbooks the keys that an incident can be sent to
     * @param procedures the keys that can be begun
     * @return each as a sentence, all at once; none when it can be declared
     */
    List<String> faults(Set<String> runbooks, Set<String> procedures) {
        List<String> faults = new ArrayList<>();
        Optional<Kind> known = Kind.of(kind);
        if (known.isEmpty()) {
            faults.add("kind is '%s'; it has to be one of %s".formatted(kind, words()));
        }
        known.ifPresent(one -> askPlace(one, faults));
        askSeverity(known, faults);
        if (summary.length() < 3 || summary.length() > LONGEST_SUMMARY) {
            faults.add("summary has to say what is wrong or planned, in 3 to %d characters".formatted(LONGEST_SUMMARY));
        }
        if (known.filter(Kind::planned).isPresent()) {
            askProcedure(procedures, faults);
        } else if (!runbook.isEmpty() && !runbooks.contains(runbook)) {
            faults.add(
                    "runbook is '%s'; leave it out, or name one of %s".formatted(runbook, String.join(", ", runbooks)));
        }
        return faults;
    }

    private void askProcedure(Set<String> procedures, List<String> faults) {
        if (!procedures.contains(runbook)) {
            faults.add("runbook is '%s'; a %s needs a procedure: one of %s"
                    .formatted(runbook, kind, String.join(", ", procedures)));
        }
    }

    private void askPlace(Kind one, List<String> faults) {
        if (namespace.isEmpty() ? needsNamespace(one) : !Target.isNamespace(namespace)) {
            faults.add(
                    "namespace is '%s'; it has to be a namespace: at most 63 of a-z, 0-9 and '-'".formatted(namespace));
        }
        if (one == Kind.DISASTER && !workload.isEmpty()) {
            faults.add("workload is '%s'; leave it out: a disaster is about the cluster, which nobody can ask for it"
                    .formatted(workload));
        } else if (workload.isEmpty() ? one == Kind.BREACH : !Target.isName(workload)) {
            faults.add("workload is '%s'; it has to be a workload's name: at most 253 of a-z, 0-9, '-' and '.'"
                    .formatted(workload));
        }
    }

    private boolean needsNamespace(Kind one) {
        return one != Kind.DISASTER && !(one.planned() && OF_THE_CLUSTER.contains(runbook));
    }

    private void askSeverity(Optional<Kind> one, List<String> faults) {
        List<String> fitting = one.map(kind -> kind.severities).orElse(Kind.INCIDENT.severities);
        if (!fitting.contains(severity)) {
            String why = one.filter(kind -> kind == Kind.BREACH || kind == Kind.DISASTER)
                    .map(kind -> ": a %s pages at any hour".formatted(kind.word()))
                    .orElse("");
            faults.add("severity is '%s'; it has to be %s%s".formatted(severity, String.join(" or ", fitting), why));
        }
    }

    /** Of one without {@link #faults}. */
    IncidentKey key() {
        Kind one = Kind.of(kind).orElseThrow();
        return new IncidentKey(one.planned() ? titled(runbook) : one.alertName, namespace, workload);
    }

    Severity severityOf() {
        return Severity.of(severity);
    }

    /** {@code CertificateRotation} of {@code certificate-rotation}: spelled as alerts are. */
    private static String titled(String key) {
        return Arrays.stream(key.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
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
