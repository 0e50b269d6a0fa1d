package org.incidentorchestrator.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** HTTP over the JDK's client, each request once. A redirect is not followed: it would carry the token away. */
final class HttpExchange implements Exchange {
    private final HttpClient client;
    private final Duration timeout;
    private final int mostBytes;

    HttpExchange(Duration timeout, int mostBytes) {
        this.timeout = timeout;
        this.mostBytes = mostBytes;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public Reply get(URI address, Optional<String> bearer) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .GET();
        bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        HttpResponse<byte[]> answer = await(client.sendAsync(request.build(), head -> new CappedBody(mostBytes)));
        return new Reply(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** The client's own timeout ends with the answer's head; a body that comes drop by drop would wait for ever. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wait for the answer was interrupted, as when the program stops", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "the host's name cannot be resolved";
        } else if (cause instanceof ConnectException) {
            return "nothing accepts connections there";
        } else if (cause instanceof SSLException) {
            return "TLS failed, " + cause.getMessage();
        }
        return cause instanceof CappedBody.TooLarge ? cause.getMessage() : "the exchange broke, " + cause.getMessage();
    }
}
