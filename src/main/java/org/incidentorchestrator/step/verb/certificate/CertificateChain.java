package org.incidentorchestrator.step.verb.certificate;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Certificates as a server shows them: its own first, then that of who issued it, and so on (RFC 5246, section 7.4.2).
 * It is good as long as each of them is.
 *
 * @param certificates at least one
 */
record CertificateChain(List<X509Certificate> certificates) {
    CertificateChain {
        certificates = List.copyOf(certificates);
    }

    X509Certificate own() {
        return certificates.get(0);
    }

    /** When the first of them ends: an intermediate may end before the server's own. */
    Instant notAfter() {
        return certificates.stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** When the last of them begins. */
    Instant notBefore() {
        return certificates.stream()
                .map(each -> each.getNotBefore().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Whole days until the first of them ends, rounded down: -1 is "ended within the last day". */
    int daysLeft(Instant now) {
        return Math.toIntExact(Math.floorDiv(Duration.between(now, notAfter()).toSeconds(), 86_400));
    }

    /** Of the server's own: {@code 0a3f…}, as {@code openssl x509 -serial} has it, in lower case. */
    String serial() {
        BigInteger serial = own().getSerialNumber();
        String digits = serial.abs().toString(16);
        return (serial.signum() < 0 ? "-" : "") + (digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    /** SHA-256 of the server's own certificate, 64 hexadecimal digits in lower case. */
    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(own().getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("what was read from DER can be written as DER", e);
        }
    }

    String subject() {
        return own().getSubjectX500Principal().getName();
    }

    String issuer() {
        return own().getIssuerX500Principal().getName();
    }

    /** The DNS names and addresses that it is for (RFC 5280, section 4.2.1.6). */
    List<String> names() {
        try {
            Collection<List<?>> names = own().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.get(1) instanceof String)
                            .map(name -> name.get(1).toString())
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Whether it is for this host; a {@code *} stands for one label, the first (RFC 6125, section 6.4.3). */
    boolean isFor(String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        String rest = wanted.contains(".") ? wanted.substring(wanted.indexOf('.')) : "";
        return names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(name -> name.equals(wanted) || !rest.isEmpty() && name.equals("*" + rest));
    }

    /** Whether each was issued by the next one's subject; what else lies between them, a client cannot use. */
    boolean linked() {
        return IntStream.range(1, certificates.size()).allMatch(i -> certificates
                .get(i - 1)
                .getIssuerX500Principal()
                .equals(certificates.get(i).getSubjectX500Principal()));
    }

    /** What is wrong with it at this moment, in words; empty when nothing is. */
    List<String> faults(Instant now) {
        return Stream.of(
                        now.isAfter(notAfter()) ? "expired" : "",
                        now.isBefore(notBefore()) ? "not yet valid" : "",
                        linked() ? "" : "chain out of order")
                .filter(fault -> !fault.isEmpty())
                .toList();
    }
}
