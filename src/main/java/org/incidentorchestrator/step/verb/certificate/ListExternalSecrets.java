package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Kept;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the ExternalSecrets of a namespace: whether their last fetch succeeded and when it was, and which of them writes
 * a given secret: it may have another name.
 */
@RunbookLines({"X03", "I03"})
@Component
final class ListExternalSecrets implements Step<ListExternalSecrets.Input, ListExternalSecrets.Output> {
    private final Reach reach;

    ListExternalSecrets(Reach reach) {
        this.reach = reach;
    }

    /** @param secret whose writer is wanted; may be null or empty */
    record Input(String namespace, @Nullable String secret) {}

    /**
     * @param known false when it cannot be told whether External Secrets is installed
     * @param installed whether the cluster serves ExternalSecrets; the rest is empty and 0 when it does not
     * @param notReady those whose last fetch did not succeed
     * @param externalSecret the one that writes the secret that was asked for; empty for none
     * @param refreshable whether a refresh of that one would fetch anything
     * @param text what is wrong, at most 500 characters
     */
    record Output(
            boolean known,
            boolean installed,
            int externalSecrets,
            int notReady,
            String externalSecret,
            boolean refreshable,
            String text) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        ExternalSecrets all = new ExternalSecrets(context.cluster());
        Optional<ResourceType> type = all.served();
        if (type.isEmpty()) {
            return absent(all.silence());
        }
        List<ExternalSecret> found = all.list(namespace);
        Output output = output(found, in.secret());
        String line = KubectlText.of(context.cluster().cluster()).list(type.get(), Query.in(namespace));
        return Plan.look(summary(namespace, in.secret(), output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        namespace + "-external-secrets.txt",
                        line,
                        ExternalSecret.table(found, context.plannedAt()).toString()))
                .keeping(Kept.json(
                        namespace + "-external-secrets.json",
                        line,
                        found.stream().map(ExternalSecret::object).toList()));
    }

    private static Plan<Output> absent(Optional<String> silence) {
        String text = silence.map(why -> "Whether External Secrets is installed is not known: " + why)
                .orElse("External Secrets is not installed");
        return Plan.look(
                Line.of(text, Line.MODEL),
                new Output(silence.isEmpty(), false, 0, 0, "", false, Line.of(text, Line.MODEL)));
    }

    private static Output output(List<ExternalSecret> found, String secret) {
        Optional<ExternalSecret> writer =
                found.stream().filter(it -> it.target().equals(secret)).findFirst();
        List<ExternalSecret> notReady =
                found.stream().filter(it -> !it.isReady()).toList();
        String text = notReady.stream()
                .map(it -> it.name() + (it.message().isEmpty() ? " was never worked on" : ": " + it.message()))
                .collect(Collectors.joining("; "));
        return new Output(
                true,
                true,
                found.size(),
                notReady.size(),
                writer.map(ExternalSecret::name).orElse(""),
                writer.map(ExternalSecret::refreshable).orElse(false),
                Line.of(text, Line.MODEL));
    }

    private static String summary(String namespace, String secret, Output output) {
        String writer = secret == null || secret.isEmpty()
                ? ""
                : output.externalSecret.isEmpty()
                        ? "; none of them writes " + Line.of(secret, 253)
                        : "; %s writes %s".formatted(output.externalSecret, secret);
        return "%d ExternalSecrets in namespace %s, %d not ready%s"
                .formatted(output.externalSecrets, namespace, output.notReady, writer);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(ExternalSecrets.LIST);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
