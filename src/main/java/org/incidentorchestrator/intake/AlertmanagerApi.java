package org.incidentorchestrator.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.incidentorchestrator.intake.Listing.Listed;

/**
 * Asks Alertmanager what fires, by its API v2 ({@code api/v2/openapi.yaml} in its source). It lists what has not ended,
 * to every receiver; what was resolved is not there any more. Redirects are not followed: they would carry the
 * credential away.
 */
final class AlertmanagerApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final URI url;
    private final ReconcileSettings settings;
    private final Clock clock;
    private final HttpClient http;

    /** @param settings that name a url */
    AlertmanagerApi(ReconcileSettings settings, Clock clock) {
        this.url = settings.asked().orElseThrow();
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.lookTimeout())
                .build();
    }

    URI url() {
        return url;
    }

    Listing list() throws LookFailed {
        Duration up = up(get("/api/v2/status"));
        Set<String> receivers = new TreeSet<>();
        get("/api/v2/receivers")
                .json()
                .forEach(receiver -> receivers.add(receiver.path("name").asText()));
        if (settings.receivers().stream().noneMatch(receivers::contains)) {
            throw new LookFailed("Alertmanager at " + url + " has the receivers " + receivers + " and none of "
                    + settings.receivers() + ": set intake.sources.alertmanager.receivers to those that post here");
        }
        Instant at = clock.instant();
        JsonNode alerts = get("/api/v2/alerts").json();
        if (!alerts.isArray()) {
            throw new LookFailed(url + "/api/v2/alerts gave no list: is intake.sources.alertmanager.url right?");
        }
        List<Listed> listed = new ArrayList<>();
        alerts.forEach(alert -> listed.add(listed(alert)));
        return new Listing(at, up, listed);
    }

    private static Listed listed(JsonNode alert) {
        Set<String> receivers = new TreeSet<>();
        alert.path("receivers")
                .forEach(receiver -> receivers.add(receiver.path("name").asText()));
        boolean active = alert.path("status").path("state").asText().equals("active");
        return new Listed(alert.path("fingerprint").asText(), active, receivers, alert);
    }

    /** By its own clock, which its answer is dated with. */
    private Duration up(Answer status) throws LookFailed {
        try {
            Instant start = Instant.parse(status.json().path("uptime").asText());
            Instant now = status.date().isEmpty()
                    ? clock.instant()
                    : ZonedDateTime.parse(status.date(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            return Duration.between(start, now);
        } catch (DateTimeException e) {
            throw new LookFailed(url + "/api/v2/status does not say since when it is up (" + e.getMessage()
                    + "): is intake.sources.alertmanager.url right?");
        }
    }

    private record Answer(JsonNode json, String date) {}

    private Answer get(String path) throws LookFailed {
        try {
            HttpResponse<byte[]> answer = send(request(path));
            if (answer.statusCode() != 200) {
                throw new LookFailed(at(path) + " answered with " + answer.statusCode()
                        + (answer.statusCode() == 401 || answer.statusCode() == 403
                                ? ": see intake.sources.alertmanager.authorization-file"
                                : ": see its log, and intake.sources.alertmanager.url"));
            }
            return new Answer(
                    JSON.readTree(answer.body()),
                    answer.headers().firstValue("Date").orElse(""));
        } catch (IOException e) {
            throw new LookFailed(at(path) + " cannot be asked: " + CleanText.line(e.toString(), 500)
                    + "; see whether it runs and can be reached from here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LookFailed(at(path) + " was not asked: the program is stopping");
        }
    }

    private HttpRequest request(String path) throws IOException, LookFailed {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at(path)))
                .header("Accept", "application/json")
                .GET();
        Path file = settings.authorizationFile();
        if (file != null) {
            authorize(request, file);
        }
        return request.build();
    }

    /** The exception's own message would repeat the secret. */
    private static void authorize(HttpRequest.Builder request, Path file) throws IOException, LookFailed {
        try {
            request.header("Authorization", Files.readString(file).strip());
        } catch (IllegalArgumentException noHeader) {
            throw new LookFailed("The file " + file + " (intake.sources.alertmanager.authorization-file) holds no value"
                    + " of a header: write one line into it, as Bearer … or Basic …");
        }
    }

    /** The client's own timeout ends with the answer's head; a body that comes drop by drop would wait for ever. */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, head -> new BoundedBody(MOST_BYTES));
        try {
            return answer.get(settings.lookTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + settings.lookTimeout().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        }
    }

    private String at(String path) {
        String base = url.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
}
