package org.incidentorchestrator.step.verb.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Looks how far a sync of Argo CD is, once: {@code argocd app wait} would wait. It is complete when the latest operation
 * succeeded, to the revision that was meant, and the application and all that it is made of are synced and healthy. One
 * that was meant to be at another revision than it follows cannot be synced, and is complete when it is healthy.
 */
@RunbookLines({"P04", "R03"})
@Component
final class CheckSync implements Step<CheckSync.Input, CheckSync.Output> {
    private final ArgoCdSettings settings;
    private final SyncSettings sync;

    CheckSync(ArgoCdSettings settings, SyncSettings sync) {
        this.settings = settings;
        this.sync = sync;
    }

    /** @param revision that was meant; null when any will do; @param awaitingSince null at first */
    record Input(String application, String revision, Instant awaitingSince) {}

    /**
     * @param sync complete, progressing, stalled (not complete within the setting sync.deadline), failed, otherRevision
     *     (somebody has synced to another one since), or blocked (by a sync window)
     * @param childApplications how many applications it is made of; @param childrenBehind not synced or not healthy
     */
    record Output(
            String sync,
            String syncText,
            String health,
            String revision,
            int childApplications,
            int childrenBehind,
            Instant awaitingSince) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Applications applications = Applications.of(context.cluster(), settings);
        ApplicationView app = applications.get(in.application);
        List<ApplicationView> all =
                app.children().isEmpty() ? List.of(app) : applications.all().orElseGet(List::of);
        SyncProgress progress =
                SyncProgress.of(app, Optional.ofNullable(in.revision).orElse(""), all);
        Instant since = Optional.ofNullable(in.awaitingSince).orElse(context.plannedAt());
        boolean late =
                progress.word().equals("progressing") && !context.plannedAt().isBefore(since.plus(sync.deadline()));
        String word = late ? "stalled" : progress.word();
        String text =
                (late ? "not complete within %d s, ".formatted(sync.deadline().toSeconds()) : "") + progress.text();
        var output = new Output(
                word,
                Line.of(text, Line.MODEL),
                app.health(),
                app.operationRevision(),
                progress.children(),
                progress.childrenBehind(),
                since);
        String line = applications.getLine(app.name());
        return Plan.look("Sync of %s %s: %s".formatted(app.name(), word, Line.of(text, 300)), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        app.name() + "-sync.txt",
                        applications.listLine(),
                        ApplicationView.table(all).toString()));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("argoproj.io", "applications", "get"),
                Permission.look("argoproj.io", "applications", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
