package org.incidentorchestrator.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.incidentorchestrator.probe.PrometheusAnswer.Known;
import org.incidentorchestrator.probe.PrometheusAnswer.Point;
import org.incidentorchestrator.probe.PrometheusAnswer.Unknown;
import org.incidentorchestrator.probe.PrometheusAnswer.Why;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class PrometheusTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final String TOKEN = "very-secret-token";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorized = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private int status = 200;
    private String body = "";

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            authorized.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    // ---- numbers

    @Test
    void a_range_is_asked_for_with_its_times_and_read_point_by_point() {
        answers(
                """
                {"status": "success", "data": {"resultType": "matrix", "result": [
                 {"metric": {"pod": "p-1"}, "values": [[1795521600, "1.5"], [1795521630.5, "NaN"], [1795521660, "+Inf"]]},
                 {"metric": {"pod": "p-2"}, "values": [[1795521600, "2e3"]]}]}}""");
        Known known =
                known(prometheus().between(NOON.minusSeconds(600), NOON, Duration.ofSeconds(30), "up{a=\"b c\"}"));
        assertThat(asked)
                .containsExactly("/prom/api/v1/query_range?query=up%7Ba%3D%22b+c%22%7D&start=2026-11-24T11%3A50%3A00Z"
                        + "&end=2026-11-24T12%3A00%3A00Z&step=30s");
        assertThat(known.series()).extracting(each -> each.labels().get("pod")).containsExactly("p-1", "p-2");
        assertThat(known.series().get(0).points()).extracting(Point::known).containsExactly(true, false, false);
        assertThat(known.series().get(0).points().get(1).at()).isEqualTo(Instant.ofEpochMilli(1795521630500L));
        assertThat(known.series().get(0).last(NOON)).isEmpty();
        assertThat(known.highest(NOON)).hasValue(2000);
        assertThat(known.highest(NOON.plusSeconds(1))).isEmpty();
        assertThat(known.warnings()).isEmpty();
    }

    @Test
    void an_instant_is_asked_for_and_may_be_a_vector_or_a_scalar() {
        answers(
                """
                {"status": "success", "data": {"resultType": "vector", "result": [
                 {"metric": {}, "value": [1795521600, "0"]}]}}""");
        assertThat(known(prometheus().at(NOON, "up")).highest(NOON)).hasValue(0);
        assertThat(asked).containsExactly("/prom/api/v1/query?query=up&time=2026-11-24T12%3A00%3A00Z");
        answers("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1795521600,\"7\"]}}");
        assertThat(known(prometheus().at(NOON, "7")).highest(NOON)).hasValue(7);
    }

    @Test
    void an_answer_that_may_be_partial_says_so() {
        answers(
                """
                {"status": "success", "warnings": ["store a is\\naway"], "data": {"resultType": "vector", "result": [
                 {"metric": {}, "value": [1795521600, "1"]}]}}""");
        assertThat(known(prometheus().at(NOON, "up")).warnings()).containsExactly("store a is away");
    }

    // ---- no numbers

    @Test
    void no_series_is_unknown_and_not_zero() {
        answers("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        unknown(prometheus().at(NOON, "up"), Why.NO_DATA, "no series");
    }

    @Test
    void nothing_but_nan_is_unknown_and_not_zero() {
        answers(
                """
                {"status": "success", "data": {"resultType": "vector", "result": [
                 {"metric": {}, "value": [1795521600, "NaN"]}, {"metric": {}, "value": [1795521600, "odd"]}]}}""");
        unknown(prometheus().at(NOON, "0/0"), Why.NO_DATA, "only NaN");
    }

    @Test
    void a_histogram_is_no_number() {
        answers(
                """
                {"status": "success", "data": {"resultType": "vector", "result": [
                 {"metric": {}, "histogram": [1795521600, {"count": "1"}]}]}}""");
        unknown(prometheus().at(NOON, "h"), Why.NO_DATA, "no series");
    }

    @Test
    void without_an_address_nothing_is_asked() {
        Prometheus none = new Prometheus(settings("", ""));
        assertThat(none.configured()).isFalse();
        unknown(none.at(NOON, "up"), Why.NOT_CONFIGURED, "probe.prometheus.url");
    }

    @Test
    void a_wrong_expression_is_said_in_the_words_of_prometheus() {
        status = 400;
        answers("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error at char 3\"}");
        unknown(prometheus().at(NOON, "u p"), Why.REFUSED, "parse error at char 3", "(400)", "Correct the expression");
    }

    @Test
    void a_query_that_it_gave_up_is_no_answer() {
        status = 503;
        answers("{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"query timed out\"}");
        unknown(prometheus().at(NOON, "up"), Why.UNREACHABLE, "query timed out", "Ask again");
    }

    @Test
    void what_is_no_prometheus_is_not_believed() {
        answers("<html>Log in</html>");
        unknown(prometheus().at(NOON, "up"), Why.UNREACHABLE, "like a Prometheus", "probe.prometheus.url");
    }

    @Test
    void a_redirect_is_not_followed_because_it_would_carry_the_token() {
        status = 302;
        unknown(prometheus().at(NOON, "up"), Why.UNREACHABLE, "(302)");
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_answer_larger_than_what_is_read_is_refused_whole() {
        answers("x".repeat(200_000));
        unknown(prometheus().at(NOON, "up"), Why.UNREACHABLE, "more than 64 KiB");
    }

    @Test
    void an_answer_that_never_ends_is_given_up_in_time() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });
        Prometheus hurried =
                new Prometheus(new PrometheusSettings(url(), "", Duration.ofMillis(300), DataSize.ofKilobytes(64)));
        unknown(hurried.at(NOON, "up"), Why.UNREACHABLE, "no whole answer within 300 ms");
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nobody_there_is_said_so() {
        Prometheus prometheus = prometheus();
        server.stop(0);
        unknown(prometheus.at(NOON, "up"), Why.UNREACHABLE, "nothing accepts connections", "can be reached from here");
    }

    // ---- the token

    @Test
    void the_token_is_read_anew_each_time_and_told_nowhere() throws IOException {
        Path file = folder.resolve("token");
        Prometheus prometheus = new Prometheus(settings(url(), file.toString()));
        unknown(prometheus.at(NOON, "up"), Why.REFUSED, "cannot be read from " + file);
        Files.writeString(file, TOKEN + "\n");
        status = 401;
        unknown(prometheus.at(NOON, "up"), Why.REFUSED, "did not let us in", "probe.prometheus.token-file");
        Files.writeString(file, "another\n");
        prometheus.at(NOON, "up");
        assertThat(authorized).containsExactly("Bearer " + TOKEN, "Bearer another");
        Files.writeString(file, TOKEN + " in\ntwo lines");
        unknown(prometheus.at(NOON, "up"), Why.REFUSED, "on one line");
        assertThat(prometheus.line(NOON, NOON, Duration.ofSeconds(30), "up"))
                .contains("$(cat '" + file + "')")
                .doesNotContain(TOKEN);
    }

    @Test
    void the_line_asks_the_same_in_a_shell() {
        assertThat(new Prometheus(settings("http://prometheus:9090/", ""))
                        .line(NOON.minusSeconds(600), NOON, Duration.ofSeconds(30), "rate(a{b='c'}[5m])"))
                .isEqualTo("curl -sG 'http://prometheus:9090/api/v1/query_range' --data-urlencode"
                        + " 'query=rate(a{b='\\''c'\\''}[5m])' -d start=2026-11-24T11:50:00Z"
                        + " -d end=2026-11-24T12:00:00Z -d step=30s");
    }

    // ---- the settings

    @ParameterizedTest
    @ValueSource(
            strings = {"prometheus:9090", "ftp://host", "http://user:secret@host", "http://host/?a=b", "http://", "a b"
            })
    void an_address_that_is_none_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> settings(url, ""))
                .hasMessageContaining("probe.prometheus.url")
                .hasMessageNotContaining("secret");
    }

    @Test
    void an_answer_has_a_size_that_memory_can_hold() {
        assertThatThrownBy(() -> new PrometheusSettings("", "", Duration.ofSeconds(1), DataSize.ofGigabytes(1)))
                .hasMessageContaining("probe.prometheus.max-answer");
    }

    private void answers(String json) {
        body = json;
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/prom/";
    }

    private Prometheus prometheus() {
        return new Prometheus(settings(url(), ""));
    }

    private static PrometheusSettings settings(String url, String token) {
        return new PrometheusSettings(url, token, Duration.ofSeconds(10), DataSize.ofKilobytes(64));
    }

    private static Known known(PrometheusAnswer answer) {
        assertThat(answer).isInstanceOf(Known.class);
        return (Known) answer;
    }

    private static void unknown(PrometheusAnswer answer, Why why, String... words) {
        assertThat(answer).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).isEqualTo(why);
            assertThat(unknown.text()).contains(words);
            assertThat(unknown.text()).doesNotContain(TOKEN);
        });
    }
}
