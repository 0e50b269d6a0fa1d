package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;

class AlertmanagerApiTest {
    @TempDir
    Path folder;

    private final ListingAlertmanager pager = new ListingAlertmanager();

    @AfterEach
    void close() {
        pager.close();
    }

    @Test
    void it_says_what_fires_for_whom_and_how_long_it_has_been_up() throws LookFailed {
        pager.isUpFor(Duration.ofMinutes(7));
        pager.lists("f1", "ServiceDown", "mcp-gateway", "2026-11-23T02:58:03.412Z");

        Listing listing = api(Map.of()).list();

        assertThat(listing.up()).isBetween(Duration.ofMinutes(6), Duration.ofMinutes(8));
        assertThat(listing.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.fingerprint()).isEqualTo("f1");
            assertThat(alert.active()).isTrue();
            assertThat(alert.receivers()).containsExactly("incident-orchestrator");
            assertThat(alert.name()).isEqualTo("ServiceDown");
        });
    }

    @Test
    void its_credential_is_read_anew_for_each_look() throws Exception {
        Path file = folder.resolve("authorization");
        AlertmanagerApi api = api(Map.of("authorization-file", file.toString()));
        for (String credential : new String[] {"Bearer one", "Basic dHdvOnR3bw=="}) {
            Files.writeString(file, credential + "\n");

            api.list();

            assertThat(pager.shown()).isEqualTo(credential);
        }
        Files.writeString(file, "Bearer secret\nBearer other");
        assertThatThrownBy(api::list)
                .isInstanceOf(LookFailed.class)
                .hasMessageContaining("write one line into it")
                .hasMessageNotContaining("secret");
        Files.delete(file);
        assertThatThrownBy(api::list).isInstanceOf(LookFailed.class).hasMessageContaining("authorization");
    }

    @Test
    void a_receiver_that_it_does_not_have_is_no_empty_list() {
        assertThatThrownBy(api(Map.of("receivers", "typo"))::list)
                .isInstanceOf(LookFailed.class)
                .hasMessageContaining("has the receivers [incident-orchestrator] and none of [typo]")
                .hasMessageContaining("intake.sources.alertmanager.receivers");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 503})
    void another_answer_is_told_with_what_to_do(int status) {
        pager.answersWith(status);

        assertThatThrownBy(api(Map.of())::list)
                .isInstanceOf(LookFailed.class)
                .hasMessageContaining("/am/api/v2/status answered with " + status)
                .hasMessageContaining("see");
    }

    @Test
    void one_that_does_not_run_is_told_of() {
        pager.close();

        assertThatThrownBy(api(Map.of())::list)
                .isInstanceOf(LookFailed.class)
                .hasMessageContaining("cannot be asked", "see whether it runs");
    }

    @Test
    void an_answer_that_comes_drop_by_drop_is_not_waited_for() throws IOException {
        try (var dripping = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> beginToAnswer(dripping));
            thread.setDaemon(true);
            thread.start();

            var api = api(Map.of("url", "http://localhost:" + dripping.getLocalPort(), "look-timeout", "300ms"));

            assertThatThrownBy(api::list)
                    .isInstanceOf(LookFailed.class)
                    .hasMessageContaining("no answer within 300 ms");
        }
    }

    @Test
    void what_is_no_alertmanager_is_told_of() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> answer(other, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html/>\r\n"));
            thread.setDaemon(true);
            thread.start();

            assertThatThrownBy(api(Map.of("url", "http://localhost:" + other.getLocalPort()))::list)
                    .isInstanceOf(LookFailed.class)
                    .hasMessageContaining("cannot be asked");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alertmanager:9093", "/api", "http://u:p@localhost", "http://localhost/?x=1"})
    void an_address_that_is_none_stops_the_start(String url) {
        assertThatThrownBy(() -> api(Map.of("url", url)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining("intake.sources.alertmanager.url");
    }

    private AlertmanagerApi api(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>();
        settings.put("intake.sources.alertmanager.url", pager.url());
        changed.forEach((name, value) -> settings.put("intake.sources.alertmanager." + name, value));
        return new AlertmanagerApi(Fixture.asking(settings), Clock.systemUTC());
    }

    private static void beginToAnswer(ServerSocket server) {
        answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
    }

    /** The connection stays open. */
    private static void answer(ServerSocket server, String bytes) {
        try {
            var connection = server.accept();
            connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            connection.getOutputStream().flush();
        } catch (IOException closed) {
            // The test has ended.
        }
    }
}
