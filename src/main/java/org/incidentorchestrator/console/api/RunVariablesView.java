package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.runbook.history.RunVariables.Variable;

/** What the processes of an incident knew, by instance and name. */
record RunVariablesView(List<VariableView> variables) {
    /** In characters. */
    static final int LONGEST = 4000;

    /**
     * @param value redacted; left out for null, and for what no text can show
     * @param at when it was set last @param cut true where the value is longer than this; else left out
     */
    record VariableView(String instance, String name, String type, Object value, Instant at, Boolean cut) {
        static VariableView of(Variable variable) {
            boolean cut = variable.value() instanceof String text && text.length() > LONGEST;
            return new VariableView(
                    variable.instance(),
                    variable.name(),
                    variable.type(),
                    cut ? variable.value().toString().substring(0, LONGEST) : variable.value(),
                    variable.at(),
                    cut ? Boolean.TRUE : null);
        }
    }

    static RunVariablesView of(List<Variable> variables) {
        return new RunVariablesView(variables.stream().map(VariableView::of).toList());
    }
}
