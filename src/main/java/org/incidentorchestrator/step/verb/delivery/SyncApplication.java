package org.incidentorchestrator.step.verb.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Effects;
import org.springframework.stereotype.Component;

/**
 * Has Argo CD sync an application to one revision, as {@code argocd app sync NAME --revision …} does, without Argo CD's
 * own login: it patches {@code operation} of the Application, which Argo CD takes up by itself. Not done over an
 * operation that runs or waits, in a window that denies it, or to a revision that Argo CD would leave again by itself.
 * No undo: with auto-sync on there is no way back but a {@code git revert}, and without it a sync to the revision before.
 */
@RunbookLines("P04")
@Component
final class SyncApplication implements Step<SyncApplication.Input, SyncApplication.Output> {
    private final ArgoCdSettings settings;

    SyncApplication(ArgoCdSettings settings) {
        this.settings = settings;
    }

    /**
     * @param application its name
     * @param revision a commit in full or a version; what somebody has approved, not what a branch is at by then
     * @param prune whether what git no longer has is deleted
     */
    record Input(String application, String revision, boolean prune) {}

    /** @param previousRevision what the latest operation synced to; empty when there was none */
    record Output(String application, String revision, String previousRevision, int childApplications) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ApplicationView app = Applications.of(context.cluster(), settings).get(in.application);
        String revision = SyncRefusals.pinned(in.revision, app);
        SyncRefusals.severalSources(app);
        SyncRefusals.operationUnderWay(app);
        SyncRefusals.followsAnother(app, revision);
        SyncRefusals.deniedByWindow(app, context);
        ObjectNode body = body(app.object(), revision, in.prune, reason(context));
        Effect effect = Effects.patchForGood(
                app.object(), "sync", body, "/operation", "/status/operationState/startedAt", "/spec/source");
        String line = KubectlText.of(context.cluster().cluster()).patch(app.object(), body);
        var output = new Output(
                app.name(), revision, app.operationRevision(), app.children().size());
        return Plan.change(summary(app, revision, in.prune), effect, line, output);
    }

    private static String summary(ApplicationView app, String revision, boolean prune) {
        String from = app.operationRevision().isEmpty() ? "" : " from " + app.operationRevision();
        String children = app.children().isEmpty()
                ? ""
                : "; its %d applications sync by themselves"
                        .formatted(app.children().size());
        return "Sync application %s%s to %s, %s what git no longer has%s"
                .formatted(app.name(), from, revision, prune ? "and delete" : "and keep", children);
    }

    private static String reason(StepContext context) {
        return context.incident().map(incident -> incident.number().toString()).orElse("");
    }

    /** Options and retries are the application's own: Argo CD's server adds them to what its users ask for. */
    private static ObjectNode body(KubernetesObject app, String revision, boolean prune, String reason) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode operation = body.putObject("operation");
        operation.putObject("initiatedBy").put("username", ClusterWriter.FIELD_MANAGER);
        operation.putArray("info").addObject().put("name", "Reason").put("value", reason);
        ObjectNode sync = operation.putObject("sync").put("revision", revision).put("prune", prune);
        sync.putObject("syncStrategy").putObject("hook");
        KubernetesObject policy = app.at("/spec/syncPolicy");
        if (policy.at("/syncOptions").exists()) {
            sync.set("syncOptions", app.toJson().at("/spec/syncPolicy/syncOptions"));
        }
        if (policy.at("/retry").exists()) {
            operation.set("retry", app.toJson().at("/spec/syncPolicy/retry"));
        }
        return body;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("argoproj.io", "applications", "get"),
                Permission.look("argoproj.io", "appprojects", "get"),
                Permission.change("argoproj.io", "applications", "patch").only("/operation"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }
}
