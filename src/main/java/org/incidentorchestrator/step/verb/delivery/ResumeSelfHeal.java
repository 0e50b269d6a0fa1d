package org.incidentorchestrator.step.verb.delivery;

import static org.incidentorchestrator.step.verb.delivery.SyncRefusals.refuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.springframework.stereotype.Component;

/**
 * Has Argo CD heal an application again that was paused here, and only while it is still as the pause left it: what
 * somebody else has decided meanwhile stays decided. What was changed by hand in the meantime goes back to what git says
 * within seconds. Its undo is to pause it again.
 */
@RunbookLines({})
@Component
final class ResumeSelfHeal implements Step<ResumeSelfHeal.Input, ResumeSelfHeal.Output> {
    private final ArgoCdSettings settings;

    ResumeSelfHeal(ArgoCdSettings settings) {
        this.settings = settings;
    }

    /** @param application as pausing named it */
    record Input(String application) {}

    /** @param pausedFor the incident, {@code INC-7}; @param outOfSync whether something goes back to what git says now */
    record Output(String application, String pausedFor, boolean outOfSync) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Applications applications = Applications.of(context.cluster(), settings);
        ApplicationView app = applications.get(in.application);
        Pause pause = Pause.of(app.object()).orElseThrow(() -> notPaused(app));
        refuseChanged(app);
        ObjectNode body = Pause.end();
        String summary = "Resume self-heal of application %s, paused for %s since %s%s"
                .formatted(
                        app.name(),
                        pause.owner(),
                        pause.since(),
                        app.synced() ? "" : "; what differs from git goes back within seconds");
        return Plan.change(
                summary,
                Effects.patch(app.object(), "resumeSelfHeal", body, Pause.SELF_HEAL),
                KubectlText.of(context.cluster().cluster()).patch(app.object(), body),
                new Output(app.name(), pause.owner(), !app.synced()));
    }

    private static StepFailure notPaused(ApplicationView app) {
        return StepFailure.refused(
                "notPaused",
                "Self-heal of application %s was not paused here: it is %s."
                        .formatted(app.name(), app.selfHeals() ? "on" : "off, and by somebody else"),
                app.selfHeals() ? "Nothing is to be done." : "Ask who switched it off.");
    }

    private static void refuseChanged(ApplicationView app) {
        refuse(
                app.selfHeals(),
                "resumedAlready",
                "Self-heal of application %s is on already: somebody else has resumed it.".formatted(app.name()),
                "Nothing is to be done.");
        refuse(
                !app.autoSyncs(),
                "changedByOthers",
                "Self-heal of application %s is not resumed: somebody has switched auto-sync off since it was paused."
                        .formatted(app.name()),
                "Ask who did; switch both on by hand.");
        List<String> others = others(app.object());
        refuse(
                !others.isEmpty(),
                "changedByOthers",
                "Self-heal of application %s is not resumed: %s set it since it was paused."
                        .formatted(app.name(), String.join(", ", others)),
                "Ask whether it is to stay off; switch it on by hand.");
    }

    /** Who else owns the field: of those that set it to the value that it has, the API server keeps the first too. */
    private static List<String> others(KubernetesObject app) {
        List<KubernetesObject> owners = app.items("/metadata/managedFields").stream()
                .filter(entry -> entry.at("/fieldsV1/f:spec/f:syncPolicy/f:automated/f:selfHeal")
                        .exists())
                .toList();
        return owners.stream()
                .map(entry -> entry.text("/manager", ""))
                .filter(manager -> !manager.equals(ClusterWriter.FIELD_MANAGER))
                .distinct()
                .collect(Collectors.toList());
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("argoproj.io", "applications", "get"),
                Permission.change("argoproj.io", "applications", "patch").only(Pause.SELF_HEAL));
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
