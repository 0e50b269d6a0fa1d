package org.incidentorchestrator.runbook.rules;

/** A model breaks a rule. @param file without its folder @param element its id @param remedy what to do, in the imperative */
public record Violation(String file, String element, String rule, String remedy) {
    @Override
    public String toString() {
        return file + " · " + element + " · " + rule + ": " + remedy;
    }
}
