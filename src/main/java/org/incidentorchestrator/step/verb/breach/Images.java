package org.incidentorchestrator.step.verb.breach;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Table;

/** What runs in the containers: the digest says it, the image's name and tag may mean another one tomorrow. */
final class Images {
    private static final int MARK = 12;
    private static final int MOST = 100;

    private Images() {}

    static Table table(List<PodView> pods) {
        Table table = Table.of("POD", "CONTAINER", "IMAGE", "DIGEST", "STARTED");
        pods.forEach(pod -> pod.containerStatuses()
                .forEach(status -> table.row(
                        pod.name(),
                        status.text("/name", ""),
                        status.text("/image", ""),
                        status.text("/imageID", ""),
                        status.text("/state/running/startedAt", status.text("/state/terminated/startedAt", "")))));
        return table;
    }

    static int distinct(List<PodView> pods) {
        return digests(pods).size();
    }

    /** The first characters of each digest, apart by a space; of very many the first ones in order. */
    static String marks(List<PodView> pods) {
        return digests(pods).stream().limit(MOST).collect(Collectors.joining(" "));
    }

    /** Those that run and are not among the marks; nothing is new as long as nothing is known. */
    static Set<String> newSince(String marks, List<PodView> pods) {
        Set<String> now = digests(pods);
        Set<String> known = marks == null || marks.isBlank() ? now : Set.of(marks.split(" "));
        return now.stream().filter(mark -> !known.contains(mark)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> digests(List<PodView> pods) {
        return pods.stream()
                .flatMap(pod -> pod.containerStatuses().stream())
                .flatMap(Images::digest)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> digest(KubernetesObject status) {
        String id = status.text("/imageID", "");
        String digest = id.substring(id.lastIndexOf(':') + 1);
        return digest.isEmpty() ? Stream.empty() : Stream.of(digest.substring(0, Math.min(MARK, digest.length())));
    }
}
