package org.incidentorchestrator.step;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The lines of the written runbook that a verb carries out, by their ids in {@code runbook/obligations.tsv}; none for a
 * verb that the runbook does not name and the procedures need nevertheless.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RunbookLines {
    String[] value();
}
