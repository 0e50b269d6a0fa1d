package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * What comes back from a program that runs in a container. Each message of the WebSocket begins with the number of its
 * channel (subprotocol {@value #PROTOCOL}); the last one, on the status channel, says how the program ended.
 */
final class ExecStream implements WebSocket.Listener {
    static final String PROTOCOL = "v4.channel.k8s.io";

    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int STATUS = 3;
    private static final int MOST_OF_A_STATUS = 64 * 1024;

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Kept status = new Kept(MOST_OF_A_STATUS);
    private final Bound bound;
    private final Kept out;
    private final Kept err;

    /** @param most bytes that are kept of each output; more is read and let go, so that the end is heard of */
    ExecStream(Bound bound, int most) {
        this.bound = bound;
        this.out = new Kept(most);
        this.err = new Kept(most);
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer message) {
        try {
            bound.read(message.remaining());
            if (message.hasRemaining()) {
                take(message.get(), message);
            }
            socket.request();
        } catch (IOException tooMuch) {
            end.completeExceptionally(tooMuch);
        }
    }

    private void take(byte channel, ByteBuffer content) {
        switch (channel) {
            case OUT -> out.take(content);
            case ERR -> err.take(content);
            case STATUS -> status.take(content);
            default -> {}
        }
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason) {
        end.complete(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end.completeExceptionally(error);
    }

    CompletableFuture<Void> end() {
        return end;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    boolean cut() {
        return out.cut() || err.cut();
    }

    /** A Status as JSON; empty when the connection ended before the program did. */
    String status() {
        return status.toString();
    }
}
