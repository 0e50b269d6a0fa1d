package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
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
 * Lists the secrets that whoever broke into a workload may have read, by what its pods name: which of them External Secrets
 * fetches anew once they are rotated at their source, and which people have to bring in by hand. Names only.
 */
@RunbookLines("I03")
@Component
final class ListSecretReferences implements Step<ListSecretReferences.Input, ListSecretReferences.Output> {
    record Input(String target) {}

    /**
     * @param secrets that its pods name; @param secretNames one line
     * @param refreshable how many ExternalSecrets write some of them and can be refreshed
     * @param byHand the names of those that no ExternalSecret brings in anew, one line; empty when there is none
     * @param tokens long-lived ones of its service account; a pod's own token ends with the pod
     * @param referencesText one line
     */
    record Output(int secrets, String secretNames, int refreshable, String byHand, int tokens, String referencesText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        WorkloadSecrets secrets = new WorkloadSecrets(subject.workload(), context.cluster());
        List<ExternalSecret> external =
                secrets.external().stream().filter(ExternalSecret::refreshable).toList();
        Set<String> byHand = new TreeSet<>(secrets.names());
        external.forEach(each -> byHand.remove(each.target()));
        String names = line(String.join(", ", secrets.names()));
        String text = secrets.names().isEmpty()
                ? subject.target() + " names no secret"
                : "%s names the secrets %s; fetched anew by External Secrets: %s; by hand: %s"
                        .formatted(
                                subject.target(),
                                names,
                                external.isEmpty()
                                        ? "none"
                                        : external.stream()
                                                .map(ExternalSecret::target)
                                                .collect(Collectors.joining(", ")),
                                byHand.isEmpty() ? "none" : String.join(", ", byHand));
        Table table = Table.of("SECRET", "BROUGHT IN ANEW BY");
        secrets.names()
                .forEach(name -> table.row(
                        name,
                        external.stream()
                                .filter(each -> each.target().equals(name))
                                .map(each -> "ExternalSecret " + each.name())
                                .findFirst()
                                .orElse("hand")));
        String source = subject.kubectl()
                .get(
                        ResourceType.ofKind(subject.target().kind()).orElseThrow(),
                        subject.target().namespace(),
                        subject.target().name());
        int tokens = TokenSecrets.of(subject.workload(), context.cluster())
                .longLived()
                .size();
        Output output = new Output(
                secrets.names().size(), names, external.size(), line(String.join(", ", byHand)), tokens, line(text));
        return Plan.look(output.referencesText, output)
                .kubectl(source)
                .keeping(Artefact.text(subject.file("secret-references.txt"), source, table.toString()));
    }

    private static String line(String text) {
        return Line.of(text, Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.both(Permissions.of(Permissions.WORKLOADS, TokenSecrets.LIST), WorkloadSecrets.PERMISSIONS);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.NOT_FOUND);
    }
}
