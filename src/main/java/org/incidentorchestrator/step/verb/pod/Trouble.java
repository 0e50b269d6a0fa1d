package org.incidentorchestrator.step.verb.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.EventView;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.WorkloadView;

/**
 * Why a workload's pods are not ready, as far as the cluster says.
 *
 * @param text names the pod, the container and what Kubernetes says of it; empty when there is none
 */
record Trouble(Cause cause, String text) {
    private static final Set<String> IMAGE = Set.of(
            "ImagePullBackOff",
            "ErrImagePull",
            "InvalidImageName",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable");
    private static final Set<String> CONFIG = Set.of(
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError",
            "StartError",
            "PreStartHookError");
    /** A container that ended within this time is in trouble, though it may be up again just now. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    /** The worst trouble of the pods. @param events of the namespace, sorted */
    static Trouble of(WorkloadView workload, List<PodView> pods, List<EventView> events, Instant now) {
        return Stream.concat(
                        notMade(workload, pods.size(), events, now).stream(),
                        pods.stream()
                                .filter(pod ->
                                        !pod.terminating() && !pod.status().equals("Completed"))
                                .map(pod -> of(pod, events, now)))
                .min(Comparator.comparing(Trouble::cause))
                .orElse(new Trouble(Cause.NONE, ""));
    }

    /** Pods that should be there and cannot be made: a quota or an admission says no to them, and no pod tells of it. */
    private static Optional<Trouble> notMade(WorkloadView workload, int pods, List<EventView> events, Instant now) {
        String why = failedToCreate(workload, events, now);
        if (pods == 0 && workload.desired() > 0) {
            return Optional.of(new Trouble(Cause.PENDING, "no pod exists" + because(why)));
        }
        return pods < workload.desired() && !why.isEmpty()
                ? Optional.of(new Trouble(
                        Cause.PENDING, "%d of %d pods exist".formatted(pods, workload.desired()) + because(why)))
                : Optional.empty();
    }

    private static Trouble of(PodView pod, List<EventView> events, Instant now) {
        return pod.containerStatuses().stream()
                .map(status -> of(pod, status, now))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Trouble::cause))
                .orElseGet(() -> ofPod(pod, events));
    }

    private static Optional<Trouble> of(PodView pod, KubernetesObject status, Instant now) {
        String waiting = status.text("/state/waiting/reason", "");
        KubernetesObject ended = ended(pod, status, now);
        boolean failed = ended.number("/exitCode", 0) != 0;
        Cause cause = Cause.NONE;
        if (IMAGE.contains(waiting)) {
            cause = Cause.IMAGE_PULL;
        } else if (CONFIG.contains(waiting) || CONFIG.contains(ended.text("/reason", ""))) {
            cause = Cause.CONFIG_ERROR;
        } else if (ended.text("/reason", "").equals("OOMKilled")) {
            cause = Cause.OOM_KILLED;
        } else if (waiting.equals("CrashLoopBackOff") || failed) {
            cause = Cause.CRASH_LOOP;
        }
        return cause == Cause.NONE ? Optional.empty() : Optional.of(new Trouble(cause, text(pod, status, ended)));
    }

    /** How the container ended last, if that matters still. */
    private static KubernetesObject ended(PodView pod, KubernetesObject status, Instant now) {
        if (status.at("/state/terminated").exists()) {
            return status.at("/state/terminated");
        }
        KubernetesObject last = status.at("/lastState/terminated");
        boolean recent = last.time("/finishedAt")
                .filter(at -> at.isAfter(now.minus(RECENT)))
                .isPresent();
        return pod.ready() && !recent ? status.at("/nothing") : last;
    }

    private static Trouble ofPod(PodView pod, List<EventView> events) {
        if (pod.ready()) {
            return new Trouble(Cause.NONE, "");
        }
        boolean pending = pod.pod().text("/status/phase", "").equals("Pending");
        String unscheduled = pod.pod().items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals("PodScheduled"))
                .map(condition -> condition.text("/message", ""))
                .findFirst()
                .orElse("");
        String warned = events.stream()
                .filter(event ->
                        event.warning() && event.objectUid().equals(pod.pod().uid()))
                .reduce((earlier, later) -> later)
                .map(event -> event.reason() + ": " + event.message())
                .orElse(pod.pod().text("/status/message", ""));
        return new Trouble(
                pending ? Cause.PENDING : Cause.NOT_READY,
                "pod " + pod.name() + ": " + pod.status() + because(unscheduled.isEmpty() ? warned : unscheduled));
    }

    /** A Deployment has it as a condition; of other kinds only an event tells. */
    private static String failedToCreate(WorkloadView workload, List<EventView> events, Instant now) {
        return workload.object().items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals("ReplicaFailure"))
                .map(condition -> condition.text("/message", ""))
                .findFirst()
                .or(() -> events.stream()
                        .filter(event -> event.reason().equals("FailedCreate")
                                && event.at().isAfter(now.minus(RECENT)))
                        .filter(event ->
                                event.objectUid().equals(workload.object().uid()))
                        .map(EventView::message)
                        .reduce((earlier, later) -> later))
                .orElse("");
    }

    private static String text(PodView pod, KubernetesObject status, KubernetesObject ended) {
        String waiting = status.text("/state/waiting/reason", "");
        String how =
                ended.exists() ? ended.text("/reason", "ended") + ", exit code " + ended.number("/exitCode", 0) : "";
        String words = Stream.of(waiting, how).filter(word -> !word.isEmpty()).collect(Collectors.joining(", "));
        String message = status.text("/state/waiting/message", ended.text("/message", ""));
        return "pod %s, container %s: %s, %d restarts"
                        .formatted(pod.name(), status.text("/name", ""), words, status.number("/restartCount", 0))
                + because(message);
    }

    private static String because(String message) {
        return message.isBlank() ? "" : ": " + message;
    }
}
