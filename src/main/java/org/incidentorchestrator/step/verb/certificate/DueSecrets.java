package org.incidentorchestrator.step.verb.certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.step.verb.Line;

/**
 * The TLS secrets whose certificates are to be renewed: those that end soon, have ended or are at fault, the first to end
 * first, and those that a person names.
 *
 * @param all how many are due, those that are left out included
 * @param chosen as many of them as a process variable holds; the others are due in the next run
 * @param notThere names that a person gave, of which there is no TLS secret
 */
record DueSecrets(int all, List<TlsSecret> chosen, List<String> notThere) {
    /** What a person reads through before deciding, and what a variable's 4,000 characters hold as text. */
    private static final int MOST = 25;

    /** Of one secret's line, and of the names that are not there. */
    private static final int LONGEST_LINE = 140;

    /** @param also names, separated by commas; may be null */
    static DueSecrets of(List<TlsSecret> secrets, String also, Duration warning, Instant now) {
        Set<String> named = Stream.of(also == null ? "" : also)
                .flatMap(names -> Arrays.stream(names.split("[,\\s]+")))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<TlsSecret> due = secrets.stream()
                .filter(secret -> named.contains(secret.name())
                        || secret.expired(now)
                        || secret.expiresWithin(warning, now)
                        || !secret.faults(now).isEmpty())
                .sorted(Comparator.comparing(DueSecrets::end).thenComparing(TlsSecret::name))
                .toList();
        secrets.forEach(secret -> named.remove(secret.name()));
        return new DueSecrets(due.size(), due.stream().limit(MOST).toList(), List.copyOf(named));
    }

    /** What cannot be read is the most urgent. */
    private static Instant end(TlsSecret secret) {
        return secret.chain().map(CertificateChain::notAfter).orElse(Instant.EPOCH);
    }

    String names() {
        return chosen.stream().map(TlsSecret::name).collect(Collectors.joining(","));
    }

    /** One line for each, for people; at most 3,900 characters. */
    String text(Instant now) {
        List<String> lines = new ArrayList<>(chosen.stream()
                .map(secret -> Line.of(line(secret, now), LONGEST_LINE))
                .toList());
        if (chosen.isEmpty()) {
            lines.add("none is due");
        }
        if (all > chosen.size()) {
            lines.add("and %d more, which are due in another run".formatted(all - chosen.size()));
        }
        if (!notThere.isEmpty()) {
            lines.add(Line.of("no TLS secret is called " + String.join(", ", notThere), LONGEST_LINE));
        }
        return String.join("\n", lines);
    }

    private static String line(TlsSecret secret, Instant now) {
        String until = secret.chain()
                .map(chain -> "ends %s (%d days), serial %s"
                        .formatted(chain.notAfter().toString().substring(0, 10), chain.daysLeft(now), chain.serial()))
                .orElse("no certificate");
        String writer = secret.writer().isEmpty() ? "" : ", written by " + secret.writer();
        List<String> faults = secret.faults(now);
        return secret.name() + ": " + until + writer + (faults.isEmpty() ? "" : "; " + String.join(", ", faults));
    }
}
