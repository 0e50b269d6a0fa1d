package org.incidentorchestrator.console.start;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** A database that does not answer or does not let the program in: where it was looked for, why, what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DatabaseAwayAnalyzer extends AbstractFailureAnalyzer<DatabaseAway> {
    private final Environment environment;

    DatabaseAwayAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, DatabaseAway cause) {
        return new FailureAnalysis(
                "The program does not start: it cannot use the database at %s as %s: %s"
                        .formatted(
                                DatabaseKind.withoutSecrets(environment.getProperty("spring.datasource.url", "")),
                                environment.getProperty("spring.datasource.username", "nobody"),
                                cause.reason()),
                "See that it runs and can be reached from here, or correct spring.datasource.url, .username and"
                        + " .password.",
                cause);
    }
}
