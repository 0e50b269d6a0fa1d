package org.incidentorchestrator.console.start;

import java.io.PrintStream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says on standard error why the start failed, without a stack trace. The exit code is 1. */
public final class PlainFailureReport implements FailureAnalysisReporter {
    @Override
    public void report(FailureAnalysis failure) {
        PrintStream out = System.err;
        out.println(failure.getDescription().strip());
        if (failure.getAction() != null && !failure.getAction().isBlank()) {
            out.println(failure.getAction().strip());
        }
    }
}
