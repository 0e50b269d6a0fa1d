package org.incidentorchestrator.step.verb.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.Age;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
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
        List<Constraint> constraints = constraints(context.cluster(), served);
        Output output = output(namespace, constraints, silence, context.plannedAt());
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        Plan<Output> plan = Plan.look(output.text, output);
        for (ResourceType kind : served) {
            plan = plan.kubectl(kubectl.list(kind, Query.in("")));
        }
        String source = kubectl.list(served.get(0), Query.in(""));
        return plan.keeping(Artefact.text(namespace + "-violations.txt", source, violations(namespace, constraints)))
                .keeping(Artefact.text(
                        "constraints.txt",
                        source,
                        table(constraints, context.plannedAt()).toString()));
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

    private static List<Constraint> constraints(ClusterReader reader, List<ResourceType> served) {
        List<Constraint> all = new ArrayList<>();
        for (ResourceType kind : served) {
            try {
                reader.list(kind, Query.in("")).stream().map(Constraint::of).forEach(all::add);
            } catch (ClusterFailure failure) {
                // Its template was deleted since the kinds were read.
                if (failure.kind() != ClusterFailure.Kind.NOT_INSTALLED) {
                    throw failure;
                }
            }
        }
        return all;
    }

    private Output output(String namespace, List<Constraint> all, Optional<String> silence, Instant now) {
        int here = all.stream().mapToInt(it -> it.in(namespace).size()).sum();
        int denied = all.stream()
                .filter(Constraint::denies)
                .mapToInt(it -> it.in(namespace).size())
                .sum();
        long unlisted = all.stream().mapToLong(Constraint::unlisted).sum();
        long total = all.stream().mapToLong(Constraint::total).sum();
        int outdated = (int) all.stream().filter(it -> outdated(it, now)).count();
        Instant oldest = all.stream()
                .flatMap(it -> it.audited().stream())
                .min(Comparator.naturalOrder())
                .orElse(null);
        boolean known = silence.isEmpty() && outdated == 0 && unlisted == 0;
        String doubt = (silence.isPresent() ? "; a part of its API does not answer" : "")
                + (outdated == 0 ? "" : "; %d constraints were not audited of late".formatted(outdated))
                + (unlisted == 0
                        ? ""
                        : "; %d more are listed nowhere, and may be of this namespace".formatted(unlisted));
        String text =
                "%d constraints: %d violations in namespace %s are listed, %d of them are denied; %d in all namespaces%s"
                        .formatted(all.size(), here, namespace, denied, total, doubt);
        return new Output(known, true, all.size(), here, denied, unlisted, total, oldest, Line.of(text, Line.MODEL));
    }

    private boolean outdated(Constraint constraint, Instant now) {
        return constraint
                .audited()
                .filter(at -> !at.plus(settings.auditMaxAge()).isBefore(now))
                .isEmpty();
    }

    private static String violations(String namespace, List<Constraint> constraints) {
        Table table = Table.of("CONSTRAINT", "ACTION", "KIND", "NAME", "MESSAGE");
        constraints.forEach(constraint -> constraint
                .in(namespace)
                .forEach(violation -> table.row(
                        constraint.title(),
                        violation.text("/enforcementAction", constraint.action()),
                        violation.text("/kind", ""),
                        violation.text("/name", ""),
                        violation.text("/message", ""))));
        return table.toString();
    }

    private static Table table(List<Constraint> constraints, Instant now) {
        Table table = Table.of("KIND", "NAME", "ACTION", "AUDITED", "TOTAL", "LISTED", "ERRORS");
        for (Constraint constraint : constraints) {
            KubernetesObject object = constraint.object();
            table.row(
                    object.kind(),
                    object.name(),
                    constraint.action(),
                    constraint.audited().isEmpty() ? "never" : Age.of(constraint.audited(), now) + " ago",
                    constraint.audited().isEmpty() ? "unknown" : constraint.total(),
                    constraint.listed().size(),
                    object.items("/status/byPod").stream()
                            .mapToInt(pod -> pod.items("/errors").size())
                            .sum());
        }
        return table;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look(GROUP, "*", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
