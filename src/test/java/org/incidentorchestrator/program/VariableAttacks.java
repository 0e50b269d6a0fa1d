package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.closed;
import static org.incidentorchestrator.program.Attack.delete;
import static org.incidentorchestrator.program.Attack.post;
import static org.incidentorchestrator.program.Attack.put;

import java.util.List;

/** Writes what a process decides on. */
final class VariableAttacks {
    private static final String VALUE = "{\"value\": \"approved\", \"type\": \"String\"}";
    private static final String RESPOND = "userTask_respondToIncident";

    private VariableAttacks() {}

    static List<Attack> all() {
        Effect written = Effect.variable("decision");
        return List.of(
                closed(
                        "set a variable of the process",
                        put(s -> "/process-instance/" + s.instance() + "/variables/decision", VALUE),
                        written),
                closed(
                        "set several variables of the process",
                        post(
                                s -> "/process-instance/" + s.instance() + "/variables",
                                s -> "{\"modifications\": {\"decision\": " + VALUE + "}}"),
                        written),
                closed(
                        "set a variable of an execution",
                        put(s -> "/execution/" + s.execution(RESPOND) + "/localVariables/decision", VALUE),
                        written),
                closed(
                        "set a variable of the task",
                        put(s -> "/task/" + s.task() + "/variables/decision", VALUE),
                        written),
                closed(
                        "set a local variable of the task",
                        put(s -> "/task/" + s.task() + "/localVariables/decision", VALUE),
                        written),
                closed(
                        "remove a variable",
                        delete(s -> "/process-instance/" + s.instance() + "/variables/severity"),
                        Effect.noVariable("severity")),
                closed(
                        "set variables later, by a batch",
                        post(
                                s -> "/process-instance/variables-async",
                                s -> "{\"processInstanceIds\": [\"" + s.instance()
                                        + "\"], \"variables\": {\"decision\": " + VALUE + "}}"),
                        written));
    }
}
