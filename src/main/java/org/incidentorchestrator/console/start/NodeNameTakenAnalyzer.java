package org.incidentorchestrator.console.start;

import org.incidentorchestrator.runbook.NodeNameTaken;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Two programs that call themselves the same: one of them does not start. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NodeNameTakenAnalyzer extends AbstractFailureAnalyzer<NodeNameTaken> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, NodeNameTaken cause) {
        return new FailureAnalysis("The program does not start: " + cause.getMessage(), "", cause);
    }
}
