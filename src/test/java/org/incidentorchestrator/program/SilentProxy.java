package org.incidentorchestrator.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands on loopback in front of an API server, for TLS and everything above it the server itself. It can keep silent:
 * connections are accepted and nothing passes, as with a server that hangs; what was held back passes once it speaks
 * again. Without a server behind it, it is always silent.
 */
final class SilentProxy implements AutoCloseable {
    private static final Pattern SERVER = Pattern.compile("server:\\s*\"?(https?://[^\"\\s,}]+)");
    private static final Duration SLOW = Duration.ofSeconds(3);

    private final ServerSocket listens;
    private final Optional<URI> server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService delay = Executors.newScheduledThreadPool(2);
    private Behaviour behaviour;

    enum Behaviour {
        PASSES,
        /** Each answer comes three seconds late, TLS's included. */
        SLOW,
        SILENT
    }

    private SilentProxy(Optional<URI> server, Behaviour first) {
        this.server = server;
        this.behaviour = first;
        try {
            listens = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accepts", this::accept);
    }

    /** Before the server that a kubeconfig names. Its certificate has to be good for 127.0.0.1. */
    static SilentProxy before(String kubeconfig) {
        return new SilentProxy(Optional.of(URI.create(server(read(kubeconfig)).group(1))), Behaviour.PASSES);
    }

    static SilentProxy beforeNothing() {
        return new SilentProxy(Optional.empty(), Behaviour.SILENT);
    }

    /** The kubeconfig as it was, but for the way, which leads through here. */
    Path kubeconfig(String original, Path copy) throws IOException {
        String text = read(original);
        Matcher found = server(text);
        String here = "https://127.0.0.1:" + listens.getLocalPort();
        return Files.writeString(copy, text.substring(0, found.start(1)) + here + text.substring(found.end(1)));
    }

    /** A kubeconfig for the server that is not there. */
    Path kubeconfig(Path file) throws IOException {
        return Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                current-context: silent
                clusters:
                - name: silent
                  cluster:
                    server: http://127.0.0.1:%d
                contexts:
                - name: silent
                  context:
                    cluster: silent
                    user: nobody
                users:
                - name: nobody
                  user: {}
                """
                        .formatted(listens.getLocalPort()));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Matcher server(String text) {
        Matcher found = SERVER.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("the kubeconfig names no server");
        }
        return found;
    }

    synchronized void becomes(Behaviour next) {
        behaviour = next;
        notifyAll();
    }

    private synchronized Behaviour awaitVoice() throws InterruptedException {
        while (behaviour == Behaviour.SILENT) {
            wait();
        }
        return behaviour;
    }

    private void accept() throws IOException {
        while (!listens.isClosed()) {
            Socket client = listens.accept();
            sockets.add(client);
            if (server.isPresent()) {
                var upstream = new Socket(server.get().getHost(), server.get().getPort());
                sockets.add(upstream);
                var exchange = new Exchange(client, upstream);
                start("asks", exchange::ask);
                start("answers", exchange::answer);
            }
        }
    }

    private final class Exchange {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean asked;

        Exchange(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void ask() throws IOException, InterruptedException {
            pass(client, upstream, () -> {
                awaitVoice();
                asked = true;
            });
        }

        void answer() throws IOException, InterruptedException {
            pass(upstream, client, () -> {
                if (awaitVoice() == Behaviour.SLOW && asked) {
                    later();
                }
                asked = false;
            });
        }

        private void pass(Socket from, Socket to, Pause pause) throws IOException, InterruptedException {
            byte[] bytes = new byte[16 * 1024];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    pause.take();
                    out.write(bytes, 0, count);
                    out.flush();
                }
            } finally {
                sockets.remove(from);
            }
        }
    }

    private void later() throws InterruptedException {
        try {
            delay.schedule(() -> {}, SLOW.toMillis(), TimeUnit.MILLISECONDS).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Pause {
        void take() throws InterruptedException;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** A connection that breaks is what a proxy sees all the time. */
    private static void start(String name, Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "silent-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        becomes(Behaviour.PASSES);
        listens.close();
        delay.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
