package org.incidentorchestrator.step.verb.workload;

/** What can be said of a workload at this moment. */
sealed interface Health {
    record Well(String text) implements Health {}

    record Unwell(String why) implements Health {}

    /** It says that it can be asked, and it could not be: neither well nor unwell. */
    record Unknown(String why) implements Health {}
}
