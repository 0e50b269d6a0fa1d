package org.incidentorchestrator.step.verb.breach;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Scaling;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Notes;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Says what there is to isolate of a workload, and who would take it back: what runs, what is in quarantine already, which
 * application of Argo CD heals it, which CronJobs start pods of it. A model proposes what is left to be done, and nothing
 * twice.
 */
@RunbookLines("I01")
@Component
final class SurveyIsolation implements Step<SurveyIsolation.Input, SurveyIsolation.Output> {
    private final ArgoCdSettings argoCd;

    SurveyIsolation(ArgoCdSettings argoCd) {
        this.argoCd = argoCd;
    }

    record Input(String target) {}

    /**
     * @param running whether it is still to be taken off
     * @param pods that are its own, and stay
     * @param quarantined of its pods, for this incident
     * @param nameHeld whether a quarantined pod has the name of one that it would have to make (StatefulSet)
     * @param healedBy the application of Argo CD that takes changes back; empty when none does
     * @param cronJobs names, comma separated, of those that start pods of it; empty when none does
     * @param pausedApplication the application that was paused for this incident; empty when none is
     * @param suspendedCronJobs how many of its CronJobs are suspended for this incident
     * @param surveyText one line
     */
    record Output(
            boolean running,
            int pods,
            int quarantined,
            boolean nameHeld,
            String healedBy,
            String cronJobs,
            String pausedApplication,
            int suspendedCronJobs,
            String surveyText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        ClusterReader cluster = context.cluster();
        Quarantine quarantine = Quarantine.of(context);
        Scaling scaling = Scaling.of(subject.target(), cluster);
        Batch batch = new Batch(subject.workload(), cluster);
        List<ApplicationView> managing = managing(subject.target(), cluster);
        List<KubernetesObject> held = quarantine.own(subject.target(), cluster);
        int pods =
                (int) subject.pods().stream().filter(pod -> !pod.terminating()).count();
        boolean running = !Isolation.of(subject.workload(), scaling).done();
        Output output = new Output(
                running,
                pods,
                held.size(),
                subject.workload().isStatefulSet() && !held.isEmpty(),
                first(managing.stream().filter(ApplicationView::selfHeals)),
                batch.scheduled().stream().map(KubernetesObject::name).collect(Collectors.joining(",")),
                first(managing.stream().filter(app -> paused(app, quarantine.incident()))),
                batch.suspendedFor(quarantine.incident()).size(),
                text(subject, running ? pods + " pods run" : "it is off", held, scaling));
        return Plan.look(summary(output), output).kubectl(subject.podsLine());
    }

    private static String text(Subject subject, String state, List<KubernetesObject> held, Scaling scaling) {
        List<String> found = new ArrayList<>(List.of(state));
        held.forEach(pod -> found.add("in quarantine: " + pod.name()));
        scaling.autoscaler().ifPresent(one -> found.add("scaled by HorizontalPodAutoscaler " + one.name()));
        scaling.scaledObject().ifPresent(one -> found.add("scaled by KEDA's ScaledObject " + one.name()));
        return Line.of(subject.target() + ": " + String.join("; ", found), Line.MODEL);
    }

    private static String summary(Output output) {
        String healed = output.healedBy.isEmpty() ? "" : "; healed by Argo CD's application " + output.healedBy;
        String started = output.cronJobs.isEmpty() ? "" : "; CronJobs start pods of it: " + output.cronJobs;
        return output.surveyText + healed + started;
    }

    private static String first(Stream<ApplicationView> applications) {
        return applications.map(ApplicationView::name).findFirst().orElse("");
    }

    private static boolean paused(ApplicationView app, String incident) {
        return !app.selfHeals()
                && app.object()
                        .annotation(Notes.SELF_HEAL_PAUSED_FOR)
                        .filter(incident::equals)
                        .isPresent();
    }

    private List<ApplicationView> managing(Target target, ClusterReader cluster) {
        try {
            return cluster.list(ResourceType.ARGO_APPLICATIONS, Query.in(argoCd.namespace())).stream()
                    .map(ApplicationView::new)
                    .filter(app -> app.manages(target))
                    .toList();
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.NOT_INSTALLED) {
                return List.of();
            }
            throw failure;
        }
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(Permissions.both(Permissions.PODS, Permissions.OWNERS), Batch.PERMISSIONS);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
