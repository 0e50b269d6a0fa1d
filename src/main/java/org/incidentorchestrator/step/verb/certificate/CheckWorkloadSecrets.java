package org.incidentorchestrator.step.verb.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Looks whether the secrets of a workload that were to be fetched anew have been. That what was fetched is new only their
 * source can say: their values are not read. Asked again by a timer of the model until it is no longer pending.
 */
@RunbookLines("I03")
@Component
final class CheckWorkloadSecrets implements Step<CheckWorkloadSecrets.Input, CheckWorkloadSecrets.Output> {
    private final CertificateSettings settings;

    CheckWorkloadSecrets(CertificateSettings settings) {
        this.settings = settings;
    }

    /** @param requestedAt as refreshWorkloadSecrets gave it */
    record Input(String target, Instant requestedAt) {}

    /** @param refresh {@code pending}, {@code refreshed} or {@code failed}; @param refreshText one line */
    record Output(String refresh, String refreshText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<ExternalSecret> asked = new WorkloadSecrets(subject.workload(), context.cluster())
                .external().stream()
                        .filter(each ->
                                each.object().annotation(WorkloadSecrets.FORCE).isPresent())
                        .toList();
        List<ExternalSecret> left = asked.stream()
                .filter(each -> !each.isReady()
                        || each.refreshed()
                                .filter(at -> !at.isBefore(in.requestedAt()))
                                .isEmpty())
                .toList();
        Output output = left.isEmpty()
                ? new Output("refreshed", "Fetched anew since %s: %d secrets".formatted(in.requestedAt(), asked.size()))
                : waiting(left, context.plannedAt().isAfter(in.requestedAt().plus(settings.refreshDeadline())));
        return Plan.look(output.refreshText, output)
                .kubectl(subject.kubectl()
                        .list(
                                ResourceType.EXTERNAL_SECRETS,
                                Query.in(subject.target().namespace())));
    }

    private Output waiting(List<ExternalSecret> left, boolean late) {
        String which = left.stream()
                .map(each -> each.name() + (each.message().isEmpty() ? "" : " (" + each.message() + ")"))
                .collect(Collectors.joining(", "));
        String text = late
                ? "Not fetched anew within %d s: %s"
                        .formatted(settings.refreshDeadline().toSeconds(), which)
                : "Still to be fetched anew: " + which;
        return new Output(late ? "failed" : "pending", Line.of(text, Line.MODEL));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(Permissions.WORKLOADS, WorkloadSecrets.PERMISSIONS);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
