package org.incidentorchestrator.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The kubectl lines that a step's entry carries under {@code kubectl}: a text, or a list of texts. */
final class Kubectl {
    private Kubectl() {}

    static List<String> lines(Map<String, Object> details) {
        Object lines = details.getOrDefault("kubectl", "");
        String text = lines instanceof Collection<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining("\n"))
                : lines.toString();
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    /** On one line, as a shell takes it. */
    static String line(Map<String, Object> details) {
        return String.join("; ", lines(details));
    }
}
