package org.incidentorchestrator.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where paging systems post. What has proved where it comes from is stored whatever it is, and answered with 202 once
 * it is committed: an answer of 4xx would make the sender drop an alert. Errors are problem details (RFC 9457).
 */
@RestController
@Tag(name = "Webhooks", description = "Alerts from paging systems. Each has its own credential.")
final class WebhookController {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
    private static final List<String> RESULTS =
            List.of("accepted", "unauthorized", "tooLarge", "notReady", "notStored");
    private static final String RETRY_AFTER_SECONDS = "5";

    private final Map<String, AlertSource> sources;
    private final InboxWriter writer;
    private final IntakeSettings settings;
    private final ApplicationAvailability availability;
    private final MeterRegistry meters;

    WebhookController(
            List<AlertSource> sources,
            InboxWriter writer,
            IntakeSettings settings,
            ApplicationAvailability availability,
            MeterRegistry meters) {
        this.sources = sources.stream().collect(Collectors.toMap(AlertSource::name, Function.identity()));
        this.writer = writer;
        this.settings = settings;
        this.availability = availability;
        this.meters = meters;
        // From zero on, so that the first of each kind is an increase.
        this.sources.keySet().forEach(source -> RESULTS.forEach(result -> counter(source, result)));
    }

    /** The ids of the inbox rows that were committed. */
    record Accepted(List<Long> ids) {}

    @PostMapping("/webhooks/{source}")
    @Operation(summary = "Takes a paging system's message in; 202 means that it is stored")
    ResponseEntity<Object> receive(@PathVariable String source, HttpServletRequest request) throws IOException {
        AlertSource sender = sources.get(source);
        if (sender == null) {
            count("unknown", "unknownSource");
            return Problem.of(
                    HttpStatus.NOT_FOUND,
                    "No paging system posts to this address; there is a source for each of "
                            + new TreeSet<>(sources.keySet()));
        }
        if (!sender.admits(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            return unauthorized(source);
        }
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return unavailable(source, "notReady", "The program is starting or stopping");
        }
        Optional<byte[]> body = body(request);
        return body.isEmpty() ? tooLarge(source) : store(source, body.get());
    }

    /** Never holds more than the limit and a byte, whether a length was announced or the body comes in chunks. */
    private Optional<byte[]> body(HttpServletRequest request) throws IOException {
        int limit = Math.toIntExact(settings.maxBody().toBytes());
        if (request.getContentLengthLong() > limit) {
            return Optional.empty();
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        return body.length > limit ? Optional.empty() : Optional.of(body);
    }

    private ResponseEntity<Object> store(String source, byte[] body) {
        try {
            long id = writer.store(source, body);
            count(source, "accepted");
            return ResponseEntity.accepted()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new Accepted(List.of(id)));
        } catch (NotStored e) {
            LOG.warn("A webhook from {} was not stored and is to be sent again: {}", source, e.getMessage(), e);
            return unavailable(source, "notStored", "The message could not be stored: " + e.getMessage());
        }
    }

    private ResponseEntity<Object> unauthorized(String source) {
        count(source, "unauthorized");
        HttpHeaders how = new HttpHeaders();
        how.add(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"webhooks\"");
        how.add(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"webhooks\", charset=\"UTF-8\"");
        return Problem.of(
                HttpStatus.UNAUTHORIZED,
                "The credential of " + source + " is missing or wrong: send it as a bearer token, or as the password of"
                        + " any user; setting intake.sources." + source + ".token-file names the file that holds it",
                how);
    }

    private ResponseEntity<Object> tooLarge(String source) {
        count(source, "tooLarge");
        LOG.warn("A webhook from {} was refused: it is larger than intake.max-body, {}", source, settings.maxBody());
        return Problem.of(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "The message is larger than " + settings.maxBody().toBytes() + " bytes: send fewer alerts at once"
                        + " (Alertmanager: max_alerts), or raise the setting intake.max-body");
    }

    /** 503 and never 429, which Alertmanager does not repeat. */
    private ResponseEntity<Object> unavailable(String source, String result, String why) {
        count(source, result);
        HttpHeaders later = new HttpHeaders();
        later.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, why + ": send it again", later);
    }

    private void count(String source, String result) {
        counter(source, result).increment();
    }

    private Counter counter(String source, String result) {
        return Counter.builder("incident.orchestrator.webhooks")
                .description("Messages that paging systems posted")
                .tag("source", source)
                .tag("result", result)
                .register(meters);
    }
}
