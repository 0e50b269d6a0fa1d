package org.incidentorchestrator.runbook.rules;

/** @param remedy what to do, in the imperative */
public record Violation(String file, String element, String rule, String remedy) {
    @Override
    public String toString() {
        return file + " · " + element + " · " + rule + ": " + remedy;
    }
}
