package org.incidentorchestrator.step.verb.delivery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Lists the applications of Argo CD as {@code kubectl get applications -n argocd} does, and says whether one of them is
 * fit to be deployed: healthy, with no operation of its own under way, and no other one degraded. That it is out of sync
 * is no objection: what is new in git is what is to be deployed.
 */
@RunbookLines("P02")
@Component
final class ListApplications implements Step<ListApplications.Input, ListApplications.Output> {
    private final ArgoCdSettings settings;

    ListApplications(ArgoCdSettings settings) {
        this.settings = settings;
    }

    /** @param application the one that is to be deployed, by its name; may be null */
    record Input(String application) {}

    /**
     * @param installed false: Argo CD is not installed, and nothing else is known
     * @param degraded the names of those whose health is Degraded or Missing, but for the one that was asked about
     * @param found whether the one that was asked about is there; what follows is about it, and empty when it is not
     * @param operation Waiting, Running, Terminating, Succeeded, Failed, Error; empty without one
     * @param fit whether it may be deployed; false when none was asked about
     */
    record Output(
            boolean installed,
            int applications,
            int outOfSync,
            int unhealthy,
            int operationsRunning,
            String degraded,
            boolean found,
            String sync,
            String health,
            String operation,
            String revision,
            boolean autoSync,
            boolean selfHeal,
            boolean fit) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Applications applications = Applications.of(context.cluster(), settings);
        String line = applications.listLine();
        Optional<List<ApplicationView>> all = applications.all();
        if (all.isEmpty()) {
            var none = new Output(false, 0, 0, 0, 0, "", false, "", "", "", "", false, false, false);
            return Plan.look(Applications.NOT_INSTALLED, none).kubectl(line);
        }
        Output output = output(in.application, all.get());
        return Plan.look(summary(in.application, output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        "applications.txt",
                        line,
                        ApplicationView.table(all.get()).toString()))
                .keeping(Kept.json(
                        "applications.json",
                        line,
                        all.get().stream().map(ApplicationView::object).toList()));
    }

    private static Output output(String asked, List<ApplicationView> all) {
        Optional<ApplicationView> one =
                all.stream().filter(app -> app.name().equals(asked)).findFirst();
        String degraded = all.stream()
                .filter(app -> app.degraded() && !app.name().equals(asked))
                .map(ApplicationView::name)
                .collect(Collectors.joining(", "));
        return new Output(
                true,
                all.size(),
                count(all, app -> !app.synced()),
                count(all, app -> !app.healthy()),
                count(all, app -> app.operationRunning() || app.operationWaiting()),
                Line.of(degraded, Line.MODEL),
                one.isPresent(),
                one.map(ApplicationView::sync).orElse(""),
                one.map(ApplicationView::health).orElse(""),
                one.map(ListApplications::operation).orElse(""),
                one.map(ApplicationView::revision).orElse(""),
                one.filter(ApplicationView::autoSyncs).isPresent(),
                one.filter(ApplicationView::selfHeals).isPresent(),
                one.filter(app -> app.healthy() && !app.operationRunning() && !app.operationWaiting())
                                .isPresent()
                        && degraded.isEmpty());
    }

    private static String operation(ApplicationView app) {
        return app.operationWaiting() ? "Waiting" : app.phase();
    }

    private static int count(List<ApplicationView> all, Predicate<ApplicationView> which) {
        return (int) all.stream().filter(which).count();
    }

    private static String summary(String asked, Output seen) {
        String all = "Argo CD has %d applications, %d of them not synced, %d not healthy"
                .formatted(seen.applications, seen.outOfSync, seen.unhealthy);
        if (asked == null || asked.isEmpty()) {
            return all;
        }
        String name = Line.of(asked, 80);
        if (!seen.found) {
            return all + "; none is called " + name;
        }
        String operation = seen.operation.isEmpty() ? "" : ", operation " + seen.operation;
        String others = seen.degraded.isEmpty() ? "" : "; degraded besides: " + seen.degraded;
        return "%s; %s is %s and %s%s%s, %s to be deployed"
                .formatted(all, name, seen.sync, seen.health, operation, others, seen.fit ? "fit" : "not fit");
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look("argoproj.io", "applications", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
