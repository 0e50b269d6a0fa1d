package org.incidentorchestrator.step.verb.certificate;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists the TLS secrets of a namespace and what their certificates say: the whole chain, of which an intermediate may
 * end first, and whether the key is the certificate's. By type, not by a name that happens to have "tls" in it; what
 * lies in secrets of other types is not seen.
 */
@RunbookLines({"X01", "X02"})
@Component
final class ListTlsSecrets implements Step<ListTlsSecrets.Input, ListTlsSecrets.Output> {
    private final Reach reach;
    private final CertificateSettings settings;

    ListTlsSecrets(Reach reach, CertificateSettings settings) {
        this.reach = reach;
        this.settings = settings;
    }

    /** @param also names of secrets that are to be renewed though they are not due, separated by commas; may be null */
    record Input(String namespace, @Nullable String also) {}

    /**
     * @param expiringSoon within {@code certificate.expiry-warning}, and not expired yet
     * @param faulty certificates that cannot be read or are not valid (expired ones among them), and keys that do not fit
     * @param soonest the secret whose chain ends first; empty when none can be read
     * @param soonestNotAfter null when none can be read
     * @param faults which secret and what is wrong with it, at most 500 characters
     * @param due how many are to be renewed: expired, expiring soon, faulty, or named
     * @param dueSecrets their names, separated by commas, the first to end first; of many the first 25
     * @param dueText a line for each of them, and what was named and is not there
     */
    record Output(
            int secrets,
            int expired,
            int expiringSoon,
            int faulty,
            String soonest,
            Instant soonestNotAfter,
            String faults,
            int due,
            String dueSecrets,
            String dueText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        Instant now = context.plannedAt();
        List<TlsSecret> secrets = new TlsSecrets(context.cluster()).list(namespace);
        Output output = output(secrets, in.also(), now);
        String line =
                KubectlText.of(context.cluster().cluster()).list(ResourceType.SECRETS, TlsSecrets.query(namespace));
        return Plan.look(summary(namespace, output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        namespace + "-certificates.txt",
                        line,
                        TlsSecret.table(secrets, now).toString()));
    }

    private Output output(List<TlsSecret> secrets, String also, Instant now) {
        DueSecrets due = DueSecrets.of(secrets, also, settings.expiryWarning(), now);
        Optional<TlsSecret> soonest = secrets.stream()
                .filter(secret -> secret.chain().isPresent())
                .min(Comparator.comparing(secret -> secret.chain().orElseThrow().notAfter()));
        List<TlsSecret> faulty =
                secrets.stream().filter(it -> !it.faults(now).isEmpty()).toList();
        String faults = faulty.stream()
                .map(it -> it.name() + " (" + String.join(", ", it.faults(now)) + ")")
                .collect(Collectors.joining("; "));
        return new Output(
                secrets.size(),
                (int) secrets.stream().filter(it -> it.expired(now)).count(),
                (int) secrets.stream()
                        .filter(it -> it.expiresWithin(settings.expiryWarning(), now))
                        .count(),
                faulty.size(),
                soonest.map(TlsSecret::name).orElse(""),
                soonest.map(it -> it.chain().orElseThrow().notAfter()).orElse(null),
                Line.of(faults, Line.MODEL),
                due.all(),
                due.names(),
                due.text(now));
    }

    private static String summary(String namespace, Output output) {
        String soonest = output.soonest.isEmpty()
                ? ""
                : "; the first to end is %s, at %s".formatted(output.soonest, output.soonestNotAfter);
        String faults = output.faults.isEmpty() ? "" : "; at fault: " + output.faults;
        return "%d TLS secrets in namespace %s: %d expired, %d expire soon%s%s"
                .formatted(output.secrets, namespace, output.expired, output.expiringSoon, soonest, faults);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(TlsSecrets.LIST);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
