package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** What the whole program answers while its database is away, and to whom it says what is wrong. */
@ConsoleTest
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:away;DB_CLOSE_DELAY=-1",
            "data.folder=${test.data:./target/test-data}/away"
        })
@Import(DatabaseAwayTest.Cable.class)
@DirtiesContext
class DatabaseAwayTest {
    private static final AtomicBoolean AWAY = new AtomicBoolean();
    private static final String ALERT =
            """
            {"version":"4","status":"firing","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[]}""";

    /** Between the program and its database. */
    @TestConfiguration
    static class Cable {
        @Bean
        static BeanPostProcessor cable() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource whole ? new Cut(whole) : bean;
                }
            };
        }
    }

    private static final class Cut extends DelegatingDataSource {
        Cut(DataSource whole) {
            super(whole);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (AWAY.get()) {
                throw new SQLException("the database is away", "08001");
            }
            return super.getConnection();
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void plugIn() {
        AWAY.set(false);
    }

    @Test
    void it_is_alive_and_not_ready_and_acknowledges_nothing_until_the_database_is_back() throws Exception {
        assertThat(status("liveness")).isEqualTo(200);
        assertThat(status("readiness")).isEqualTo(200);

        AWAY.set(true);
        assertThat(status("liveness")).isEqualTo(200);
        assertThat(status("readiness")).isEqualTo(503);
        assertThat(post()).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });

        AWAY.set(false);
        assertThat(status("readiness")).isEqualTo(200);
        assertThat(post().statusCode()).isEqualTo(202);
    }

    @Test
    void who_is_nobody_reads_up_or_down_and_an_administrator_what_it_is() throws Exception {
        Browser anonymous = new Browser(port);
        assertThat(anonymous.send("GET", "/actuator/health").body())
                .contains("status")
                .doesNotContain("components");
        assertThat(anonymous.send("GET", "/actuator/health/readiness").body()).doesNotContain("components");
        assertThat(anonymous.status("GET", "/actuator/health/db")).isEqualTo(404);
        assertThat(as("responder").send("GET", "/actuator/health").body()).doesNotContain("components");

        assertThat(as("admin").send("GET", "/actuator/health").body())
                .contains("\"engine\"", "\"inbox\"", "\"db\"", "\"evidence\"", "waitingForCommit");
    }

    @Test
    void what_the_liveness_probe_asks_does_not_reach_any_part() throws Exception {
        assertThat(as("admin").send("GET", "/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void who_is_calling_cannot_be_found_out_while_the_database_is_away_and_that_is_said() throws Exception {
        Browser admin = as("admin");
        AWAY.set(true);

        assertThat(admin.send("GET", "/actuator/health")).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("database");
        });
    }

    private Browser as(String user) throws java.io.IOException {
        return new Browser(port).withPassword(user, passwords.read().get(user));
    }

    private int status(String probe) {
        return new Browser(port).status("GET", "/actuator/health/" + probe);
    }

    private HttpResponse<String> post() throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/webhooks/alertmanager"))
                        .header("Authorization", "Bearer a-token-for-this-test")
                        .POST(BodyPublishers.ofString(ALERT))
                        .build(),
                BodyHandlers.ofString());
    }
}
