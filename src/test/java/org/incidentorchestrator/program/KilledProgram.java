package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that is killed again and again on the same folder, with short waits, and what must hold after each kill. */
final class KilledProgram implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Program program;
    private final Trap trap;
    private int kills;

    private KilledProgram(String name, Path folder, Trap trap) {
        this.name = name;
        this.trap = trap;
        this.program = Program.in(folder)
                .with("escalation.response-times", "10s,1h,1h,1h")
                .with("recovery.hold", "1s")
                .with("wait.recovery-poll", "1s")
                .with("wait.rollout-poll", "1s")
                .with("retries.cluster", "1s,1s,1s")
                .with("incident.reopen-window", "1ms")
                .with("step.cool-down", "1ms");
    }

    static KilledProgram in(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        return new KilledProgram(name, folder, Trap.in(folder.resolve("kill-agent.jar")));
    }

    void start() {
        program.start();
    }

    ProgramApi api() {
        return program.api();
    }

    int kills() {
        return kills;
    }

    /** Kills it when it gets to the point, which the request leads to; the request may fail by that. Starts it again. */
    void killAt(KillPoint point, Request request) {
        trap.set(program.pid(), point);
        CompletableFuture<Boolean> answered = CompletableFuture.supplyAsync(request::answered);
        assertThat(program.ends(PATIENCE)).as("not reached: %s", point).isTrue();
        settle(answered);
        startAgain("killed at: " + point.what());
    }

    /** Something that is asked of the program and that may be cut off. */
    @FunctionalInterface
    interface Request {
        void send() throws IOException;

        default boolean answered() {
            try {
                send();
                return true;
            } catch (IOException | UncheckedIOException cut) {
                return false;
            }
        }
    }

    private static void settle(CompletableFuture<Boolean> answered) {
        try {
            answered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("A request to a program that was killed did not end", e);
        }
    }

    void kill() {
        program.kill();
    }

    /** Kills it while it is starting. */
    void killWhileStarting(long afterMillis) {
        program.launch();
        pause(afterMillis);
        program.kill();
        kills++;
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void startAgain(String what) {
        kills++;
        int checked = checks().size();
        long begin = System.nanoTime();
        program.start();
        assertThat(checks()).as("the database is checked after a kill").hasSizeGreaterThan(checked);
        String found = checks().get(checks().size() - 1);
        System.out.printf(
                "%s, kill %d: %s; ready after %.1f s; %s%n",
                name,
                kills,
                what,
                (System.nanoTime() - begin) / 1e9,
                found.replaceAll(".*The last end was not clean: ", ""));
        assertThat(found).contains("is sound");
    }

    /** What it said of its database at each start so far. */
    private List<String> checks() {
        return logged().stream()
                .filter(line -> line.contains("The last end was not clean"))
                .toList();
    }

    List<String> logged() {
        try {
            return Files.readAllLines(program.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it in order, and looks at what no API shows. */
    void assertNothingIsLeftOpen() throws SQLException {
        assertThat(program.stop()).isIn(0, 143);
        assertThat(program.folder().resolve("incidents.open"))
                .as(() -> "the database was closed; the program's last lines:\n" + program.lastLines())
                .doesNotExist();
        String url = "jdbc:h2:file:" + program.folder().resolve("incidents");
        try (var database = DriverManager.getConnection(url, "sa", "");
                var rows = database.createStatement()
                        .executeQuery(
                                "select id, step, target, state from step_ledger where state in ('INTENT', 'UNKNOWN')")) {
            assertThat(rows.next())
                    .as("a change of which nobody knows what became")
                    .isFalse();
        }
    }

    @Override
    public void close() {
        program.close();
    }
}
