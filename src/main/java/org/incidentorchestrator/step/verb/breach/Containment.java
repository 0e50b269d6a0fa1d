package org.incidentorchestrator.step.verb.breach;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EndpointView;
import org.incidentorchestrator.cluster.FieldOwner;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.cluster.ServiceView;
import org.incidentorchestrator.step.verb.Subject;

/** What of a workload still runs, or is still reached, though it was isolated. */
record Containment(Subject subject, ClusterReader cluster) {

    /** @param takenBackBy a word of {@link FieldOwner}, or unknown; empty where nobody has taken anything back */
    record Gap(String why, String takenBackBy) {
        static Gap left(String why) {
            return new Gap(why, "");
        }
    }

    /** As it is when nothing is left, in words. */
    String text() {
        List<KubernetesObject> quarantined = Quarantine.pods(subject.target(), cluster);
        return quarantined.isEmpty()
                ? "no pod, no ready address, no job"
                : "no ready address, in quarantine: "
                        + quarantined.stream().map(KubernetesObject::name).collect(Collectors.joining(", "));
    }

    /** Of the whole workload: empty when nothing of it runs outside of quarantine. */
    Optional<Gap> ofWorkload() {
        return Stream.<java.util.function.Supplier<Optional<Gap>>>of(
                        this::takenBack, this::pods, this::readyAddresses, this::jobs)
                .flatMap(look -> look.get().stream())
                .findFirst();
    }

    /** Of what was taken out of it, where the rest goes on. */
    Optional<Gap> ofQuarantine() {
        List<KubernetesObject> quarantined = Quarantine.pods(subject.target(), cluster);
        if (quarantined.isEmpty()) {
            return Optional.of(new Gap("no pod of it is in quarantine any more", "unknown"));
        }
        return quarantined.stream().flatMap(pod -> reached(pod).stream()).findFirst();
    }

    private Optional<Gap> reached(KubernetesObject pod) {
        if (pod.controller().isPresent()) {
            return Optional.of(Gap.left("pod %s still has a controller: %s"
                    .formatted(pod.name(), pod.controller().get().text("/name", ""))));
        }
        boolean denied = cluster.list(ResourceType.NETWORK_POLICIES, Query.in(pod.namespace())).stream()
                .anyMatch(policy ->
                        LabelSelector.of(policy.at("/spec/podSelector")).matches(pod.labels())
                                && policy.name().equals(Quarantine.policy(pod).name()));
        if (!denied) {
            return Optional.of(new Gap("the policy around pod %s is gone".formatted(pod.name()), "unknown"));
        }
        return addresses()
                .filter(address -> address.pod().equals(pod.name()))
                .findFirst()
                .map(address -> Gap.left("pod %s is still behind service %s".formatted(pod.name(), address.service())));
    }

    /** Who set it to run again is among the managers of the field that took it off. */
    private Optional<Gap> takenBack() {
        Isolation isolation = Isolation.of(subject.workload(), Scaling.of(subject.target(), cluster));
        if (isolation.done()) {
            return Optional.empty();
        }
        Optional<FieldOwner> by = isolation.writer();
        return Optional.of(new Gap(
                "%s was set back to %s, by %s"
                        .formatted(
                                isolation.text(),
                                isolation.now(),
                                by.map(FieldOwner::text).orElse("somebody who left no trace")),
                by.map(FieldOwner::word).orElse("unknown")));
    }

    private Optional<Gap> pods() {
        List<PodView> left = subject.workloads().selectedPods(subject.workload()).stream()
                .filter(pod -> !pod.labels().containsKey(Quarantine.LABEL))
                .map(PodView::of)
                .filter(pod -> !pod.pod().text("/status/phase", "").matches("Succeeded|Failed"))
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(Gap.left("%d pods are left: %s"
                        .formatted(
                                left.size(),
                                left.stream()
                                        .map(pod -> pod.name() + " (" + pod.status() + ")")
                                        .collect(Collectors.joining(", ")))));
    }

    private Optional<Gap> readyAddresses() {
        return addresses()
                .findFirst()
                .map(address -> Gap.left("service %s still sends traffic to %s (%s)"
                        .formatted(
                                address.service(),
                                address.address(),
                                address.pod().isEmpty() ? "no pod" : address.pod())));
    }

    /** The ready ones behind the services that select its pods. */
    private Stream<EndpointView> addresses() {
        Query here = Query.in(subject.target().namespace());
        List<String> services = cluster.list(ResourceType.SERVICES, here).stream()
                .map(ServiceView::new)
                .filter(service -> service.selector()
                        .filter(selector -> selector.matches(subject.workload().podLabels()))
                        .isPresent())
                .map(ServiceView::name)
                .toList();
        return EndpointView.of(cluster.list(ResourceType.ENDPOINT_SLICES, here)).stream()
                .filter(address -> address.ready() && services.contains(address.service()));
    }

    private Optional<Gap> jobs() {
        Batch batch = new Batch(subject.workload(), cluster);
        return Stream.concat(batch.running().stream(), batch.scheduled().stream())
                .findFirst()
                .map(job -> Gap.left("%s %s still starts pods of it".formatted(job.kind(), job.name())));
    }
}
