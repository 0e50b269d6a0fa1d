package org.incidentorchestrator.step.verb.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.stereotype.Component;

/**
 * Lists what breaks the policies of Gatekeeper in a namespace: of the constraints of every kind, not of the one that the
 * written runbook names, and by the namespace of the object that breaks them, because constraints have none and kubectl
 * ignores {@code -n} for them.
 */
@RunbookLines("V01")
@Component
final class ListViolations implements Step<ListViolations.Input, ListViolations.Output> {
    private static final String GROUP = "constraints.gatekeeper.sh";
    private static final String TEMPLATES = "templates.gatekeeper.sh";

    private final Reach reach;
    private final PolicySettings settings;

    ListViolations(Reach reach, PolicySettings settings) {
        this.reach = reach;
        this.settings = settings;
    }

    record Input(String namespace) {}

    /**
     * @param known whether the violations are all that there are: false when Gatekeeper's API does not answer, when a
     *     constraint was never audited, or not within {@code policy.audit-max-age}, and when one that lists only a part
     *     of its violations may hide some of this namespace
     * @param installed whether the cluster serves templates of constraints, or constraints
     * @param constraints of all kinds
     * @param violations in the namespace, as far as they are listed
     * @param denied those of them whose constraint denies
     * @param unlisted in any namespace, counted by Gatekeeper and listed nowhere
     * @param total in all namespaces, also those that are not listed
     * @param oldestAudit when the constraint whose audit is the oldest was audited; null when none was
     * @param text what is known, at most 500 characters
     */
    record Output(
            boolean known,
            boolean installed,
            int constraints,
            int violations,
            int denied,
            long unlisted,
            long total,
            Instant oldestAudit,
            String text) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        ServedKinds kinds = context.cluster().kinds();
        List<ResourceType> served = kinds.of(GROUP).stream()
                .filter(it -> it.can("list"))
                .map(ServedKinds.Served::type)
                .toList();
        Optional<String> silence = kinds.silence(GROUP).map(ServedKinds.Silent::why);
        if (served.isEmpty()) {
            return none(silence, !kinds.of(TEMPLATES).isEmpty());
        }
        Constraints constraints = Constraints.of(served, context.cluster());
        Output output = output(namespace, constraints, silence, context.plannedAt());
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        Plan<Output> plan = Plan.look(output.text, output);
        for (ResourceType kind : served) {
            plan = plan.kubectl(kubectl.list(kind, Query.in("")));
        }
        String source = kubectl.list(served.get(0), Query.in(""));
        return plan.keeping(Artefact.text(
                        namespace + "-violations.txt",
                        source,
                        constraints.violations(namespace).toString()))
                .keeping(Artefact.text(
                        "constraints.txt",
                        source,
                        constraints.table(context.plannedAt()).toString()));
    }

    /** A kind of constraint is served as soon as there is a template of it. */
    private static Plan<Output> none(Optional<String> silence, boolean templates) {
        String text = Line.of(
                silence.map(why -> "Whether Gatekeeper has found anything is not known: " + why)
                        .orElse(
                                templates
                                        ? "Gatekeeper has no constraint of any kind: no policy is checked here"
                                        : "Gatekeeper is not installed: no policy is checked here"),
                Line.MODEL);
        return Plan.look(text, new Output(silence.isEmpty(), templates, 0, 0, 0, 0, 0, null, text));
    }

    private Output output(String namespace, Constraints all, Optional<String> silence, Instant now) {
        int here = all.in(namespace);
        int denied = all.deniedIn(namespace);
        int outdated = all.notAuditedSince(now.minus(settings.auditMaxAge()));
        boolean known = silence.isEmpty() && outdated == 0 && all.unlisted() == 0;
        String doubt = (silence.isPresent() ? "; a part of its API does not answer" : "")
                + (outdated == 0 ? "" : "; %d constraints were not audited of late".formatted(outdated))
                + (all.unlisted() == 0
                        ? ""
                        : "; %d more are listed nowhere, and may be of this namespace".formatted(all.unlisted()));
        String text =
                "%d constraints: %d violations in namespace %s are listed, %d of them are denied; %d in all namespaces%s"
                        .formatted(all.count(), here, namespace, denied, all.total(), doubt);
        return new Output(
                known,
                true,
                all.count(),
                here,
                denied,
                all.unlisted(),
                all.total(),
                all.oldestAudit().orElse(null),
                Line.of(text, Line.MODEL));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look(GROUP, "*", "list").at(Place.CLUSTER));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
