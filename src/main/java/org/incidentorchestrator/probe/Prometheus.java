package org.incidentorchestrator.probe;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.probe.PrometheusAnswer.Unknown;
import org.incidentorchestrator.probe.PrometheusAnswer.Why;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks Prometheus by its HTTP API ({@code /api/v1/query} and {@code /api/v1/query_range}), each question once. It never
 * throws for what it is answered: that is a {@link PrometheusAnswer}.
 */
@Component
public final class Prometheus {
    private final PrometheusSettings settings;
    private final Exchange exchange;

    @Autowired
    public Prometheus(PrometheusSettings settings) {
        this(settings, new HttpExchange(settings.timeout(), (int)
                settings.maxAnswer().toBytes()));
    }

    Prometheus(PrometheusSettings settings, Exchange exchange) {
        this.settings = settings;
        this.exchange = exchange;
    }

    public boolean configured() {
        return settings.base().isPresent();
    }

    /** What an expression is worth at one time. */
    public PrometheusAnswer at(Instant time, String expression) {
        return ask("/api/v1/query", questions(expression, Map.of("time", time.toString())));
    }

    /** What an expression was worth from {@code from} to {@code to}, both included, every {@code step}. */
    public PrometheusAnswer between(Instant from, Instant to, Duration step, String expression) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("start", from.toString());
        more.put("end", to.toString());
        more.put("step", Math.max(1, step.toSeconds()) + "s");
        return ask("/api/v1/query_range", questions(expression, more));
    }

    /** A line for a shell that asks the same; the token is read by curl, and is not in the line. */
    public String line(Instant from, Instant to, Duration step, String expression) {
        String token = settings.token()
                .map(file -> " -H \"Authorization: Bearer $(cat " + quoted(file.toString()) + ")\"")
                .orElse("");
        return "curl -sG%s %s --data-urlencode %s -d start=%s -d end=%s -d step=%ss"
                .formatted(
                        token,
                        quoted(settings.base().orElse("http://prometheus:9090") + "/api/v1/query_range"),
                        quoted("query=" + expression),
                        from,
                        to,
                        Math.max(1, step.toSeconds()));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static Map<String, String> questions(String expression, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("query", expression);
        all.putAll(more);
        return all;
    }

    private PrometheusAnswer ask(String path, Map<String, String> parameters) {
        Optional<String> base = settings.base();
        if (base.isEmpty()) {
            return new Unknown(
                    Why.NOT_CONFIGURED,
                    "No Prometheus is named; set probe.prometheus.url to the address of the one that watches this"
                            + " cluster");
        }
        String query = parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            Optional<String> token = settings.token().isEmpty() ? Optional.empty() : Optional.of(token());
            return new PrometheusReply(base.get())
                    .read(exchange.get(URI.create(base.get() + path + "?" + query), token));
        } catch (TokenUnreadable e) {
            return new Unknown(Why.REFUSED, e.getMessage());
        } catch (IOException e) {
            return new Unknown(
                    Why.UNREACHABLE,
                    "Prometheus at " + base.get() + " did not answer: " + e.getMessage()
                            + ". See whether it runs and can be reached from here");
        }
    }

    private String token() throws TokenUnreadable {
        Path file = settings.token().orElseThrow();
        try {
            String token = Files.readString(file).strip();
            if (token.matches("[\\x21-\\x7e]{1,65536}")) {
                return token;
            }
        } catch (IOException ignored) {
            // Said below: the file's name is all that may be told of it.
        }
        throw new TokenUnreadable("The token for Prometheus cannot be read from " + file
                + "; write it there, on one line, readable for the user of this program");
    }

    private static final class TokenUnreadable extends IOException {
        private TokenUnreadable(String message) {
            super(message);
        }
    }
}
