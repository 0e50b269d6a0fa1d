package org.incidentorchestrator.step.verb.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.probe.ServedChain;
import org.incidentorchestrator.probe.TlsHandshake;
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
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks at the certificate that a server shows in a TLS handshake, and whether it is the one in a secret: a new secret is
 * not yet a pod that has loaded it. The handshake begins on this machine, which has to reach the server.
 */
@RunbookLines({"X02", "X04"})
@Component
final class ReadServedCertificate implements Step<ReadServedCertificate.Input, ReadServedCertificate.Output> {
    private final Reach reach;
    private final TlsHandshake tls;
    private final CertificateSettings settings;

    ReadServedCertificate(Reach reach, TlsHandshake tls, CertificateSettings settings) {
        this.reach = reach;
        this.tls = tls;
        this.settings = settings;
    }

    /**
     * @param secret the TLS secret that it should be; may be null or empty, then nothing is compared
     * @param host where to connect to: a DNS name or an IP address; may be null or empty when nobody knows: then nothing
     *     is asked, and what is served is unknown
     * @param serverName the name that is asked for; may be null or empty: the host's own
     */
    record Input(
            String namespace, @Nullable String secret, @Nullable String host, int port, @Nullable String serverName) {}

    /**
     * @param comparison {@code same}: the secret's certificate is served; {@code other}: another one is; {@code unknown}:
     *     one of the two could not be read; {@code notAsked}
     * @param servedKnown whether a certificate was seen; if not, the texts are empty and notAfter is null
     * @param notAfter when the first certificate of the served chain ends
     * @param validity {@code good}; {@code expiresSoon}, within {@code certificate.expiry-warning}; {@code faulty}: expired,
     *     not yet valid, out of order, or not for the name that was asked for; {@code unknown}
     * @param namesHost whether the served certificate is for the name that was asked for
     * @param text what was seen, at most 500 characters
     */
    record Output(
            boolean servedKnown,
            String comparison,
            String serial,
            String fingerprint,
            Instant notAfter,
            String validity,
            boolean namesHost,
            String text) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        boolean compares = in.secret() != null && !in.secret().isEmpty();
        if (in.host() == null || in.host().isEmpty()) {
            Output nowhere = unknown(
                    "Where it is served is not known: no ingress and no service of what uses it says", compares);
            return Plan.look(nowhere.text, nowhere);
        }
        String name = in.serverName() == null || in.serverName().isEmpty() ? in.host() : in.serverName();
        checked(in, name);
        Optional<CertificateChain> wanted = compares
                ? new TlsSecrets(context.cluster())
                        .find(namespace, CheckedInput.name("a secret", in.secret()))
                        .flatMap(TlsSecret::chain)
                : Optional.empty();
        ServedChain served = tls.look(in.host(), in.port(), name);
        String line = "openssl s_client -connect %s -servername %s -showcerts </dev/null"
                .formatted(
                        in.host().contains(":") ? "[" + in.host() + "]:" + in.port() : in.host() + ":" + in.port(),
                        name);
        Output output = served instanceof ServedChain.Shown shown
                ? seen(new CertificateChain(shown.certificates()), name, compares, wanted, context.plannedAt())
                : unknown(((ServedChain.Unknown) served).text(), compares);
        Plan<Output> plan = Plan.look(Line.of(output.text, Line.MODEL), output).kubectl(line);
        return served instanceof ServedChain.Shown shown
                ? plan.keeping(
                        Artefact.text(name + "-served.txt", line, table(shown).toString()))
                : plan;
    }

    private static void checked(Input in, String name) {
        boolean host = in.host() != null && TlsHandshake.isHost(in.host()) && TlsHandshake.isHost(name);
        if (!host || in.port() < 1 || in.port() > 65_535) {
            throw StepFailure.refused(
                    "badHost",
                    "Nothing was asked: '%s', port %d, name '%s' name no server."
                            .formatted(
                                    Line.of(String.valueOf(in.host()), 80),
                                    in.port(),
                                    Line.of(String.valueOf(name), 80)),
                    "Name a DNS name or an IP address, and a port from 1 to 65535.");
        }
    }

    private static Output unknown(String why, boolean compares) {
        return new Output(
                false, compares ? "unknown" : "notAsked", "", "", null, "unknown", false, Line.of(why, Line.MODEL));
    }

    private String validity(CertificateChain chain, String name, Instant now) {
        if (!chain.faults(now).isEmpty() || !chain.isFor(name)) {
            return "faulty";
        }
        return now.plus(settings.expiryWarning()).isAfter(chain.notAfter()) ? "expiresSoon" : "good";
    }

    private Output seen(
            CertificateChain chain, String name, boolean compares, Optional<CertificateChain> wanted, Instant now) {
        String comparison = !compares
                ? "notAsked"
                : wanted.map(it -> it.fingerprint().equals(chain.fingerprint()) ? "same" : "other")
                        .orElse("unknown");
        String faults =
                String.join("", chain.faults(now).stream().map(it -> ", " + it).toList());
        String text = "%s serves serial %s of %s, good until %s%s%s%s"
                .formatted(
                        name,
                        chain.serial(),
                        chain.issuer(),
                        chain.notAfter(),
                        faults,
                        chain.isFor(name) ? "" : ", which is not for this name",
                        compared(comparison, wanted));
        return new Output(
                true,
                comparison,
                chain.serial(),
                chain.fingerprint(),
                chain.notAfter(),
                validity(chain, name, now),
                chain.isFor(name),
                Line.of(text, Line.MODEL));
    }

    private static String compared(String comparison, Optional<CertificateChain> wanted) {
        return switch (comparison) {
            case "same" -> "; it is the one in the TLS secret";
            case "other" ->
                "; the one in the TLS secret is serial " + wanted.orElseThrow().serial();
            case "unknown" -> "; there is none in the TLS secret that can be read";
            default -> "";
        };
    }

    private static Table table(ServedChain.Shown shown) {
        Table table = Table.of("SUBJECT", "ISSUER", "SERIAL", "NOT BEFORE", "NOT AFTER", "NAMES", "SHA-256");
        shown.certificates().stream()
                .map(each -> new CertificateChain(List.of(each)))
                .forEach(each -> table.row(
                        each.subject(),
                        each.issuer(),
                        each.serial(),
                        each.notBefore(),
                        each.notAfter(),
                        String.join(",", each.names()),
                        each.fingerprint()));
        return table;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(TlsSecrets.GET);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
