package org.incidentorchestrator.step.verb.capacity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.step.verb.capacity.MemorySeries.Sample;

/**
 * Where a series goes: the straight line through it with the least squares.
 *
 * @param word growing, falling, steady, or unknown: too few samples over too short a time
 * @param perHour MiB by which it grows in an hour; 0 while unknown
 * @param now MiB, on the line, at the last sample
 */
record Trend(String word, double perHour, double now) {
    static final String GROWING = "growing";
    private static final String UNKNOWN = "unknown";
    private static final int FEWEST = 3;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    /** How much of the ups and downs the line has to explain, to be more than noise. */
    private static final double FIT = 0.5;
    /** By how much of what is used it has to change meanwhile, to be more than nothing. */
    private static final double CHANGE = 0.01;

    static Trend of(List<Sample> samples) {
        if (samples.size() < FEWEST || span(samples).compareTo(SHORTEST) < 0) {
            return new Trend(UNKNOWN, 0, 0);
        }
        double meanHours = samples.stream()
                .mapToDouble(each -> hours(samples, each))
                .average()
                .orElseThrow();
        double meanUsed =
                samples.stream().mapToDouble(Sample::mebibytes).average().orElseThrow();
        double together = 0;
        double alongTime = 0;
        double alongUse = 0;
        for (Sample sample : samples) {
            double time = hours(samples, sample) - meanHours;
            double use = sample.mebibytes() - meanUsed;
            together += time * use;
            alongTime += time * time;
            alongUse += use * use;
        }
        double slope = together / alongTime;
        double end = hours(samples, samples.get(samples.size() - 1));
        double fit = alongUse == 0 ? 0 : together * together / (alongTime * alongUse);
        boolean moves = fit >= FIT && Math.abs(slope * end) >= CHANGE * meanUsed;
        return new Trend(
                !moves ? "steady" : slope > 0 ? GROWING : "falling", slope, meanUsed + slope * (end - meanHours));
    }

    private static Duration span(List<Sample> samples) {
        return Duration.between(
                samples.get(0).at(), samples.get(samples.size() - 1).at());
    }

    private static double hours(List<Sample> samples, Sample sample) {
        Instant first = samples.get(0).at();
        return Duration.between(first, sample.at()).toMillis() / 3_600_000.0;
    }

    boolean known() {
        return !word.equals(UNKNOWN);
    }

    /** Until this many MiB are used, if it goes on like that; -1 when it does not grow. */
    int minutesTo(double mebibytes) {
        if (!word.equals(GROWING)) {
            return -1;
        }
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.round((mebibytes - now) / perHour * 60)));
    }
}
