package org.incidentorchestrator.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program (target/incident-orchestrator.jar) as an operating system sees it (Linux). It keeps its folder,
 * port and settings over as many starts as a test makes; what it prints is appended to {@link #log()}. Not for several
 * threads at once.
 */
public final class Program implements AutoCloseable {
    static final Path JAR = Path.of("target/incident-orchestrator.jar");
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Path folder;
    private final int port = freePort();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> jvm = new ArrayList<>(
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
    private final ProgramApi api;
    private Path jar = JAR;
    private Process process;

    private Program(Path folder) {
        this.folder = folder;
        this.api = new ProgramApi(port, folder.resolve("alertmanager.token"));
    }

    /** A program that is not started yet and breaks nothing by itself; {@code folder} is its data folder. */
    public static Program in(Path folder) {
        return untouched(folder)
                .with("sandbox.first-alert", "false")
                // What tests let fail at the same time are many troubles.
                .with("common-cause.services", 100_000)
                .with("accounts.create", "responder,approver,auditor");
    }

    /** A program with no setting but those that keep it apart from others on this machine: what a newcomer starts. */
    public static Program untouched(Path folder) {
        var program = new Program(folder);
        return program.with("server.port", program.port)
                .with("data.folder", folder)
                .with("api.token-file", folder.resolve("api.tokens"));
    }

    /** A setting of the next start, as on the command line. */
    public Program with(String setting, Object value) {
        settings.put(setting, value.toString());
        return this;
    }

    /** The program of the next start: another release of it. */
    public Program upgradedTo(Path release) {
        jar = release;
        return this;
    }

    /** Options of the Java machine of the next start. */
    public Program jvm(String... options) {
        jvm.addAll(List.of(options));
        return this;
    }

    /** Starts it and returns once it is ready to take alerts. */
    public Program start() {
        launch();
        awaitReady();
        return this;
    }

    /** Starts it and does not wait. */
    public Program launch() {
        if (running()) {
            throw new IllegalStateException("The program runs already, as process " + pid());
        }
        try {
            Files.createDirectories(folder);
            api.writeTokens(folder.resolve("api.tokens"));
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Returns once it is ready; fails with the end of its log when it ends instead, or takes too long. */
    public void awaitReady() {
        long giveUp = System.nanoTime() + START.toNanos();
        while (!api.ready()) {
            if (!running() || System.nanoTime() > giveUp) {
                throw new AssertionError("The program did not become ready. Its last lines:\n" + lastLines());
            }
            pauseBriefly();
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        settings.forEach((setting, value) -> command.add("--" + setting + "=" + value));
        return command;
    }

    /** SIGKILL: it gets no chance to do anything; returns when it is gone. */
    public void kill() {
        signal("KILL");
        awaitEnd();
    }

    /** SIGSTOP: every thread stands still until {@link #resume()}; connections stay open. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** SIGTERM: an orderly end; its exit code. */
    public int stop() {
        signal("TERM");
        return awaitEnd();
    }

    /** Whether it ends by itself, or by whoever else kills it, within this time. */
    public boolean ends(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -%s %d ended with %d".formatted(name, pid(), code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Process " + pid() + " does not end. Its last lines:\n" + lastLines());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    public boolean running() {
        return process != null && process.isAlive();
    }

    /** Its REST API, engine and webhooks, as the people and systems that use it. */
    public ProgramApi api() {
        return api;
    }

    /** What its process has used since its last start. */
    public Footprint footprint() {
        return new Footprint(pid());
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public Path folder() {
        return folder;
    }

    /** What it printed, over all of its starts. */
    public Path log() {
        return folder.resolve("program.log");
    }

    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pauseBriefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("The test was interrupted", e);
    }

    @Override
    public void close() {
        if (running()) {
            process.destroyForcibly();
            awaitEnd();
        }
    }
}
