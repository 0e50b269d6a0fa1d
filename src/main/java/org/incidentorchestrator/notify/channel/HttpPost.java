package org.incidentorchestrator.notify.channel;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts JSON to one address, bounded in time and size. Redirects are not followed: they would carry a secret away. */
final class HttpPost {
    private static final int MOST_CHARACTERS = 300;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final HttpClient http;
    private final Duration timeout;

    HttpPost(Duration timeout) {
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** @param body the beginning of what was answered */
    record Answer(int status, String body, Optional<Duration> retryAfter) {}

    Answer post(URI url, byte[] json) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        HttpResponse<String> answer = await(http.sendAsync(request, head -> new FirstCharacters(MOST_CHARACTERS)));
        return new Answer(
                answer.statusCode(),
                answer.body(),
                answer.headers().firstValue("Retry-After").flatMap(HttpPost::pause));
    }

    /** The client's own timeout ends with the answer's head; a body that comes drop by drop would wait for ever. */
    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer) throws IOException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the program is stopping", e);
        }
    }

    /** In seconds, as Slack and PagerDuty write it; a date says no more than to come later. */
    private static Optional<Duration> pause(String header) {
        try {
            Duration wanted = Duration.ofSeconds(Math.max(0, Long.parseLong(header.strip())));
            return Optional.of(wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE);
        } catch (NumberFormatException date) {
            return Optional.empty();
        }
    }
}
