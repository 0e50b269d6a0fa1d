package org.incidentorchestrator.step.verb.certificate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Subject;
import org.springframework.stereotype.Component;

/**
 * Makes External Secrets fetch all secrets that a workload's pods name from their store now. Of use once they are rotated
 * there: fetched is not new. There is no undo: what a secret held before is kept nowhere.
 */
@RunbookLines("I03")
@Component
final class RefreshWorkloadSecrets implements Step<RefreshWorkloadSecrets.Input, RefreshWorkloadSecrets.Output> {
    record Input(String target) {}

    /** @param refreshed how many ExternalSecrets; @param externalSecrets their names, one line */
    record Output(Instant requestedAt, int refreshed, String externalSecrets) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        List<ExternalSecret> external = new WorkloadSecrets(subject.workload(), context.cluster())
                .external().stream().filter(ExternalSecret::refreshable).toList();
        if (external.isEmpty()) {
            throw StepFailure.refused(
                    "nothingToRefresh",
                    "No ExternalSecret writes a secret that %s names, or none can be fetched again."
                            .formatted(subject.target()),
                    "Bring the rotated secrets in by hand.");
        }
        Instant at = context.plannedAt().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/metadata/annotations").put(WorkloadSecrets.FORCE, at.toString());
        String names =
                Line.of(external.stream().map(ExternalSecret::name).collect(Collectors.joining(", ")), Line.MODEL);
        return Plan.changes(
                "Refresh the secrets of %s: fetch %s from their stores anew".formatted(subject.target(), names),
                external.stream()
                        .map(each -> Effects.patchForGood(each.object(), "refresh", body, "/spec/target/name"))
                        .toList(),
                external.stream()
                        .map(each -> subject.kubectl()
                                .annotate(
                                        ResourceType.EXTERNAL_SECRETS,
                                        each.object().target(),
                                        WorkloadSecrets.FORCE,
                                        at.toString()))
                        .toList(),
                new Output(at, external.size(), names));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(
                Permissions.of(Permissions.WORKLOADS, ExternalSecrets.REFRESH), WorkloadSecrets.PERMISSIONS);
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
