package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container that was killed, as its pod's status remembers it: the last end only, and only of the container's first
 * process.
 *
 * @param certain that it was for want of memory; exit code 137 alone is any SIGKILL, a probe's too
 */
public record OomKill(
        String namespace, String pod, String container, boolean certain, int exitCode, Optional<Instant> at) {
    private static final int SIGKILL = 137;

    /** Of the present and of the last end of each container. */
    public static List<OomKill> of(KubernetesObject pod) {
        return PodView.of(pod).containerStatuses().stream()
                .flatMap(status -> Stream.of("/state/terminated", "/lastState/terminated")
                        .map(status::at)
                        .filter(OomKill::killed)
                        .map(end -> of(pod, status, end)))
                .toList();
    }

    private static boolean killed(KubernetesObject end) {
        return end.text("/reason", "").equals("OOMKilled") || end.number("/exitCode", 0) == SIGKILL;
    }

    private static OomKill of(KubernetesObject pod, KubernetesObject status, KubernetesObject end) {
        return new OomKill(
                pod.namespace(),
                pod.name(),
                status.text("/name", ""),
                end.text("/reason", "").equals("OOMKilled"),
                end.number("/exitCode", 0),
                end.time("/finishedAt"));
    }

    /** {@code mcp-gateway-7d9f-x2x1z/app at 2026-11-24T11:58:00Z}. */
    public String line() {
        return pod + "/" + container + at.map(time -> " at " + time).orElse("");
    }

    public static Table table(List<OomKill> kills) {
        Table table = Table.of("NAMESPACE", "POD", "CONTAINER", "WHY", "EXIT CODE", "AT");
        kills.forEach(kill -> table.row(
                kill.namespace,
                kill.pod,
                kill.container,
                kill.certain ? "OOMKilled" : "SIGKILL, may be for want of memory",
                kill.exitCode,
                kill.at.map(Instant::toString).orElse("unknown")));
        return table;
    }
}
