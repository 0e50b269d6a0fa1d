package org.incidentorchestrator.step;

import java.beans.Introspector;
import java.util.Set;

/**
 * One verb of an operator. A final class without state, which never writes, never waits, and depends on no other verb,
 * on no engine and on no clock. Its calls are bounded: at most 10 s each and 30 s in all.
 *
 * @param <I> input, bound by component name from the model's input parameters; a component that is {@code @Nullable} may
 *     be left out
 * @param <O> output, given to the model by component name: small typed facts; long text is an artefact
 */
public interface Step<I extends Record, O extends Record> {
    /** @throws StepFailure with a code of {@link #codes()}, when it must not or cannot be done */
    Plan<O> plan(I input, StepContext context);

    /** The input's type, for binding: as the class declares it. */
    @SuppressWarnings("unchecked")
    default Class<I> input() {
        return (Class<I>) StepTypes.of(this, 0);
    }

    /** The output's type, for the ledger and the models. */
    @SuppressWarnings("unchecked")
    default Class<O> output() {
        return (Class<O>) StepTypes.of(this, 1);
    }

    /** What its calls need, in RBAC's words. */
    Set<Permission> permissions();

    /** The codes a model that calls it has to catch, beside those that every act has. */
    Set<RefusalCode> codes();

    /** Whether it may change something; such a step also has {@link RefusalCode#OUTCOME_UNKNOWN} and the guards' codes. */
    default boolean changes() {
        return false;
    }

    /** Whether a second person has to approve it: it takes something away that does not come back by itself. */
    default boolean needsApproval() {
        return false;
    }

    /** Whether it takes back what was changed for the incident: that may also be done once the incident has ended. */
    default boolean givesBack() {
        return false;
    }

    /** The name in models: {@code RestartWorkload} is {@code ${steps.restartWorkload}}. */
    default String name() {
        return Introspector.decapitalize(getClass().getSimpleName());
    }
}
