package org.incidentorchestrator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.incidentorchestrator.program.Footprint;
import org.incidentorchestrator.program.Program;

/**
 * Starts the packaged program on its sandbox in an empty folder, puts load on it, and prints what it saw:
 * acknowledgements per second, a storm, and how long it takes from a webhook to the first look at the cluster. Its
 * arguments are what to do, best in this order: {@code storm} (which warms it up), {@code latency}, {@code acks}; and
 * settings of the program, {@code --name=value}: {@code --spring.datasource.url} for another database.
 */
public final class LoadBenchmark {
    private static final int CONNECTIONS = 16;
    private static final int STORM = 10_000;
    private static final int WORKLOADS = 200;
    private static final int ACKS = 20_000;
    private static final int SINGLE = 200;
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Program program;
    private final String run = Long.toString(System.nanoTime(), 36);

    private LoadBenchmark(Program program) {
        this.program = program;
    }

    public static void main(String[] arguments) throws Exception {
        try (var program = Program.in(Files.createTempDirectory("load"))) {
            var loads = new ArrayList<String>();
            for (String argument : arguments) {
                if (argument.startsWith("--")) {
                    program.with(
                            argument.substring(2, argument.indexOf('=')),
                            argument.substring(argument.indexOf('=') + 1));
                } else {
                    loads.add(argument);
                }
            }
            long begin = System.nanoTime();
            program.start();
            print(
                    "start: ready after %.1f s, %.1f CPU s; %d MiB",
                    (System.nanoTime() - begin) / 1e9,
                    program.footprint().cpu(),
                    program.footprint().memory());
            new LoadBenchmark(program).run(loads);
        }
    }

    private void run(List<String> loads) throws Exception {
        Footprint footprint = program.footprint();
        for (String load : loads) {
            double before = footprint.cpu();
            switch (load) {
                case "latency" -> latency();
                case "storm" -> storm();
                case "acks" -> acks();
                default -> throw new IllegalArgumentException(load + " is not one of latency, storm, acks");
            }
            print(
                    "%s: %.1f CPU s; %d MiB now, %d MiB at its peak",
                    load, footprint.cpu() - before, footprint.memory(), footprint.peak());
        }
    }

    /** Repeats of alerts whose incidents are open: what intake can take. */
    private void acks() throws Exception {
        long begin = System.nanoTime();
        post(ACKS, number -> "acks-" + run + "-" + number % WORKLOADS);
        double seconds = (System.nanoTime() - begin) / 1e9;
        print("acks: %d in %.2f s, %.0f/s over %d connections", ACKS, seconds, ACKS / seconds, CONNECTIONS);
    }

    private void storm() throws Exception {
        Instant begin = Instant.now();
        post(STORM, number -> "storm-" + run + "-" + number % WORKLOADS);
        print("storm: last ack after %d ms", millis(begin, Instant.now()));
        List<String> numbers = opened(WORKLOADS);
        print("storm: last incident opened after %d ms", millis(begin, last(numbers, "incidentOpened")));
        print("storm: last first look after %d ms", millis(begin, last(numbers, "stepLooked")));
        settle();
    }

    private void latency() throws Exception {
        List<Long> times = new ArrayList<>();
        List<Instant> sent = new ArrayList<>();
        try (var connection =
                new WebhookConnection(program.port(), program.api().alertmanagerToken())) {
            for (int number = 0; number < SINGLE; number++) {
                sent.add(Instant.now());
                connection.post("single-" + run + "-" + number, run + "-single-" + number);
                TimeUnit.NANOSECONDS.sleep(Math.max(
                        0,
                        Duration.between(Instant.now(), sent.get(number).plus(EVERY))
                                .toNanos()));
            }
        }
        List<String> numbers = opened(SINGLE);
        for (int number = 0; number < SINGLE; number++) {
            times.add(millis(sent.get(number), look(numbers.get(SINGLE - 1 - number), "stepLooked")));
        }
        times.sort(null);
        print(
                "latency: webhook to first look at %d/s: p50 %d ms, p90 %d ms, p99 %d ms",
                1000 / EVERY.toMillis(),
                times.get(SINGLE / 2),
                times.get(SINGLE * 9 / 10),
                times.get(SINGLE * 99 / 100));
        settle();
    }

    private interface Naming {
        String workload(int number);
    }

    private void post(int count, Naming naming) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<Void>> done = new ArrayList<>();
        Callable<Void> sender = () -> {
            try (var connection =
                    new WebhookConnection(program.port(), program.api().alertmanagerToken())) {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    connection.post(naming.workload(number), run + "-" + number);
                }
            }
            return null;
        };
        for (int thread = 0; thread < CONNECTIONS; thread++) {
            done.add(threads.submit(sender));
        }
        for (Future<Void> one : done) {
            one.get();
        }
        threads.shutdown();
    }

    /** The newest so many incidents, once each of them has been looked at. */
    private List<String> opened(int count) throws Exception {
        List<String> numbers = incidents(count);
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (numbers.size() < count || first(numbers.get(0), "stepLooked").isEmpty()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IOException("only " + numbers.size() + " of " + count + " incidents were opened");
            }
            TimeUnit.MILLISECONDS.sleep(500);
            numbers = incidents(count);
        }
        return numbers;
    }

    private Instant last(List<String> numbers, String kind) throws Exception {
        Instant last = Instant.MIN;
        for (String number : numbers) {
            Instant at = look(number, kind);
            last = at.isAfter(last) ? at : last;
        }
        return last;
    }

    private Instant look(String number, String kind) throws Exception {
        for (int tries = 0; tries < 100; tries++) {
            var at = first(number, kind);
            if (at.isPresent()) {
                return at.get();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException(number + " has no " + kind);
    }

    private Optional<Instant> first(String incident, String kind) {
        return program.api().timeline(incident).stream()
                .filter(entry -> entry.path("kind").asText().equals(kind))
                .findFirst()
                .map(entry -> Instant.parse(entry.path("at").asText()));
    }

    private List<String> incidents(int count) {
        return program.api().incidents(count).stream()
                .map(incident -> incident.path("id").asText())
                .toList();
    }

    /** Until the program does nothing any more, so that its work is counted with what caused it. */
    private void settle() throws Exception {
        double before;
        do {
            before = program.footprint().cpu();
            TimeUnit.SECONDS.sleep(2);
        } while (program.footprint().cpu() - before > 0.3);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private static void print(String text, Object... values) {
        System.out.println(text.formatted(values));
    }
}
