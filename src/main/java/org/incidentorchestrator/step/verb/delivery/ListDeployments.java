package org.incidentorchestrator.step.verb.delivery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the Deployments that an application of Argo CD is made of, those of its own applications too, and names the one
 * that comes after another: the runbook's {@code <service>} is each of them, one after the other. An application that
 * names none yet is made of all that its namespace has.
 */
@RunbookLines("P05")
@Component
final class ListDeployments implements Step<ListDeployments.Input, ListDeployments.Output> {
    private final ArgoCdSettings settings;
    private final Reach reach;

    ListDeployments(ArgoCdSettings settings, Reach reach) {
        this.settings = settings;
        this.reach = reach;
    }

    /**
     * @param application its name
     * @param namespace whose Deployments are meant where the application names none
     * @param after the one before, as {@code next} gave it; null or empty for the first
     */
    record Input(String application, String namespace, @Nullable String after) {}

    /**
     * @param deployments how many there are
     * @param next the target that comes after that one, in the order of their names; empty when none does
     * @param elsewhere how many more lie in namespaces that are not looked at
     */
    record Output(int deployments, String next, int elsewhere) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        Applications applications = Applications.of(context.cluster(), settings);
        ApplicationDeployments all = ApplicationDeployments.of(applications, in.application(), namespace);
        List<String> ours = all.targets().stream()
                .filter(target -> reach.covers(target.namespace()))
                .map(Target::id)
                .sorted()
                .toList();
        String after = Optional.ofNullable(in.after()).orElse("");
        String next =
                ours.stream().filter(id -> id.compareTo(after) > 0).findFirst().orElse("");
        int elsewhere = all.targets().size() - ours.size();
        String summary = "Application %s is made of %d deployments%s%s"
                .formatted(
                        in.application(),
                        ours.size(),
                        elsewhere > 0 ? ", and %d in namespaces that are not looked at".formatted(elsewhere) : "",
                        next.isEmpty() ? "" : "; next is " + next);
        return Plan.look(summary, new Output(ours.size(), next, elsewhere))
                .kubectl(all.line())
                .keeping(Artefact.text(in.application() + "-deployments.txt", all.line(), String.join("\n", ours)));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("argoproj.io", "applications", "get"),
                Permission.look("argoproj.io", "applications", "list"),
                Permission.look("apps", "deployments", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
