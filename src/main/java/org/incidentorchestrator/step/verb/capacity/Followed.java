package org.incidentorchestrator.step.verb.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Quantity;
import org.incidentorchestrator.cluster.UsageView;

/** The container whose memory is followed, with the series that goes on or begins. */
record Followed(PodView pod, MemorySeries series) {
    private static final double MIB = 1024 * 1024;

    /**
     * @param before the series so far, if there is one: it goes on with its container as long as that lives, and begins
     *     anew with the same container after a restart
     * @param named the pod that is asked for, if it is there; else the container that is nearest to its limit is followed
     * @return empty when nothing has a sample
     */
    static Optional<Followed> of(
            Optional<MemorySeries> before, String named, List<PodView> pods, List<KubernetesObject> samples) {
        Optional<PodView> same = before.flatMap(series -> pods.stream()
                .filter(pod -> pod.pod().uid().equals(series.uid()))
                .findFirst());
        if (same.isPresent()) {
            MemorySeries series = before.orElseThrow();
            return Optional.of(new Followed(
                    same.get(),
                    series.goesOnWith(same.get()) ? series : MemorySeries.begin(same.get(), series.container())));
        }
        List<PodView> asked =
                pods.stream().filter(pod -> pod.name().equals(named)).toList();
        return fullest(asked.isEmpty() ? pods : asked, samples);
    }

    private static Optional<Followed> fullest(List<PodView> pods, List<KubernetesObject> samples) {
        List<KubernetesObject> objects = pods.stream().map(PodView::pod).toList();
        return UsageView.of(objects, samples).stream()
                .filter(UsageView::known)
                .max(Comparator.comparing(
                                (UsageView usage) -> usage.memoryPercent().orElse(-1))
                        .thenComparing(usage -> usage.used().amount(Amounts.MEMORY)))
                .flatMap(usage -> pods.stream()
                        .filter(pod -> pod.name().equals(usage.pod()))
                        .findFirst()
                        .map(pod -> new Followed(pod, MemorySeries.begin(pod, usage.container()))));
    }

    /** The latest sample of the container, with the time it was taken at; empty without one. */
    Optional<MemorySeries.Sample> sample(List<KubernetesObject> samples) {
        return samples.stream()
                .filter(sample -> sample.name().equals(pod.name()))
                .flatMap(sample -> sample.items("/containers").stream()
                        .filter(container -> container.text("/name", "").equals(series.container()))
                        .flatMap(container -> Amounts.of(container, "/usage").get(Amounts.MEMORY).stream())
                        .flatMap(used -> sample.time("/timestamp").stream()
                                .map(at -> new MemorySeries.Sample(at, mebibytes(used)))))
                .findFirst();
    }

    /** MiB; empty without a limit. */
    OptionalDouble limit() {
        return pod.pod().items("/spec/containers").stream()
                .filter(container -> container.text("/name", "").equals(series.container()))
                .flatMap(container -> Amounts.of(container, "/resources/limits").get(Amounts.MEMORY).stream())
                .mapToDouble(Followed::mebibytes)
                .findFirst();
    }

    private static double mebibytes(Quantity bytes) {
        return bytes.amount().doubleValue() / MIB;
    }
}
