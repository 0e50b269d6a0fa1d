package org.incidentorchestrator.step.verb.capacity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.step.verb.Line;

/**
 * What one life of a container has used of memory so far. A model carries it from one sample to the next as a line of text:
 *
 * <pre>{@code <pod> <uid> <restarts> <container> <time of the first sample> <seconds since then>=<MiB>,…}</pre>
 *
 * The line says all that the next sample needs, so that nothing is lost when the program is restarted in between. It stays
 * short enough for a variable: when it would not, every second sample is let go, and the series goes on over a longer time.
 *
 * @param restarts of the container when the series began: with the next restart its memory begins anew, and the series too
 */
record MemorySeries(String pod, String uid, int restarts, String container, List<Sample> samples) {
    private static final Pattern FORM = Pattern.compile(
            "([a-z0-9.-]{1,253}) ([A-Za-z0-9-]{1,64}) ([0-9]{1,9}) ([a-z0-9-]{1,63}) (\\S{20,30}) ((?:,?[0-9]{1,9}=[0-9]{1,9}\\.[0-9])+)");

    /** @param mebibytes the working set */
    record Sample(Instant at, double mebibytes) {}

    MemorySeries {
        samples = List.copyOf(samples);
    }

    static MemorySeries begin(PodView pod, String container) {
        return new MemorySeries(pod.name(), pod.pod().uid(), restarts(pod, container), container, List.of());
    }

    /** Empty for what no series was written as. */
    static Optional<MemorySeries> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > Line.MODEL || !form.matches()) {
            return Optional.empty();
        }
        try {
            Instant first = Instant.parse(form.group(5));
            List<Sample> samples = Stream.of(form.group(6).split(","))
                    .map(each -> each.split("="))
                    .map(each -> new Sample(first.plusSeconds(Long.parseLong(each[0])), Double.parseDouble(each[1])))
                    .toList();
            return Optional.of(new MemorySeries(
                    form.group(1), form.group(2), Integer.parseInt(form.group(3)), form.group(4), samples));
        } catch (java.time.DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** Whether the container still lives the life that the series is of. */
    boolean goesOnWith(PodView other) {
        return other.pod().uid().equals(uid) && restarts(other, container) == restarts;
    }

    private static int restarts(PodView pod, String container) {
        return pod.containerStatus(container)
                .map(status -> status.number("/restartCount", 0))
                .orElse(0);
    }

    /** The metrics server takes a sample every so often: the same one again is no new one. */
    boolean isNew(Sample sample) {
        return samples.isEmpty() || sample.at.isAfter(last().at);
    }

    MemorySeries with(Sample sample) {
        List<Sample> more = new ArrayList<>(samples);
        more.add(sample);
        MemorySeries next = new MemorySeries(pod, uid, restarts, container, more);
        while (next.text().length() > Line.MODEL) {
            next = next.thinned();
        }
        return next;
    }

    /** The first and the last stay. */
    private MemorySeries thinned() {
        int end = samples.size() - 1;
        return new MemorySeries(
                pod,
                uid,
                restarts,
                container,
                IntStream.rangeClosed(0, end)
                        .filter(i -> i % 2 == 0 || i == end)
                        .mapToObj(samples::get)
                        .toList());
    }

    Sample last() {
        return samples.get(samples.size() - 1);
    }

    Duration span() {
        return samples.isEmpty() ? Duration.ZERO : Duration.between(samples.get(0).at, last().at);
    }

    /** Empty while there is no sample. */
    String text() {
        if (samples.isEmpty()) {
            return "";
        }
        Instant first = samples.get(0).at;
        return String.join(" ", pod, uid, String.valueOf(restarts), container, first.toString(), "")
                + samples.stream()
                        .map(sample -> Duration.between(first, sample.at).toSeconds() + "=" + tenths(sample.mebibytes))
                        .collect(Collectors.joining(","));
    }

    private static BigDecimal tenths(double mebibytes) {
        return BigDecimal.valueOf(mebibytes).setScale(1, RoundingMode.HALF_UP);
    }
}
