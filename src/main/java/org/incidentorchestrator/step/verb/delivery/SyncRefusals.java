package org.incidentorchestrator.step.verb.delivery;

import java.util.Optional;
import java.util.regex.Pattern;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.SyncWindows;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;

/** Why an application is not synced now: each with its reason word and what to do instead. */
final class SyncRefusals {
    private static final Pattern PINNED =
            Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}|v?[0-9]{1,9}(\\.[0-9]{1,9}){1,3}([-+][0-9A-Za-z.+-]{1,60})?");

    private SyncRefusals() {}

    /** A branch or HEAD may be at something else by the time that Argo CD reads it. @return the revision */
    static String pinned(String revision, ApplicationView app) {
        String asked = revision == null ? "" : revision.strip();
        refuse(
                !PINNED.matcher(asked).matches(),
                "revisionNotPinned",
                "Application %s is not synced: '%s' does not name one revision for good."
                        .formatted(app.name(), Line.of(asked, 80)),
                "Name a commit in full (40 hex digits) or a version such as 1.4.2; %s is at %s."
                        .formatted(app.targetRevision(), app.revision().isEmpty() ? "?" : app.revision()));
        return asked;
    }

    static void severalSources(ApplicationView app) {
        refuse(
                app.severalSources(),
                "severalSources",
                "Application %s is not synced: it takes from several sources, and one revision pins one of them only."
                        .formatted(app.name()),
                "Sync it with 'argocd app sync --revisions … --source-positions …'.");
    }

    static void operationUnderWay(ApplicationView app) {
        refuse(
                app.operationRunning(),
                "operationRunning",
                "Application %s is not synced: an operation is %s since %s (%s)."
                        .formatted(
                                app.name(),
                                app.phase(),
                                app.object().text("/status/operationState/startedAt", "?"),
                                Line.of(app.operationMessage(), 200)),
                "Wait for its end; 'argocd app terminate-op %s' ends it.".formatted(app.name()));
        refuse(
                app.operationWaiting(),
                "operationWaiting",
                "Application %s is not synced: an operation that %s asked for waits for Argo CD to take it up."
                        .formatted(app.name(), app.object().text("/operation/initiatedBy/username", "somebody")),
                "Wait for its end. If it stays, see whether Argo CD's application controller runs.");
    }

    /** What auto-sync follows it syncs to again, whatever anybody asks for. */
    static void followsAnother(ApplicationView app, String revision) {
        refuse(
                app.autoSyncs() && !revision.equals(app.revision()) && !revision.equals(app.targetRevision()),
                "autoSyncFollowsAnother",
                "Application %s is not synced to %s: it follows %s by itself, which Argo CD saw at %s, and would go back there."
                        .formatted(
                                app.name(),
                                revision,
                                app.targetRevision(),
                                app.revision().isEmpty() ? "?" : app.revision()),
                "Wait until Argo CD has seen the commit (about 3 min), change what git has there, or switch auto-sync"
                        + " off.");
    }

    static void deniedByWindow(ApplicationView app, StepContext context) {
        Optional<String> denial =
                project(app, context).flatMap(project -> new SyncWindows(project).denial(app, context.plannedAt()));
        refuse(
                denial.isPresent(),
                "deniedBySyncWindow",
                "Application %s is not synced: of its project %s, %s."
                        .formatted(
                                app.name(),
                                app.object().text("/spec/project", "default"),
                                Line.of(denial.orElse(""), 300)),
                "Wait for the window's end, or have whoever owns the project allow manual syncs in it.");
    }

    /** Where projects may not be read, Argo CD itself still holds the window: the sync waits, and checking it says so. */
    private static Optional<KubernetesObject> project(ApplicationView app, StepContext context) {
        String name = app.object().text("/spec/project", "default");
        try {
            return context.cluster()
                    .get(ResourceType.ARGO_PROJECTS, app.object().namespace(), name);
        } catch (ClusterFailure failure) {
            return switch (failure.kind()) {
                case NOT_INSTALLED, FORBIDDEN -> Optional.empty();
                default -> throw failure;
            };
        }
    }

    static void refuse(boolean when, String reason, String message, String remedy) {
        if (when) {
            throw StepFailure.refused(reason, message, remedy);
        }
    }
}
