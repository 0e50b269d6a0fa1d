package org.incidentorchestrator.step.verb.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.step.verb.network.Programs.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What wget, of BusyBox 1.36 and GNU 1.21, and curl 8 print, as they print it. */
class FetchTest {
    @Test
    void an_answer_of_busybox_is_a_200_when_it_says_nothing() {
        assertThat(wget(0, "Connecting to gateway:8080 (10.96.0.7:8080)\nwriting to stdout\n-   100% |****| 15\n")
                        .status())
                .hasValue(200);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'wget: server returned error: HTTP/1.1 503 Service Unavailable', 503",
        "8, 'Connecting to gateway:8080... connected.\nHTTP request sent, awaiting response... 404 Not Found', 404",
        "0, 'HTTP request sent, awaiting response... 302 Found\nHTTP request sent, awaiting response... 200 OK', 200",
    })
    void an_answer_of_any_status_is_one(int exit, String err, int status) {
        assertThat(wget(exit, err)).satisfies(fetch -> {
            assertThat(fetch.status()).hasValue(status);
            assertThat(fetch.failure()).isEqualTo("none");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "wget, 1, \"wget: bad address 'gateway:8080'\", dns",
        "wget, 4, 'wget: unable to resolve host address ‘gateway’', dns",
        "curl, 6, 'curl: (6) Could not resolve host: gateway', dns",
        "curl, 28, 'curl: (28) Resolving timed out after 5000 milliseconds', dns",
        "wget, 1, 'wget: can''t connect to remote host (10.96.0.7): Connection refused', refused",
        "curl, 7, 'curl: (7) Failed to connect to gateway port 8080 after 1 ms: Couldn''t connect to server', refused",
        "wget, 1, 'wget: download timed out', timeout",
        "wget, 4, 'Connecting to gateway|10.96.0.7|:8080... failed: Connection timed out.', timeout",
        "wget, 1, 'wget: can''t connect to remote host (10.1.0.1): No route to host', timeout",
        "wget, 1, 'wget: error getting response: Connection reset by peer', other",
    })
    void why_there_was_none_is_told(String program, int exit, String err, String failure) {
        Fetch fetch = Fetch.of(ended(program, exit, program.equals("curl") ? "\n000 0.0 0.0\n" : "", err))
                .orElseThrow();
        assertThat(fetch.status()).isEmpty();
        assertThat(fetch.failure()).isEqualTo(failure);
        assertThat(fetch.text()).startsWith("gets no answer: ");
    }

    @Test
    void curl_measures() {
        Fetch fetch = Fetch.of(ended("curl", 0, "{\"a\": \"200 1 1\"}\n503 0.001203 2.4106\n", ""))
                .orElseThrow();
        assertThat(fetch.status()).hasValue(503);
        assertThat(fetch.connectMillis()).isEqualTo(1);
        assertThat(fetch.totalMillis()).isEqualTo(2411);
    }

    @Test
    void a_program_of_another_make_that_does_not_know_the_arguments_says_nothing() {
        assertThat(Fetch.of(ended("wget", 1, "", "wget: unrecognized option: t\nBusyBox v1.20 multi-call binary.\n")))
                .isEmpty();
        assertThat(Fetch.of(ended("curl", 2, "", "curl: option -w: is unknown\nUsage: curl [options...]\n")))
                .isEmpty();
    }

    @Test
    void a_ping_tells_the_mean_of_what_came_back() {
        assertThat(Ping.millis("rtt min/avg/max/mdev = 0.040/0.051/0.070/0.012 ms"))
                .hasValue(0.051);
        assertThat(Ping.millis("round-trip min/avg/max = 0.080/0.095/0.120 ms")).hasValue(0.095);
        assertThat(Ping.millis("3 packets transmitted, 0 packets received, 100% packet loss"))
                .isEmpty();
    }

    private static Fetch wget(int exit, String err) {
        return Fetch.of(ended("wget", exit, "", err)).orElseThrow();
    }

    private static Ran.Ended ended(String program, int exit, String out, String err) {
        return new Ran.Ended(
                new ExecQuery("a1", "p", "app", List.of(program), 100), new ExecAnswer.Ended(exit, out, err, false));
    }
}
