package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;

/** What a container has written: a start, requests every few seconds, and, when it died, why. */
final class PodLog {
    private static final int EVERY = 5;
    private static final Duration POOL_LASTS = Duration.ofSeconds(20);

    private PodLog() {}

    /** @throws ClusterFailure INVALID when the pod has no such container */
    static LogAnswer answer(World world, JsonNode pod, LogQuery query, Instant now) {
        Pods.requireContainer(pod, query.container());
        if (world.life(Pods.uid(pod)).isEmpty()) {
            // No node has it yet: the API server answers with nothing at all.
            return new LogAnswer.Lines("");
        }
        Life life = world.life(Pods.uid(pod)).orElseThrow();
        Phase phase = Timeline.of(life, Pods.probed(pod), now).at(now);
        if (query.previous()) {
            return phase.last() == null || !phase.running()
                    ? previousOfWaiting(pod, query, phase)
                    : lines(instance(pod, phase.last()), query);
        }
        if (phase.startedAt() == null) {
            return new LogAnswer.None("container \"" + query.container() + "\" in pod \"" + Pods.name(pod)
                    + "\" is waiting to start: " + phase.waiting());
        }
        return phase.running()
                ? lines(
                        failing(
                                instance(pod, phase.startedAt(), now, life.fate()),
                                Scenarios.leakingSince(world, (ObjectNode) pod)),
                        query)
                : lines(instance(pod, phase.last()), query);
    }

    /** Calls that get no connection to the database fail, once there are none left. */
    private static List<String> failing(List<String> lines, Optional<Instant> leakingSince) {
        return leakingSince
                .map(since -> lines.stream()
                        .map(line -> line.compareTo(since.plus(POOL_LASTS).toString()) > 0
                                ? line.replaceFirst(
                                        "INFO (POST \\S+) 200 in \\d+ ms",
                                        "ERROR $1 500: no connection to the database within 2000 ms")
                                : line)
                        .toList())
                .orElse(lines);
    }

    private static LogAnswer previousOfWaiting(JsonNode pod, LogQuery query, Phase phase) {
        return phase.last() == null
                ? new LogAnswer.None("previous terminated container \"" + query.container() + "\" in pod \""
                        + Pods.name(pod) + "\" not found")
                : lines(instance(pod, phase.last()), query);
    }

    private static LogAnswer lines(List<String> all, LogQuery query) {
        int tail = query.tailLines() > 0 ? query.tailLines() : all.size();
        String text = String.join("\n", all.subList(Math.max(0, all.size() - tail), all.size())) + "\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int limit = query.limitBytes() > 0 ? Math.min(bytes.length, query.limitBytes()) : bytes.length;
        return new LogAnswer.Lines(new String(bytes, 0, limit, StandardCharsets.UTF_8));
    }

    private static List<String> instance(JsonNode pod, Phase.Ended ended) {
        List<String> lines = new ArrayList<>(instance(pod, ended.startedAt(), ended.at(), ended.by()));
        String hash = ReplicaSets.hashOf(pod);
        if (ended.by() == Fate.RUNS_OUT_OF_MEMORY) {
            lines.add(line(
                    ended.at(),
                    "WARN",
                    "heap at 98 % of 512Mi with 1,840 open sessions; two replicas carry the" + " load of three"));
        } else {
            lines.add(line(
                    ended.at(),
                    "ERROR",
                    "session store redis://gateway:s3ss10n@mcp-config:6379 refused the" + " registration of rollout "
                            + hash + ": lease expired"));
            lines.add(line(
                    ended.at(),
                    "FATAL",
                    "cannot serve without a lease, which only a new rollout gets; exit" + " code 1"));
        }
        return lines;
    }

    /** The first lines, and those of the last half hour: nobody reads more. */
    private static List<String> instance(JsonNode pod, Instant from, Instant to, Fate fate) {
        String app = pod.at("/spec/containers/0/name").asText();
        List<String> lines = new ArrayList<>();
        lines.add(line(
                from, "INFO", "starting " + pod.at("/spec/containers/0/image").asText() + " in pod " + Pods.name(pod)));
        lines.add(line(from.plusSeconds(1), "INFO", app + " listens on port 8080"));
        Instant recent = to.minusSeconds(1800);
        Instant first = from.isAfter(recent) ? from : recent;
        long tick = first.getEpochSecond() / EVERY * EVERY + EVERY;
        for (; tick <= to.getEpochSecond(); tick += EVERY) {
            lines.add(fate == Fate.SERVES_NOTHING ? unready(tick) : request(pod, tick));
        }
        lines.removeIf(line -> line.compareTo(to.plusSeconds(1).toString()) > 0);
        return lines;
    }

    private static String unready(long tick) {
        return line(
                Instant.ofEpochSecond(tick),
                "WARN",
                "GET /health 503: session store does not answer (timeout" + " 2000 ms)");
    }

    private static String request(JsonNode pod, long tick) {
        int dice = Math.floorMod((Pods.uid(pod) + tick).hashCode(), 97);
        String path = dice % 3 == 0 ? "GET /health" : dice % 3 == 1 ? "POST /v1/tools/call" : "GET /v1/tools";
        return line(Instant.ofEpochSecond(tick), "INFO", path + " 200 in " + (3 + dice) + " ms");
    }

    private static String line(Instant at, String level, String text) {
        return at + " " + level + " " + text;
    }
}
