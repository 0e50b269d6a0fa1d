package org.incidentorchestrator.step.verb;

import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepFailure;

/** What verbs check of what they are given, before they ask the cluster; of namespaces and targets see {@link Reach}. */
public final class CheckedInput {
    private CheckedInput() {}

    /** @param what for the message: {@code a secret} @throws StepFailure badName */
    public static String name(String what, String name) {
        if (!Target.isName(name)) {
            throw StepFailure.refused(
                    "badName",
                    "Nothing was asked: '%s' is not the name of %s.".formatted(Line.of(String.valueOf(name), 80), what),
                    "Correct it where it comes from: at most 253 of a-z, 0-9, '-' and '.' (RFC 1123 subdomain).");
        }
        return name;
    }
}
