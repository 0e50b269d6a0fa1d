package org.incidentorchestrator.console.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A port that somebody else has: one line, and how to take another. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PortTakenAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {
    @Override
    protected FailureAnalysis analyze(Throwable failure, PortInUseException cause) {
        return new FailureAnalysis(
                "Port %d is taken by another program; take another with --server.port=%d or SERVER_PORT=%d"
                        .formatted(cause.getPort(), cause.getPort() + 1, cause.getPort() + 1),
                "",
                cause);
    }
}
