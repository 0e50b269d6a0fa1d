package org.incidentorchestrator.step.verb.breach;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Proves that a workload is isolated: no pod of its selector but those in quarantine, no ready address behind its services,
 * no Job or CronJob of it, and all of that for {@code isolation.hold}. Where it is not, it says what is left, and who took
 * it back. A timer of the model asks again.
 */
@RunbookLines("I01")
@Component
final class CheckIsolation implements Step<CheckIsolation.Input, CheckIsolation.Output> {
    private final IsolationSettings settings;

    CheckIsolation(IsolationSettings settings) {
        this.settings = settings;
    }

    /**
     * @param means what was done: {@code quarantine} alone; else the whole workload was taken off
     * @param checkingSince null at first; @param isolatedSince null while it is not isolated
     */
    record Input(String target, String means, Instant checkingSince, Instant isolatedSince) {}

    /**
     * @param isolation isolated, holding, notYet, or failed (not by the deadline, or taken back)
     * @param isolatedSince null while it is not isolated
     * @param takenBackBy argoCd, autoscaler, keda, person, self, other or unknown; empty while nobody has
     * @param isolationText one line
     */
    record Output(
            String isolation, Instant checkingSince, Instant isolatedSince, String takenBackBy, String isolationText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        Instant now = context.plannedAt();
        Instant checking = Optional.ofNullable(in.checkingSince()).orElse(now);
        Containment containment = new Containment(subject, context.cluster());
        Optional<Containment.Gap> gap =
                "quarantine".equals(in.means()) ? containment.ofQuarantine() : containment.ofWorkload();
        Output output = gap.map(left -> left(subject, left, checking, now))
                .orElseGet(() -> isolated(
                        subject,
                        containment.text(),
                        checking,
                        Optional.ofNullable(in.isolatedSince()).orElse(now),
                        now));
        return Plan.look(output.isolationText, output)
                .kubectl(subject.podsLine())
                .kubectl(subject.kubectl()
                        .list(
                                ResourceType.ENDPOINT_SLICES,
                                Query.in(subject.target().namespace())));
    }

    private Output isolated(Subject subject, String text, Instant checking, Instant since, Instant now) {
        boolean held = !now.isBefore(since.plus(settings.hold()));
        String how = held
                ? "is isolated: %s, for %d s"
                        .formatted(text, Duration.between(since, now).toSeconds())
                : "is isolated so far: %s; watched until %s".formatted(text, since.plus(settings.hold()));
        return new Output(held ? "isolated" : "holding", checking, since, "", line(subject.target() + " " + how));
    }

    private Output left(Subject subject, Containment.Gap gap, Instant checking, Instant now) {
        boolean late = !now.isBefore(checking.plus(settings.deadline()));
        boolean over = late || !gap.takenBackBy().isEmpty();
        String when = late ? " within " + settings.deadline().toSeconds() + " s" : over ? " any more" : " yet";
        return new Output(
                over ? "failed" : "notYet",
                checking,
                null,
                gap.takenBackBy(),
                line("%s is not isolated%s: %s".formatted(subject.target(), when, gap.why())));
    }

    private static String line(String text) {
        return Line.of(text, Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.both(Permissions.both(Permissions.PODS, Permissions.OWNERS), Batch.PERMISSIONS),
                Permission.look("", "services", "list"),
                Permission.look("discovery.k8s.io", "endpointslices", "list"),
                Permission.look("networking.k8s.io", "networkpolicies", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
