package org.incidentorchestrator.console.start.h2;

import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AbstractDependsOnBeanFactoryPostProcessor;
import org.springframework.stereotype.Component;

/** The pool is made after the guard, and closed before it. */
@Component
final class GuardBeforePool extends AbstractDependsOnBeanFactoryPostProcessor {
    GuardBeforePool() {
        super(DataSource.class, DatabaseGuard.class);
    }
}
