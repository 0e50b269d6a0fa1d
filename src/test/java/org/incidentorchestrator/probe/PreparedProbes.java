package org.incidentorchestrator.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.springframework.util.unit.DataSize;

/**
 * Prometheus and servers of TLS that answer what the present case has prepared: the questions, the reading and the
 * judging are the program's own, only the network is not there.
 */
public final class PreparedProbes {
    private static volatile PreparedProbes present = new PreparedProbes(MissingNode.getInstance(), Map.of());

    private final JsonNode prometheus;
    private final Map<String, String> served;
    private final Set<String> asked = new TreeSet<>();

    /**
     * @param prometheus {@code url: ""} for none, {@code away: true}, or {@code answers}: a list of {@code asked} (a part
     *     of the expression), {@code until} (for questions that end by then; without it for all), and {@code series} (label value of pod to numbers, one for each step, the last at the end; null for none),
     *     {@code warning}, or {@code error}
     * @param served {@code host-port} to the PEM text that is shown there; an empty text for a server without TLS
     */
    public PreparedProbes(JsonNode prometheus, Map<String, String> served) {
        this.prometheus = prometheus;
        this.served = new TreeMap<>(served);
    }

    public static PreparedProbes prepare(JsonNode prometheus, Map<String, String> served) {
        present = new PreparedProbes(prometheus, served);
        return present;
    }

    /** The servers that nobody looked at. */
    public Set<String> unseen() {
        return served.keySet().stream().filter(each -> !asked.contains(each)).collect(Collectors.toSet());
    }

    public static Prometheus prometheus(String url) {
        var settings = new PrometheusSettings(url, "", Duration.ofSeconds(5), DataSize.ofMegabytes(1));
        return new Prometheus(settings, (address, bearer) -> present.answer(address));
    }

    public static TlsHandshake tls() {
        return new TlsHandshake((host, port, name) -> present.certificates(host, port));
    }

    /** @param served what is shown at {@code host-port}, as PEM; null where nobody answers */
    public static TlsHandshake serving(UnaryOperator<String> served) {
        return new TlsHandshake((host, port, name) -> shown(served.apply(host + "-" + port)));
    }

    private List<X509Certificate> certificates(String host, int port) throws IOException {
        asked.add(host + "-" + port);
        return shown(served.get(host + "-" + port));
    }

    private static List<X509Certificate> shown(String pem) throws IOException {
        if (pem == null) {
            throw new ConnectException("Connection refused");
        } else if (pem.isBlank()) {
            throw new SSLException("Unsupported or unrecognized SSL message");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("the case's certificates cannot be read", e);
        }
    }

    private Exchange.Reply answer(URI address) throws IOException {
        if (prometheus.path("away").asBoolean()) {
            throw new IOException("nothing accepts connections there");
        }
        Map<String, String> parameters = Stream.of(address.getRawQuery().split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
        for (JsonNode each : prometheus.path("answers")) {
            Instant end = Instant.parse(parameters.get("end"));
            boolean inTime = !each.has("until")
                    || !end.isAfter(Instant.parse(each.path("until").asText()));
            if (inTime && parameters.get("query").contains(each.path("asked").asText())) {
                return reply(each, end, seconds(parameters.get("step")));
            }
        }
        throw new IllegalStateException("no answer was prepared for " + parameters.get("query"));
    }

    private static long seconds(String step) {
        return Long.parseLong(step.replace("s", ""));
    }

    private static Exchange.Reply reply(JsonNode prepared, Instant end, long step) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        if (prepared.has("error")) {
            reply.put("status", "error").put("error", prepared.path("error").asText());
            return new Exchange.Reply(400, reply.toString());
        }
        reply.put("status", "success");
        if (prepared.has("warning")) {
            reply.putArray("warnings").add(prepared.path("warning").asText());
        }
        ArrayNode result = reply.putObject("data").put("resultType", "matrix").putArray("result");
        prepared.path("series").properties().forEach(line -> {
            ObjectNode series = result.addObject();
            ObjectNode labels = series.putObject("metric");
            if (!line.getKey().isEmpty()) {
                labels.put("pod", line.getKey());
            }
            ArrayNode values = series.putArray("values");
            int left = line.getValue().size();
            for (JsonNode value : line.getValue()) {
                left--;
                if (!value.isNull()) {
                    values.addArray().add(end.getEpochSecond() - step * left).add(value.asText());
                }
            }
        });
        return new Exchange.Reply(200, reply.toString());
    }
}
