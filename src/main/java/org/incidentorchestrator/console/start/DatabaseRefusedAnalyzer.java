package org.incidentorchestrator.console.start;

import org.incidentorchestrator.console.start.h2.DatabaseRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A database file that the program cannot start on: what it is, and what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseRefusedAnalyzer extends AbstractFailureAnalyzer<DatabaseRefused> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, DatabaseRefused cause) {
        return new FailureAnalysis(cause.getMessage(), "", cause);
    }
}
