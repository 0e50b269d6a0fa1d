package org.incidentorchestrator.evidence;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The kubectl lines that a step's entry carries under {@code kubectl}: a text, or a list of texts. */
final class Kubectl {
    private Kubectl() {}

    /** On one line, as a shell takes it. */
    static String in(Map<String, Object> details) {
        Object lines = details.getOrDefault("kubectl", "");
        String text = lines instanceof Collection<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining("\n"))
                : lines.toString();
        return text.strip().replace("\n", "; ");
    }
}
