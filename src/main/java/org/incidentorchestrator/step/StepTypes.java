package org.incidentorchestrator.step;

import org.springframework.core.ResolvableType;

/** Reads what a step declares behind {@code implements Step<Input, Output>}, so that no step says it twice. */
final class StepTypes {
    private StepTypes() {}

    static Class<?> of(Step<?, ?> step, int position) {
        Class<?> type = ResolvableType.forClass(step.getClass())
                .as(Step.class)
                .getGeneric(position)
                .resolve();
        if (type == null) {
            throw new IllegalStateException(
                    step.getClass().getName()
                            + " does not say its input and output; declare it as 'implements Step<Input, Output>' with records");
        }
        return type;
    }
}
