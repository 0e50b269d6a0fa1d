package org.incidentorchestrator.console.start;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * How the program talks to PostgreSQL, unless {@code spring.datasource.hikari.data-source-properties} says otherwise.
 * H2 knows none of these names and would refuse them, so they are no plain defaults.
 */
@Component
final class PostgresConnections implements BeanPostProcessor, EnvironmentAware {
    private Environment environment;

    @Override
    public void setEnvironment(Environment given) {
        this.environment = given;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && Optional.ofNullable(pool.getJdbcUrl())
                        .flatMap(DatabaseKind::of)
                        .filter(DatabaseKind.POSTGRESQL::equals)
                        .isPresent()) {
            properties()
                    .forEach((property, value) -> pool.getDataSourceProperties().putIfAbsent(property, value));
        }
        return bean;
    }

    private Map<String, String> properties() {
        return Map.of(
                // Tells an administrator of the database which program a session belongs to.
                "ApplicationName", "incident-orchestrator " + environment.getProperty("node.name", "node-1"),
                // A program that was paused, or cut off from the network, would hold its rows against all others for as
                // long as that lasts. Twice what a step, which has a transaction open, may take.
                "options", "-c idle_in_transaction_session_timeout=60s",
                // Seconds. Longer than any statement waits for a row; without it a lost answer is waited for forever.
                "socketTimeout", "120",
                "connectTimeout", "5",
                "tcpKeepAlive", "true");
    }
}
