package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
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
 * Ends the long-lived tokens of a workload's service account, by deleting their secrets. Tokens that are bound to pods are
 * not ended by it: each is good until its pod is gone, or for an hour more where somebody has copied it and the API server
 * does not check pods; the pods that hold one are named. Credentials of nodes, registries and databases are none of these.
 * Whoever uses a deleted token from outside of the cluster is cut off. Needs a second person's approval; there is no undo.
 */
@RunbookLines("I03")
@Component
final class RotateServiceAccountToken
        implements Step<RotateServiceAccountToken.Input, RotateServiceAccountToken.Output> {
    record Input(String target) {}

    /**
     * @param account name; @param secrets how many are deleted
     * @param podsToGo how many pods still hold a token of the account; @param podsText their names, one line
     */
    record Output(String account, int secrets, int podsToGo, String podsText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Subject subject = Subject.find(in.target(), context);
        TokenSecrets tokens = TokenSecrets.of(subject.workload(), context.cluster());
        List<KubernetesObject> secrets = tokens.longLived();
        List<PodView> pods = tokens.holders();
        String names = Line.of(pods.stream().map(PodView::name).collect(Collectors.joining(", ")), Line.MODEL);
        if (secrets.isEmpty()) {
            throw StepFailure.refused(
                    "nothingToRotate",
                    "Service account %s/%s has no long-lived token.".formatted(tokens.namespace(), tokens.account()),
                    pods.isEmpty()
                            ? "Go on: no pod holds a token of it."
                            : "The tokens bound to its pods end with these: %s.".formatted(names));
        }
        return Plan.changes(
                summary(tokens, secrets, pods.size(), names),
                secrets.stream()
                        .map(secret -> Effects.deleteAs(Identity.ISOLATE, secret, "rotate"))
                        .toList(),
                secrets.stream()
                        .map(secret ->
                                subject.kubectl().delete(ResourceType.SECRETS, secret.target(), secret.uid(), false))
                        .toList(),
                new Output(tokens.account(), secrets.size(), pods.size(), names));
    }

    private static String summary(TokenSecrets tokens, List<KubernetesObject> secrets, int pods, String names) {
        String text = "Rotate the tokens of service account %s/%s: delete %s; %s"
                .formatted(
                        tokens.namespace(),
                        tokens.account(),
                        secrets.stream().map(KubernetesObject::name).collect(Collectors.joining(", ")),
                        pods == 0 ? "no pod holds another" : pods + " pods keep theirs until they end: " + names);
        return Line.of(text, 2 * Line.MODEL);
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.of(
                Permissions.WORKLOADS,
                Permission.look("", "pods", "list"),
                TokenSecrets.LIST,
                Permission.secrets("get"),
                Permission.isolate("", "secrets", "delete").only(TokenSecrets.OWNER));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public boolean needsApproval() {
        return true;
    }
}
