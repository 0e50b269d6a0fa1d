package org.incidentorchestrator.step.verb;

import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepFailure;

/** What every verb checks of the names it is given, before it asks the cluster. */
public final class CheckedInput {
    private CheckedInput() {}

    /** @throws StepFailure namespaceNotAllowed */
    public static String namespace(ClusterSettings settings, String namespace) {
        if (namespace == null || !settings.allows(namespace)) {
            throw StepFailure.refused(
                    "namespaceNotAllowed",
                    "Nothing was asked: '%s' is not one of the namespaces of this program."
                            .formatted(Line.of(String.valueOf(namespace), 80)),
                    "Name one of %s, or add it to the setting cluster.namespaces.".formatted(settings.namespaces()));
        }
        return namespace;
    }

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
