package org.incidentorchestrator.runbook.history;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.evidence.Recorded;

/**
 * What an instance passed.
 *
 * @param elements in the order in which they were first reached
 * @param flows ids of the sequence flows that tokens went along
 * @param oneOf of each of these lists at least one flow was taken, and nothing says which
 * @param diagram the BPMN of the version that ran; empty where the engine no longer has it
 */
public record RunPath(
        RunInstance instance,
        List<Element> elements,
        Collection<String> flows,
        Collection<List<String>> oneOf,
        Optional<String> diagram) {

    /**
     * @param name its label in the model; null for none
     * @param type as BPMN spells it, {@code serviceTask}; null where the engine no longer has the model
     */
    public record Element(String id, String name, String type, List<Visit> visits) {}

    /** A pass and what of the record belongs to it, in order. */
    public record Visit(Pass pass, List<Recorded> entries) {}
}
