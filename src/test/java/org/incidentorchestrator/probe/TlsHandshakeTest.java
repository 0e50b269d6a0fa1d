package org.incidentorchestrator.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.incidentorchestrator.probe.ServedChain.Shown;
import org.incidentorchestrator.probe.ServedChain.Unknown;
import org.incidentorchestrator.probe.ServedChain.Why;
import org.incidentorchestrator.support.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsHandshakeTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant OVER = Instant.parse("2021-01-01T00:00:00Z");
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration HURRIED = Duration.ofMillis(500);
    private static final TestAuthority ROOT = TestAuthority.root("root", LONG_AGO, OVER);
    private static final TestAuthority INTERMEDIATE = ROOT.authority("intermediate", 2, LONG_AGO, OVER);
    private static final TestAuthority GATEWAY = INTERMEDIATE.server(3, LONG_AGO, OVER, "gateway.example");

    @Test
    void the_whole_chain_is_seen_though_it_is_expired_and_nobody_trusts_its_issuer() {
        try (TlsServer server = TlsServer.of(GATEWAY, INTERMEDIATE, ROOT)) {
            assertThat(look(server, "gateway.example", PATIENT))
                    .isInstanceOfSatisfying(Shown.class, shown -> assertThat(shown.certificates())
                            .containsExactly(GATEWAY.certificate(), INTERMEDIATE.certificate(), ROOT.certificate()));
            Awaitility.await().until(() -> server.askedFor().contains("gateway.example"));
        }
    }

    @Test
    void an_address_is_not_asked_for_as_a_name() {
        try (TlsServer server = TlsServer.of(GATEWAY)) {
            assertThat(look(server, "127.0.0.1", PATIENT)).isInstanceOf(Shown.class);
            assertThat(server.askedFor()).isEmpty();
        }
    }

    @Test
    void a_server_that_wants_a_certificate_of_ours_has_shown_its_own() {
        try (TlsServer server = TlsServer.of(true, GATEWAY, INTERMEDIATE)) {
            assertThat(look(server, "gateway.example", PATIENT)).isInstanceOf(Shown.class);
        }
    }

    @Test
    void what_speaks_no_tls_is_said_to_show_none() {
        try (TlsServer server = TlsServer.answering(client -> {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            client.getInputStream().readAllBytes();
        })) {
            unknown(look(server, "127.0.0.1", PATIENT), Why.REFUSED, "shows no certificate", "whether it serves TLS");
        }
    }

    @Test
    void a_server_that_hangs_up_is_said_to_show_none() {
        try (TlsServer server = TlsServer.answering(client -> {})) {
            unknown(look(server, "127.0.0.1", PATIENT), Why.REFUSED, "shows no certificate");
        }
    }

    @Test
    void a_server_that_says_nothing_is_given_up_in_time() {
        CountDownLatch end = new CountDownLatch(1);
        try (TlsServer server = TlsServer.answering(client -> end.await())) {
            unknown(look(server, "127.0.0.1", HURRIED), Why.UNREACHABLE, "no answer within 500 ms");
        } finally {
            end.countDown();
        }
    }

    @Test
    void a_server_that_answers_byte_by_byte_is_given_up_in_time_too() {
        var timer = Executors.newSingleThreadScheduledExecutor();
        CountDownLatch end = new CountDownLatch(1);
        try (TlsServer server = TlsServer.answering(client -> {
            OutputStream out = client.getOutputStream();
            out.write(new byte[] {0x16, 3, 3, 0x40, 0});
            timer.scheduleAtFixedRate(() -> write(out), 0, 20, TimeUnit.MILLISECONDS);
            end.await();
        })) {
            unknown(look(server, "127.0.0.1", HURRIED), Why.UNREACHABLE, "no answer within 500 ms");
        } finally {
            end.countDown();
            timer.shutdownNow();
        }
    }

    private static void write(OutputStream out) {
        try {
            out.write(0);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void nobody_there_is_said_so() {
        TlsServer gone = TlsServer.answering(client -> {});
        gone.close();
        unknown(look(gone, "127.0.0.1", PATIENT), Why.UNREACHABLE, "cannot be asked", "can be reached from here");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 443, a",
        "a b, 443, a",
        "a/../b, 443, a",
        "a..b, 443, a",
        "-a, 443, a",
        "a, 0, a",
        "a, 70000, a",
        "a, 443, a$(b)"
    })
    void what_names_no_server_is_not_asked(String host, int port, String name) {
        assertThatThrownBy(() -> new TlsHandshake(new TlsSettings(HURRIED)).look(host, port, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name no server");
    }

    private static ServedChain look(TlsServer server, String name, Duration timeout) {
        return new TlsHandshake(new TlsSettings(timeout)).look("127.0.0.1", server.port(), name);
    }

    private static void unknown(ServedChain chain, Why why, String... words) {
        assertThat(chain).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).isEqualTo(why);
            assertThat(unknown.text()).contains(words).contains("127.0.0.1 port ");
        });
    }
}
