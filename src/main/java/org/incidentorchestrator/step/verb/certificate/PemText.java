package org.incidentorchestrator.step.verb.certificate;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lies between {@code BEGIN} and {@code END} in a PEM text (RFC 7468). Its messages never repeat any of the text. */
final class PemText {
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?<label>[A-Z0-9 ]{1,40})-----(?<base64>[A-Za-z0-9+/=\\s]{0,65536})-----END \\k<label>-----");
    private static final int MOST_CERTIFICATES = 20;

    private PemText() {}

    /** A chain, or why there is none. */
    record Certificates(Optional<CertificateChain> chain, String fault) {
        private static Certificates none(String fault) {
            return new Certificates(Optional.empty(), fault);
        }
    }

    /** @param where for the fault: {@code tls.crt} */
    static Certificates certificates(String where, String text) {
        List<X509Certificate> chain = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group("label").equals("CERTIFICATE")) {
                Optional<X509Certificate> next = certificate(block.group("base64"));
                if (next.isEmpty() || chain.size() == MOST_CERTIFICATES) {
                    return Certificates.none("certificate " + (chain.size() + 1) + " in " + where + " cannot be read");
                }
                chain.add(next.get());
            }
        }
        if (count(text, "-----BEGIN CERTIFICATE-----") != chain.size()) {
            return Certificates.none("a certificate in " + where + " is cut off or no Base64");
        }
        return chain.isEmpty()
                ? Certificates.none(where + (text.isBlank() ? " is empty" : " holds no certificate"))
                : new Certificates(Optional.of(new CertificateChain(chain)), "");
    }

    private static Optional<X509Certificate> certificate(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int count(String text, String word) {
        return text.split(Pattern.quote(word), -1).length - 1;
    }

    /** The first block whose label ends with these words, and its label. */
    static Optional<Block> block(String text, String ending) {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group("label").endsWith(ending)) {
                return Optional.of(
                        new Block(block.group("label"), Base64.getMimeDecoder().decode(block.group("base64"))));
            }
        }
        return Optional.empty();
    }

    /** Without a text form of its own: it may be a key. */
    static final class Block {
        private final String label;
        private final byte[] content;

        private Block(String label, byte[] content) {
            this.label = label;
            this.content = content;
        }

        String label() {
            return label;
        }

        byte[] content() {
            return content;
        }
    }
}
