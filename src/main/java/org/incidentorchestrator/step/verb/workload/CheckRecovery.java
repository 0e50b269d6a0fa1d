package org.incidentorchestrator.step.verb.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whether a workload has recovered: all replicas ready, a ready endpoint for each service that selects its
 * pods, its own health address in order where it declares an HTTP readiness probe, and all this for as long as the
 * setting {@code recovery.hold} says. A container that crashes in between begins the time anew, and so does a health
 * address that could not be asked. What is not well by {@code recovery.deadline} has failed, or is unknown where it
 * could not be asked; so has what is well by all this and not by its key metrics, as they were judged at the last look, by
 * {@code recovery.metrics-deadline}. It looks once; what waits is a timer in the model, which hands the times back in.
 */
@RunbookLines("P08")
@Component
final class CheckRecovery implements Step<CheckRecovery.Input, CheckRecovery.Output> {

    private final RecoverySettings settings;
    private final Duration hold;

    CheckRecovery(RecoverySettings settings, ClusterSettings cluster) {
        this.settings = settings;
        this.hold = settings.holdOn(cluster);
    }

    /**
     * @param verifyingSince null at first
     * @param recoveredSince null while it is not well
     * @param metrics how bad the key metrics were judged to be at the last look; null while they were not looked at
     */
    record Input(String target, Instant verifyingSince, Instant recoveredSince, @Nullable String metrics) {
        private boolean failing() {
            return metrics != null && Set.of("critical", "warning").contains(metrics);
        }
    }

    /**
     * @param recovery recovered, holding, notYet, failed or unknown
     * @param recoveredSince null while it is not well
     * @param recoveryText one line
     */
    record Output(String recovery, Instant verifyingSince, Instant recoveredSince, String recoveryText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<PodView> pods = subject.pods();
        Instant now = context.plannedAt();
        Instant verifying = Optional.ofNullable(in.verifyingSince).orElse(now);
        Health health = new Checkup(subject, context.cluster()).examine(pods);
        Output output = health instanceof Health.Well well
                ? well(well.text(), subject, in, verifying, since(in, pods, now), now)
                : unwell(health, subject, verifying, now);
        return Plan.look(output.recoveryText, output).kubectl(subject.podsLine());
    }

    private Output well(String text, Subject subject, Input in, Instant verifying, Instant since, Instant now) {
        Duration held = Duration.between(since, now);
        if (held.compareTo(hold) < 0) {
            String how = "is well so far: %s; watched until %s".formatted(text, since.plus(hold));
            return new Output("holding", verifying, since, text(subject.target() + " " + how));
        }
        if (in.failing() && !now.isBefore(verifying.plus(settings.metricsDeadline()))) {
            String how = "has not recovered within %d s: %s, and its key metrics are still %s"
                    .formatted(settings.metricsDeadline().toSeconds(), text, in.metrics);
            return new Output("failed", verifying, since, text(subject.target() + " " + how));
        }
        String how = "has recovered: %s, for %d s".formatted(text, held.toSeconds());
        return new Output("recovered", verifying, since, text(subject.target() + " " + how));
    }

    /** A crash that was over between two looks still was one. */
    private static Instant since(Input in, List<PodView> pods, Instant now) {
        Instant since = Optional.ofNullable(in.recoveredSince).orElse(now);
        return pods.stream()
                .flatMap(pod -> pod.lastRestart().stream())
                .filter(since::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(since);
    }

    private Output unwell(Health health, Subject subject, Instant verifying, Instant now) {
        boolean late = !now.isBefore(verifying.plus(settings.deadline()));
        String when = late ? " within " + settings.deadline().toSeconds() + " s" : " yet";
        // One silent answer says nothing: it is asked again until the deadline, and only then nobody can tell.
        if (health instanceof Health.Unknown unknown) {
            String text = "%s is not known to have recovered%s: %s".formatted(subject.target(), when, unknown.why());
            return new Output(late ? "unknown" : "notYet", verifying, null, text(text));
        }
        String text = "%s has not recovered%s: %s".formatted(subject.target(), when, ((Health.Unwell) health).why());
        return new Output(late ? "failed" : "notYet", verifying, null, text(text));
    }

    private static String text(String text) {
        return Line.of(text, Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(
                Permission.look("", "services", "list"),
                Permission.look("discovery.k8s.io", "endpointslices", "list"),
                Permission.look("", "pods/proxy", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
