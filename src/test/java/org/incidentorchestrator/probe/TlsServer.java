package org.incidentorchestrator.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.incidentorchestrator.support.TestAuthority;

/** Something that listens on loopback: for TLS with a certificate, or otherwise. */
public final class TlsServer implements AutoCloseable {
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> askedFor = new CopyOnWriteArrayList<>();

    private TlsServer(ServerSocket listening, Answer answer) {
        this.listening = listening;
        threads.execute(() -> accept(answer));
    }

    interface Answer {
        void to(Socket client) throws Exception;
    }

    /** @param above whom its certificate was issued by, as it shows them, the nearest first */
    public static TlsServer of(TestAuthority server, TestAuthority... above) {
        return of(false, server, above);
    }

    static TlsServer of(boolean wantsCertificate, TestAuthority server, TestAuthority... above) {
        try {
            SSLServerSocket socket = (SSLServerSocket) context(server, above)
                    .getServerSocketFactory()
                    .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            socket.setNeedClientAuth(wantsCertificate);
            return new TlsServer(socket, client -> ((SSLSocket) client).startHandshake());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static TlsServer answering(Answer answer) {
        try {
            return new TlsServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    List<String> askedFor() {
        return askedFor;
    }

    private void accept(Answer answer) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> serve(client, answer));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client, Answer answer) {
        try (client) {
            answer.to(client);
            if (client instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session) {
                session.getRequestedServerNames().forEach(name -> askedFor.add(new String(name.getEncoded())));
            }
        } catch (Exception ofTheOtherSide) {
            // It looks, and goes away.
        }
    }

    private static SSLContext context(TestAuthority server, TestAuthority... above) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = Stream.concat(Stream.of(server), Stream.of(above))
                .map(TestAuthority::certificate)
                .toArray(Certificate[]::new);
        store.setKeyEntry("server", server.key(), new char[0], chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
