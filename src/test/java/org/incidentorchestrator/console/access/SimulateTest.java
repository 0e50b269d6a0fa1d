package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever may read may ask what an alert would do. */
@ConsoleTest
class SimulateTest {
    private static final String ALERT =
            "{\"alertName\": \"ServiceDown\", \"namespace\": \"a1-orchestrator\", \"workload\": \"mcp-gateway\"}";

    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    @ParameterizedTest
    @ValueSource(strings = {"responder", "approver", "auditor", "admin"})
    void every_role_is_told_what_an_alert_would_do(String user) throws IOException {
        var answer = as(user).send("POST", "/api/simulate", ALERT);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"outcome\":\"opened\"", "\"key\":\"service-down\"");
    }

    @Test
    void nobody_is_told_without_a_login() {
        assertThat(new Browser(port).send("POST", "/api/simulate", ALERT).statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_api_describes_it() throws IOException {
        String description = as("auditor").send("GET", "/api/openapi").body();

        assertThat(description).contains("\"/api/simulate\"", "Starts nothing and writes nothing");
    }

    private Browser as(String user) throws IOException {
        return new Browser(port).withPassword(user, passwords.read().get(user));
    }
}
