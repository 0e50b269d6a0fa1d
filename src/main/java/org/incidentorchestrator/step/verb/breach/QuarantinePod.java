package org.incidentorchestrator.step.verb.breach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NetworkPolicyView;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Declaration;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes one pod out of its owner, its services and all network policies by taking its labels away, behind a policy that
 * lets nothing in or out: its processes and their memory stay to be looked at, also when the workload is scaled to 0. Its
 * owner makes another in its place, which is as vulnerable, as long as it is not scaled to 0. Policies add up: one that
 * selects every pod of the namespace still lets through what it allows, and is named. Whether the network plugin enforces
 * policies, and whether it cuts connections that stand, cannot be seen over the API: count the connections afterwards.
 * Needs a second person's approval; undone by releaseQuarantine.
 */
@RunbookLines({"I01", "I02"})
@Component
final class QuarantinePod implements Step<QuarantinePod.Input, QuarantinePod.Output> {
    /** @param pod name of one of its pods; null for the one that has been running longest, which knows most */
    record Input(String target, @Nullable String pod) {}

    /**
     * @param pod id of the pod; @param policy id of the policy
     * @param stillAllowedBy what lets traffic through nevertheless, one line; empty when nothing does
     */
    record Output(String pod, String policy, String stillAllowedBy) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        KubernetesObject pod = choose(subject, in.pod()).pod();
        Quarantine quarantine = Quarantine.of(context);
        List<KubernetesObject> policies =
                context.cluster().list(ResourceType.NETWORK_POLICIES, Query.in(pod.namespace()));
        Target policy = Quarantine.policy(pod);
        ObjectNode denyAll = quarantine.denyAll(pod);
        ObjectNode relabelled = quarantine.relabelled(pod, subject.target());
        String allowed = stillAllowedBy(quarantine.asQuarantined(pod), policies);
        KubectlText kubectl = subject.kubectl();
        return Plan.changes(
                summary(pod, subject, allowed),
                List.of(
                        new Declaration(
                                        ResourceType.NETWORK_POLICIES,
                                        policy,
                                        denyAll,
                                        there(policy, context.cluster()))
                                .effect(Identity.ISOLATE, "quarantine"),
                        Effects.patchForGoodAs(Identity.ISOLATE, pod, "quarantine", relabelled)),
                List.of(kubectl.apply(denyAll), kubectl.patch(pod, relabelled)),
                new Output(pod.target().id(), policy.id(), allowed));
    }

    private static PodView choose(Subject subject, String name) {
        List<PodView> pods = subject.pods().stream()
                .filter(pod -> !pod.terminating())
                .filter(pod -> name == null || name.isBlank() || pod.name().equals(name))
                .toList();
        return pods.stream()
                .min(Comparator.comparing(QuarantinePod::born).thenComparing(PodView::name))
                .orElseThrow(() -> StepFailure.refused(
                        "nothingToQuarantine",
                        name == null || name.isBlank()
                                ? subject.target() + " has no pod that could be kept."
                                : "%s is no pod of %s that stays.".formatted(Line.of(name, 80), subject.target()),
                        "See its pods: listPods. Without one, isolate it by scaling it to 0."));
    }

    private static Instant born(PodView pod) {
        return pod.pod().time("/metadata/creationTimestamp").orElse(Instant.MAX);
    }

    private static Optional<KubernetesObject> there(Target policy, ClusterReader cluster) {
        return cluster.get(ResourceType.NETWORK_POLICIES, policy.namespace(), policy.name());
    }

    /** Of policies without rules nothing is let through; they are no hole. */
    private static String stillAllowedBy(KubernetesObject pod, List<KubernetesObject> policies) {
        Stream<String> names = policies.stream()
                .map(NetworkPolicyView::new)
                .filter(policy -> policy.selects(pod))
                .filter(policy -> Stream.of("/spec/ingress", "/spec/egress")
                        .anyMatch(rules -> !policy.policy().items(rules).isEmpty()))
                .map(policy -> "NetworkPolicy " + policy.name());
        Stream<String> host = pod.flag("/spec/hostNetwork") ? Stream.of("its node's network") : Stream.of();
        return Line.of(Stream.concat(names, host).collect(Collectors.joining(", ")), Line.MODEL);
    }

    private static String summary(KubernetesObject pod, Subject subject, String allowed) {
        return "Quarantine pod %s of %s: take its %d labels away, let nothing in or out%s; its owner makes another"
                .formatted(
                        pod.name(),
                        subject.target(),
                        pod.labels().size(),
                        allowed.isEmpty() ? "" : " (but for what is still allowed by " + allowed + ")");
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(
                Permission.look("networking.k8s.io", "networkpolicies", "list"),
                Permission.look("networking.k8s.io", "networkpolicies", "get"),
                Permission.isolate("networking.k8s.io", "networkpolicies", "create")
                        .only(Quarantine.DENY_ALL),
                Permission.isolate("networking.k8s.io", "networkpolicies", "patch")
                        .only(Quarantine.DENY_ALL),
                Permission.isolate("", "pods", "patch").only("/metadata/labels/*"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }
}
