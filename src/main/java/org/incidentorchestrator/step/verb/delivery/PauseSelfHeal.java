package org.incidentorchestrator.step.verb.delivery;

import static org.incidentorchestrator.step.verb.delivery.SyncRefusals.refuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Has Argo CD leave alone, for the time being, what somebody changes about a workload: switches {@code selfHeal} of the
 * application off that manages it, and writes into it for which incident. It still syncs what is new in git. Without
 * this, a change of replicas or limits is taken back within 5 s. Undone by {@link ResumeSelfHeal}.
 */
@RunbookLines({})
@Component
final class PauseSelfHeal implements Step<PauseSelfHeal.Input, PauseSelfHeal.Output> {
    private final ArgoCdSettings settings;

    PauseSelfHeal(ArgoCdSettings settings) {
        this.settings = settings;
    }

    /** @param target a workload's id, or an application's; @param reason why, in a few words; may be null */
    record Input(String target, String reason) {}

    /**
     * @param application its name, which resuming takes
     * @param mayBeRevertedBy who made the application and may set it back: ApplicationSet/… or Application/…; empty when
     *     nobody did
     */
    record Output(String application, String mayBeRevertedBy) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Applications applications = Applications.of(context.cluster(), settings);
        ApplicationView app = application(in.target, applications);
        refuseUnfit(app);
        String parent = app.parent().orElse("");
        healedByParent(app, parent, applications);
        ObjectNode body = Pause.begin(owner(context), context.plannedAt());
        return Plan.change(
                summary(app, parent, in.reason),
                Effects.patch(app.object(), "pauseSelfHeal", body, Pause.SELF_HEAL),
                KubectlText.of(context.cluster().cluster()).patch(app.object(), body),
                new Output(app.name(), parent));
    }

    private ApplicationView application(String id, Applications applications) {
        Target target = parse(id);
        if (settings.owns(target)) {
            return applications.get(target.name());
        }
        List<ApplicationView> managing = applications.all().orElseThrow(Applications::notInstalled).stream()
                .filter(app -> app.manages(target))
                .toList();
        if (managing.isEmpty()) {
            throw StepFailure.refused(
                    "notManaged",
                    "No application of Argo CD in namespace %s says that it manages %s."
                            .formatted(settings.namespace(), target),
                    "Nothing takes changes of it back; change it.");
        }
        return managing.stream()
                .filter(ApplicationView::selfHeals)
                .findFirst()
                .or(() -> managing.stream()
                        .filter(app -> Pause.of(app.object()).isPresent())
                        .findFirst())
                .orElse(managing.get(0));
    }

    private static Target parse(String id) {
        try {
            return Target.parse(id);
        } catch (IllegalArgumentException unfit) {
            throw StepFailure.refused(
                    "badTarget",
                    "No application was looked for: " + Line.of(unfit.getMessage(), 200) + ".",
                    "Set the input 'target' as findTarget gives it.");
        }
    }

    private static void refuseUnfit(ApplicationView app) {
        Optional<Pause> pause = Pause.of(app.object());
        refuse(
                pause.isPresent() && !app.selfHeals(),
                "alreadyPaused",
                "Self-heal of application %s is paused already, for %s since %s."
                        .formatted(
                                app.name(),
                                pause.map(Pause::owner).orElse(""),
                                pause.map(Pause::since).orElse("")),
                "Go on: it takes nothing back until it is resumed.");
        refuse(
                !app.selfHeals(),
                "notSelfHealing",
                "Application %s does not heal itself: its %s is off."
                        .formatted(app.name(), app.autoSyncs() ? "selfHeal" : "auto-sync"),
                "Go on: it takes nothing back.");
    }

    /** Its parent would switch self-heal on again within seconds. */
    private static void healedByParent(ApplicationView app, String parent, Applications applications) {
        boolean healed = parent.startsWith("Application/")
                && applications
                        .find(parent.substring(parent.indexOf('/') + 1))
                        .filter(ApplicationView::selfHeals)
                        .isPresent();
        refuse(
                healed,
                "healedByParent",
                "Self-heal of application %s is not paused: %s made it, heals itself, and would take the pause back."
                        .formatted(app.name(), parent),
                "Pause %s first.".formatted(parent));
    }

    private static String owner(StepContext context) {
        return context.incident().map(incident -> incident.number().toString()).orElse("nobody");
    }

    private static String summary(ApplicationView app, String parent, String reason) {
        String why = reason == null || reason.isBlank() ? "" : ", because " + Line.of(reason, 200);
        String told = parent.isEmpty() ? "" : "; " + parent + " made it, and may take that back";
        return "Pause self-heal of application %s, which still syncs what is new in git%s%s"
                .formatted(app.name(), told, why);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("argoproj.io", "applications", "get"),
                Permission.look("argoproj.io", "applications", "list"),
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
