package org.incidentorchestrator.approval;

import org.camunda.bpm.engine.delegate.DelegateTask;

/**
 * Hears what happens to every user task of every process, in the transaction in which it happens: what is thrown refuses
 * it. Those that refuse come first ({@code @Order}), then who acknowledges, then what was answered.
 */
public interface TaskWatch {
    /** The task is there, and nobody has it. */
    default void created(DelegateTask task) {}

    /** Somebody has it now; also heard, without an assignee, when it is given back. */
    default void assigned(DelegateTask task) {}

    /** It was answered: its variables are those of the answer. */
    default void completed(DelegateTask task) {}
}
