package org.incidentorchestrator.step;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Binds a model's input parameters to a step's input record, by name. */
final class StepInputs {
    private StepInputs() {}

    static <I extends Record> I bind(StepCall call, Class<I> type) {
        List<String> missing = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType().isPrimitive())
                .map(RecordComponent::getName)
                .filter(name -> call.inputs().get(name) == null)
                .toList();
        if (!missing.isEmpty()) {
            throw badInput(call, "does not set input parameter " + String.join(", ", missing), null);
        }
        try {
            return Json.bind(call.inputs(), type);
        } catch (IllegalArgumentException e) {
            throw badInput(call, "sets an input parameter of another type: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException badInput(StepCall call, String what, Exception cause) {
        return new IllegalArgumentException(
                "%s %s (step %s takes %s). Correct the model."
                        .formatted(
                                call.activityId(),
                                what,
                                call.step(),
                                Map.copyOf(call.inputs()).keySet()),
                cause);
    }
}
