package org.incidentorchestrator.step;

import java.lang.reflect.RecordComponent;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.lang.Nullable;

/**
 * What a model has to know of a step.
 *
 * @param inputs that a model has to set; @param optional that it may leave out
 * @param codes of the BPMN errors that a call of it may raise; those of the guards included
 * @param needsApproval whether it refuses without a second person's approval
 */
public record StepFacts(
        String name,
        boolean changes,
        boolean needsApproval,
        Set<String> inputs,
        Set<String> optional,
        Set<String> outputs,
        Set<String> codes) {
    public static StepFacts of(Step<?, ?> step) {
        Set<RefusalCode> codes = step.changes() ? EnumSet.allOf(RefusalCode.class) : EnumSet.noneOf(RefusalCode.class);
        codes.addAll(step.codes());
        return new StepFacts(
                step.name(),
                step.changes(),
                step.needsApproval(),
                components(step.input(), component -> !optional(component)),
                components(step.input(), StepFacts::optional),
                components(step.output(), component -> true),
                codes.stream().map(RefusalCode::code).collect(Collectors.toUnmodifiableSet()));
    }

    private static Set<String> components(Class<? extends Record> type, Predicate<RecordComponent> which) {
        return Stream.of(type.getRecordComponents())
                .filter(which)
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What may be null may be left out of a model. */
    private static boolean optional(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(Nullable.class);
    }
}
