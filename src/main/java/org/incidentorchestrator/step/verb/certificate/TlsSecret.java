package org.incidentorchestrator.step.verb.certificate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Table;

/**
 * What a secret of type {@code kubernetes.io/tls} says of its certificate. Made from the secret, of which it keeps
 * neither the key nor any value.
 *
 * @param chain of {@code tls.crt}; empty when it cannot be read, and then {@code unreadable} says why
 * @param authority when the first certificate of {@code ca.crt} ends; null without one that can be read
 * @param writer who writes it: {@code ExternalSecret name}, {@code Certificate name} (cert-manager), or empty
 */
record TlsSecret(
        String name,
        Optional<CertificateChain> chain,
        String unreadable,
        KeyMatch key,
        Instant authority,
        String writer) {
    static final String TYPE = "kubernetes.io/tls";
    private static final String CERT_MANAGER = "cert-manager.io/certificate-name";

    static TlsSecret of(KubernetesObject secret) {
        PemText.Certificates own = PemText.certificates("tls.crt", value(secret, "tls.crt"));
        KeyMatch key = own.chain()
                .map(chain -> KeyMatch.of(value(secret, "tls.key"), chain.own().getPublicKey()))
                .orElse(KeyMatch.UNREADABLE);
        Instant authority = PemText.certificates("ca.crt", value(secret, "ca.crt"))
                .chain()
                .map(CertificateChain::notAfter)
                .orElse(null);
        return new TlsSecret(secret.name(), own.chain(), own.fault(), key, authority, writer(secret));
    }

    private static String value(KubernetesObject secret, String key) {
        String encoded = secret.text("/data/" + key, "");
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return "not Base64";
        }
    }

    private static String writer(KubernetesObject secret) {
        return secret.annotation(CERT_MANAGER)
                .map(name -> "Certificate " + name)
                .or(() -> secret.controller()
                        .filter(owner -> owner.text("/kind", "").equals("ExternalSecret"))
                        .map(owner -> "ExternalSecret " + owner.text("/name", "")))
                .orElse("");
    }

    boolean expired(Instant now) {
        return chain.filter(it -> now.isAfter(it.notAfter())).isPresent();
    }

    boolean expiresWithin(Duration warning, Instant now) {
        return !expired(now)
                && chain.filter(it -> now.plus(warning).isAfter(it.notAfter())).isPresent();
    }

    /** What is wrong with it, but for the time: whoever serves it serves nothing good. */
    List<String> faults(Instant now) {
        List<String> faults = new ArrayList<>(chain.map(it -> it.faults(now)).orElse(List.of(unreadable)));
        if (chain.isPresent() && key != KeyMatch.MATCHES) {
            faults.add("the key " + key.text());
        }
        if (authority != null && now.isAfter(authority)) {
            faults.add("ca.crt expired");
        }
        return faults;
    }

    static Table table(List<TlsSecret> secrets, Instant now) {
        Table table = Table.of(
                "NAME",
                "SUBJECT",
                "NAMES",
                "ISSUER",
                "SERIAL",
                "NOT BEFORE",
                "NOT AFTER",
                "CHAIN",
                "WRITTEN BY",
                "SHA-256",
                "FAULTS");
        secrets.forEach(secret -> {
            Optional<CertificateChain> chain = secret.chain;
            table.row(
                    secret.name,
                    chain.map(CertificateChain::subject).orElse(""),
                    chain.map(it -> String.join(",", it.names())).orElse(""),
                    chain.map(CertificateChain::issuer).orElse(""),
                    chain.map(CertificateChain::serial).orElse(""),
                    chain.map(it -> it.notBefore().toString()).orElse(""),
                    chain.map(it -> it.notAfter().toString()).orElse(""),
                    chain.map(it -> it.certificates().size()).orElse(0),
                    secret.writer,
                    chain.map(CertificateChain::fingerprint).orElse(""),
                    String.join(", ", secret.faults(now)));
        });
        return table;
    }
}
