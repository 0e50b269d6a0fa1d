package org.incidentorchestrator.probe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A handshake over a socket that is closed when its time is over: a server may send drop by drop. */
final class SocketOpening implements TlsHandshake.Opening {
    private final Duration timeout;

    SocketOpening(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public List<X509Certificate> certificates(String host, int port, String serverName) throws IOException {
        OnlyLooking looking = new OnlyLooking();
        AtomicBoolean late = new AtomicBoolean();
        try (Socket plain = new Socket()) {
            CompletableFuture<Void> end = closedInTime(plain, late);
            try {
                connect(plain, host, port);
                handshake(plain, host, port, serverName, looking);
            } finally {
                end.cancel(false);
            }
        } catch (IOException e) {
            // A server that wants a certificate of ours has shown its own before it says so.
            if (looking.seen().isEmpty()) {
                throw late.get() ? new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms") : e;
            }
        }
        if (looking.seen().isEmpty()) {
            throw new SSLException("the handshake ended without one");
        }
        return looking.seen();
    }

    private CompletableFuture<Void> closedInTime(Socket socket, AtomicBoolean late) {
        return CompletableFuture.runAsync(
                () -> {
                    late.set(true);
                    try {
                        socket.close();
                    } catch (IOException ignored) {
                        // Whoever waits for it gets an exception of its own.
                    }
                },
                CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void connect(Socket socket, String host, int port) throws IOException {
        InetSocketAddress address = resolved(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        socket.connect(address);
    }

    /** A look-up by the platform has no time limit of its own. */
    private InetSocketAddress resolved(String host, int port) throws IOException {
        try {
            return CompletableFuture.supplyAsync(() -> new InetSocketAddress(host, port))
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("its name was not resolved in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the look-up was interrupted, as when the program stops", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static void handshake(Socket plain, String host, int port, String serverName, OnlyLooking looking)
            throws IOException {
        try (SSLSocket socket = (SSLSocket) context(looking).getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(isName(serverName) ? List.of(new SNIHostName(serverName)) : List.of());
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        } catch (SocketException e) {
            throw new SSLException("the connection was ended in the middle of the handshake", e);
        }
    }

    /** An IP address cannot be asked for (RFC 6066, section 3). */
    private static boolean isName(String serverName) {
        return !serverName.contains(":") && !serverName.matches("[0-9.]+");
    }

    private static SSLContext context(OnlyLooking looking) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {looking}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
