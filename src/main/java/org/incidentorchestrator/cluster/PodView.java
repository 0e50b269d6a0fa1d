package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pod as {@code kubectl get pods} shows it.
 *
 * @param status the STATUS column's word: {@code Running}, {@code CrashLoopBackOff}, {@code Init:0/1} …; the phase alone
 *     says "Running" of a pod that crashes again and again
 * @param readyContainers of {@code containers}, the READY column; sidecars (init containers that restart) count
 * @param restarts of all containers
 * @param ready the Ready condition: whether a service sends it traffic
 */
public record PodView(
        KubernetesObject pod,
        String status,
        int readyContainers,
        int containers,
        int restarts,
        Optional<Instant> lastRestart,
        boolean ready) {
    private static final List<String> COLUMNS = List.of("NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE");

    public static PodView of(KubernetesObject pod) {
        PodStatus status = PodStatus.of(pod);
        return new PodView(
                pod,
                status.word(),
                status.ready(),
                status.containers(),
                status.restarts(),
                status.lastRestart(),
                condition(pod, "Ready"));
    }

    public String name() {
        return pod.name();
    }

    /** What made it: the Deployment of its replica set, or its own name where nothing did. */
    public String owner() {
        String hash = "-" + pod.labels().getOrDefault("pod-template-hash", "");
        String owner = pod.controller().map(each -> each.text("/name", "")).orElse(name());
        return hash.length() > 1 && owner.endsWith(hash) ? owner.substring(0, owner.length() - hash.length()) : owner;
    }

    public Optional<Instant> created() {
        return pod.time("/metadata/creationTimestamp");
    }

    /** Since when the Ready condition is what it is. */
    public Optional<Instant> readinessSince() {
        return pod.items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals("Ready"))
                .flatMap(condition -> condition.time("/lastTransitionTime").stream())
                .findFirst();
    }

    public String node() {
        return pod.text("/spec/nodeName", "");
    }

    public boolean terminating() {
        return pod.at("/metadata/deletionTimestamp").exists();
    }

    /** Succeeded or failed for good: it will not run again. */
    public boolean ended() {
        String phase = pod.text("/status/phase", "");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Not ready, and one of its containers has ended or cannot start: it is not just starting up. */
    public boolean failing() {
        return !ready && containerStatuses().stream().anyMatch(PodView::failed);
    }

    private static boolean failed(KubernetesObject status) {
        String waiting = status.text("/state/waiting/reason", "");
        boolean starting =
                waiting.isEmpty() || waiting.equals("ContainerCreating") || waiting.equals("PodInitializing");
        return !starting
                || status.number("/state/terminated/exitCode", 0) != 0
                || status.number("/lastState/terminated/exitCode", 0) != 0;
    }

    /** The names of all containers, those that initialise first. */
    public List<String> containerNames() {
        return Stream.of("/spec/initContainers", "/spec/containers")
                .flatMap(list -> pod.items(list).stream())
                .map(container -> container.text("/name", ""))
                .toList();
    }

    /** The status of a container, of whatever sort; empty when the kubelet has not said anything of it. */
    public Optional<KubernetesObject> containerStatus(String name) {
        return containerStatuses().stream()
                .filter(status -> status.text("/name", "").equals(name))
                .findFirst();
    }

    public List<KubernetesObject> containerStatuses() {
        List<KubernetesObject> all = new ArrayList<>(pod.items("/status/initContainerStatuses"));
        all.addAll(pod.items("/status/containerStatuses"));
        return List.copyOf(all);
    }

    /** {@code 3} or {@code 3 (5m ago)}. */
    public String restartsText(Instant now) {
        return lastRestart.isEmpty() ? "" + restarts : restarts + " (" + Age.of(lastRestart, now) + " ago)";
    }

    /** What {@code kubectl get pods -o wide} would print of these. */
    public static Table table(List<PodView> pods, Instant now) {
        Table table = Table.of(COLUMNS.toArray(String[]::new));
        pods.forEach(pod -> table.row(pod.cells(now).toArray()));
        return table;
    }

    /** The same of several namespaces: {@code kubectl get pods -A -o wide}. */
    public static Table tableOfAll(List<PodView> pods, Instant now) {
        Table table =
                Table.of(Stream.concat(Stream.of("NAMESPACE"), COLUMNS.stream()).toArray(String[]::new));
        pods.forEach(pod -> table.row(Stream.concat(Stream.of(pod.pod().namespace()), pod.cells(now).stream())
                .toArray()));
        return table;
    }

    private List<String> cells(Instant now) {
        return List.of(
                name(),
                readyContainers + "/" + containers,
                status,
                restartsText(now),
                Age.of(created(), now),
                pod.text("/status/podIP", ""),
                node());
    }

    static boolean condition(KubernetesObject pod, String type) {
        return pod.items("/status/conditions").stream()
                .anyMatch(condition -> condition.text("/type", "").equals(type)
                        && condition.text("/status", "").equals("True"));
    }
}
