package org.incidentorchestrator.step.verb.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.CheckedInput;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.stereotype.Component;

/**
 * Reads what the certificate in one TLS secret says, as {@code openssl x509 -noout -dates -subject -serial} does of its
 * first certificate, and of the whole chain, whether the key fits, and who writes the secret: what the written runbook
 * would refresh may be cert-manager's.
 */
@RunbookLines("X02")
@Component
final class ReadTlsSecret implements Step<ReadTlsSecret.Input, ReadTlsSecret.Output> {
    private final Reach reach;

    ReadTlsSecret(Reach reach) {
        this.reach = reach;
    }

    record Input(String namespace, String secret) {}

    /**
     * @param readable false when no certificate could be read; then the dates are null and the texts are empty
     * @param notBefore when the last certificate of the chain begins
     * @param notAfter when the first certificate of the chain ends
     * @param daysLeft whole days until notAfter, negative once it is over; 0 when not readable
     * @param names subject alternative names, separated by commas, at most 500 characters
     * @param serial hexadecimal digits
     * @param fingerprint SHA-256 of the server's own certificate, hexadecimal digits
     * @param keyMatches whether {@code tls.key} is the certificate's
     * @param externalSecret the ExternalSecret that owns it, empty for none that is known
     * @param certManager whether cert-manager writes it: then a refresh is no way to a new certificate
     * @param faults what is wrong with it, at most 500 characters; empty for nothing
     */
    record Output(
            boolean readable,
            Instant notBefore,
            Instant notAfter,
            int daysLeft,
            String names,
            String issuer,
            String serial,
            String fingerprint,
            boolean keyMatches,
            String externalSecret,
            boolean certManager,
            String faults) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        String name = CheckedInput.name("a secret", in.secret());
        TlsSecret secret = new TlsSecrets(context.cluster())
                .find(namespace, name)
                .orElseThrow(() -> StepFailure.notFound(
                        "TLS secret %s/%s is not there, or is of another type than %s."
                                .formatted(namespace, name, TlsSecret.TYPE),
                        "List the TLS secrets of the namespace, and name one of them."));
        Instant now = context.plannedAt();
        Output output = output(secret, now);
        // Not -o yaml, which would print the key.
        String line = KubectlText.of(context.cluster().cluster())
                .list(ResourceType.SECRETS, Query.in(namespace).where("metadata.name", name));
        return Plan.look(summary(namespace, secret, output), output)
                .kubectl(line)
                .keeping(Artefact.text(
                        name + "-certificate.txt",
                        line,
                        TlsSecret.table(List.of(secret), now).toString()));
    }

    private static Output output(TlsSecret secret, Instant now) {
        Optional<CertificateChain> chain = secret.chain();
        String writer = secret.writer();
        return new Output(
                chain.isPresent(),
                chain.map(CertificateChain::notBefore).orElse(null),
                chain.map(CertificateChain::notAfter).orElse(null),
                chain.map(it -> it.daysLeft(now)).orElse(0),
                Line.of(chain.map(it -> String.join(",", it.names())).orElse(""), Line.MODEL),
                Line.of(chain.map(CertificateChain::issuer).orElse(""), Line.MODEL),
                chain.map(CertificateChain::serial).orElse(""),
                chain.map(CertificateChain::fingerprint).orElse(""),
                secret.key() == KeyMatch.MATCHES,
                writer.startsWith("ExternalSecret ") ? writer.substring("ExternalSecret ".length()) : "",
                writer.startsWith("Certificate "),
                Line.of(String.join(", ", secret.faults(now)), Line.MODEL));
    }

    private static String summary(String namespace, TlsSecret secret, Output output) {
        String until = output.readable
                ? "serial %s of %s is good until %s (%d days)"
                        .formatted(output.serial, output.issuer, output.notAfter, output.daysLeft)
                : "no certificate";
        String faults = output.faults.isEmpty() ? "" : "; at fault: " + output.faults;
        return "TLS secret %s/%s: %s%s".formatted(namespace, secret.name(), until, faults);
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(TlsSecrets.GET);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
