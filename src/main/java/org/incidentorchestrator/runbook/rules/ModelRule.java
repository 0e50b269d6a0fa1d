package org.incidentorchestrator.runbook.rules;

import java.util.Locale;
import java.util.stream.Stream;

/** One thing that is true of every model. Its fixtures lie in {@code models/<id>/valid.bpmn} and {@code invalid.bpmn}. */
public interface ModelRule {
    Stream<Violation> check(Model model, Known known);

    /** {@code NoTerminateEnd} is {@code no-terminate-end}. */
    default String id() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
