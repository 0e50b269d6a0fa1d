package org.incidentorchestrator.step.verb.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.incidentorchestrator.step.verb.Line;

/** Times of several attempts. @param total milliseconds of those that were answered, in order; {@code connect} likewise */
record Timings(int attempts, List<Integer> total, List<Integer> connect) {

    MeasureLatency.Output output(String from, OptionalDouble ping, String url) {
        String where = from.equals("pod") ? "from a pod" : "through the API server, its own way included";
        String text = total.isEmpty()
                ? url + " did not answer any of " + attempts + " requests, asked " + where
                : "%s took %d ms at the median and %d ms at most in %d of %d requests, asked %s%s"
                        .formatted(
                                url,
                                median(total),
                                max(total),
                                total.size(),
                                attempts,
                                where,
                                connectText() + pingText(ping));
        return new MeasureLatency.Output(
                attempts == 0 ? "nowhere" : from,
                attempts,
                total.size(),
                median(total),
                max(total),
                median(connect),
                ping.orElse(-1),
                Line.of(text, Line.MODEL));
    }

    private String connectText() {
        return connect.isEmpty() ? "" : "; the connection stood after " + median(connect) + " ms";
    }

    private static String pingText(OptionalDouble ping) {
        return ping.isPresent() ? "; a ping of a pod behind it took " + ping.getAsDouble() + " ms" : "";
    }

    /** The lower one of two in the middle; -1 of none. */
    private static int median(List<Integer> times) {
        List<Integer> sorted = new ArrayList<>(times);
        sorted.sort(null);
        return sorted.isEmpty() ? -1 : sorted.get((sorted.size() - 1) / 2);
    }

    private static int max(List<Integer> times) {
        return times.stream().mapToInt(Integer::intValue).max().orElse(-1);
    }
}
