package org.incidentorchestrator.step.verb.certificate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.CheckedInput;
import org.incidentorchestrator.step.verb.Effects;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes External Secrets fetch a secret from its store now, by an annotation that has the time of the plan as its value:
 * unlike {@code kubectl annotate} without {@code --overwrite} it works the second time too. There is no undo: what the
 * secret held before is kept nowhere.
 */
@RunbookLines({"X03", "I03"})
@Component
final class RefreshExternalSecret implements Step<RefreshExternalSecret.Input, RefreshExternalSecret.Output> {
    private static final String ANNOTATION = "force-sync";

    private final Reach reach;

    RefreshExternalSecret(Reach reach) {
        this.reach = reach;
    }

    /** @param reason why, in a few words; may be null */
    record Input(String namespace, String externalSecret, @Nullable String reason) {}

    /**
     * @param secret the secret that is written
     * @param refreshedBefore when it was last fetched; null when it never was
     */
    record Output(Instant requestedAt, String secret, Instant refreshedBefore) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        String name = CheckedInput.name("an ExternalSecret", in.externalSecret());
        ExternalSecrets all = new ExternalSecrets(context.cluster());
        ExternalSecret external = all.get(namespace, name);
        refuseUnfit(external, all);
        Instant at = context.plannedAt().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/metadata/annotations").put(ANNOTATION, at.toString());
        Effect effect = Effects.patchForGood(
                external.object(),
                "refresh",
                body,
                "/metadata/annotations/" + ANNOTATION,
                "/spec/target/name",
                "/spec/refreshPolicy",
                "/spec/refreshInterval");
        String why = in.reason() == null || in.reason().isBlank() ? "" : ", because " + Line.of(in.reason(), 200);
        return Plan.change(
                "Refresh ExternalSecret %s/%s: fetch %s from its store anew%s"
                        .formatted(namespace, name, external.target(), why),
                effect,
                KubectlText.of(context.cluster().cluster())
                        .annotate(
                                ResourceType.EXTERNAL_SECRETS, external.object().target(), ANNOTATION, at.toString()),
                new Output(at, external.target(), external.refreshed().orElse(null)));
    }

    private static void refuseUnfit(ExternalSecret external, ExternalSecrets all) {
        String name = "ExternalSecret " + external.object().namespace() + "/" + external.name();
        if (!external.refreshable()) {
            throw StepFailure.refused(
                    "neverRefreshed",
                    "%s has fetched once and will not again: %s."
                            .formatted(
                                    name,
                                    external.createdOnce()
                                            ? "its refreshPolicy is CreatedOnce"
                                            : "its refreshInterval is 0"),
                    "Give it another refreshPolicy or refreshInterval where it is defined, or make it anew.");
        }
        if (!all.served().filter(ResourceType.EXTERNAL_SECRETS::equals).isPresent()) {
            throw StepFailure.refused(
                    "versionTooOld",
                    "%s cannot be changed: this cluster serves %s, and changes are written in external-secrets.io/v1."
                            .formatted(name, all.served().orElseThrow().apiVersion()),
                    "Annotate it by hand, or bring External Secrets to 0.16 or later.");
        }
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(ExternalSecrets.GET, ExternalSecrets.REFRESH);
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
