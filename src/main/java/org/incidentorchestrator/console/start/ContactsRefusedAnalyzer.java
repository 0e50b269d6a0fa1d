package org.incidentorchestrator.console.start;

import org.incidentorchestrator.notify.oncall.RosterRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** The file of contacts does not fit: all of its faults in one block. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ContactsRefusedAnalyzer extends AbstractFailureAnalyzer<RosterRefused> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, RosterRefused cause) {
        return new FailureAnalysis("The program does not start: " + cause.getMessage(), "", cause);
    }
}
