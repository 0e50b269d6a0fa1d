package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to one API server as one identity, each once. fabric8 reads the kubeconfig and does TLS and
 * authentication; above that its client is not used, because it sends everything again that fails, an eviction too, and
 * keeps neither a Status nor Retry-After for us.
 */
final class ApiServer implements AutoCloseable {
    private static final int MOST_BYTES = Integer.MAX_VALUE;

    private final HttpClient client;
    private final URI server;
    private final String context;
    private final Duration timeout;

    ApiServer(Config access, String context, Duration timeout) {
        Config config = new ConfigBuilder(access)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout((int) timeout.toMillis())
                .withConnectionTimeout((int) timeout.toMillis())
                // A hung HTTP/2 connection is kept and used again after a timeout (JDK 17); one of HTTP/1.1 is dropped.
                .withHttp2Disable(true)
                .withUserAgent("incident-orchestrator")
                .build();
        this.client = new NotRedirected().newBuilder(config).build();
        this.server = URI.create(config.getMasterUrl());
        this.context = context;
        this.timeout = timeout;
    }

    String context() {
        return context;
    }

    Bound bound() {
        return new Bound(timeout);
    }

    /** Where it is, for messages: without what a URL may hold of credentials. */
    String where() {
        String port = server.getPort() < 0 ? "" : ":" + server.getPort();
        return "cluster " + context + " (" + server.getScheme() + "://" + server.getHost() + port + ")";
    }

    ApiAnswer send(ApiRequest request, Bound bound) {
        return send(request, bound, MOST_BYTES);
    }

    /** @param most bytes of the body that are kept */
    ApiAnswer send(ApiRequest request, Bound bound, int most) {
        return answered(request, () -> exchange(request, bound, new BodyText(bound, most)));
    }

    /**
     * Opens a WebSocket and waits until its other side closes it.
     *
     * @return the HTTP status with which it was refused; empty when it was opened
     */
    Optional<Integer> stream(ApiRequest request, Bound bound, ExecStream stream) {
        return answered(request, () -> {
            try {
                listen(request, bound, stream);
                return Optional.empty();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                    return Optional.of(refusal.getResponse().code());
                }
                throw e;
            }
        });
    }

    private void listen(ApiRequest request, Bound bound, ExecStream stream)
            throws InterruptedException, ExecutionException, TimeoutException {
        WebSocket.Builder builder = client.newWebSocketBuilder()
                .uri(URI.create(url(request)))
                .connectTimeout(bound.timeLeft(), TimeUnit.NANOSECONDS)
                .subprotocol(ExecStream.PROTOCOL);
        WebSocket socket = await(builder.buildAsync(stream), bound);
        try {
            await(stream.end(), bound);
        } finally {
            socket.sendClose(1000, "");
        }
    }

    private interface Exchange<T> {
        T run() throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** @throws ClusterFailure UNREACHABLE when there is no answer */
    private <T> T answered(ApiRequest request, Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiFailures.unanswered(request, this, e);
        } catch (ExecutionException e) {
            throw ApiFailures.unanswered(request, this, e.getCause());
        } catch (TimeoutException | RuntimeException e) {
            throw ApiFailures.unanswered(request, this, e);
        }
    }

    private ApiAnswer exchange(ApiRequest request, Bound bound, BodyText text)
            throws InterruptedException, ExecutionException, TimeoutException {
        HttpResponse<AsyncBody> response = await(client.consumeBytes(http(request, bound), text), bound);
        AsyncBody body = response.body();
        try {
            body.consume();
            await(body.done(), bound);
        } catch (CancellationException e) {
            if (!text.cut()) {
                throw e;
            }
        } finally {
            body.cancel();
        }
        return new ApiAnswer(
                response.code(), first(response, "Content-Type"), first(response, "Retry-After"), "" + text);
    }

    private String url(ApiRequest request) {
        String base = server.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + request.path();
    }

    private HttpRequest http(ApiRequest request, Bound bound) throws TimeoutException {
        HttpRequest.Builder builder =
                client.newHttpRequestBuilder().uri(url(request)).timeout(bound.timeLeft(), TimeUnit.NANOSECONDS);
        if (request.changes()) {
            builder.method(request.method(), request.mediaType(), request.body());
        } else if (!request.mediaType().isEmpty()) {
            builder.header("Accept", request.mediaType());
        }
        return builder.build();
    }

    private static <T> T await(CompletableFuture<T> future, Bound bound)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return future.get(bound.timeLeft(), TimeUnit.NANOSECONDS);
        } finally {
            future.cancel(true);
        }
    }

    private static String first(HttpResponse<?> response, String header) {
        String value = response.header(header);
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        client.close();
    }

    /** A redirect would carry our credentials, or a pod's answer, to wherever it points. */
    private static final class NotRedirected extends JdkHttpClientFactory {
        @Override
        protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
            builder.followRedirects(java.net.http.HttpClient.Redirect.NEVER);
        }
    }
}
