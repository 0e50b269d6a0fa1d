package org.incidentorchestrator.approval.gate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.incidentorchestrator.approval.gate.Approval.Ruling;
import org.springframework.stereotype.Component;

/**
 * HMAC-SHA256 over all that matters of an approval, with a key that is not in the database: a row that was inserted or
 * updated by SQL, or copied from another, does not verify. Each part is written with its length, so that no two
 * approvals give the same text.
 */
@Component
class ApprovalSeal {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    ApprovalSeal(ApprovalKey key) {
        this.key = key.secret();
    }

    String ofRequest(Approval asked) {
        return mac(request(asked));
    }

    String ofRuling(Approval asked, Ruling ruling) {
        return mac(Stream.concat(
                        request(asked).stream(),
                        Stream.of(ruling.decision().name(), ruling.by(), text(ruling.at()), digest(ruling.reason())))
                .toList());
    }

    /** Whether the request, and the ruling where there is one, are as this program, or one with its key, wrote them. */
    boolean verifies(Approval stored) {
        return same(ofRequest(stored), stored.requestMac())
                && stored.ruling()
                        .map(ruling -> complete(ruling) && same(ofRuling(stored, ruling), ruling.mac()))
                        .orElse(true);
    }

    private static boolean complete(Ruling ruling) {
        return ruling.by() != null && ruling.at() != null && ruling.reason() != null && ruling.mac() != null;
    }

    private static List<String> request(Approval asked) {
        return List.of(
                Long.toString(asked.id()),
                asked.request(),
                Long.toString(asked.proposal()),
                asked.incident().toString(),
                asked.runId(),
                asked.mode(),
                asked.cluster(),
                asked.hash(),
                asked.requester(),
                asked.responder(),
                asked.question(),
                asked.alternatives(),
                text(asked.requestedAt()),
                text(asked.expiresAt()),
                text(asked.usableUntil()));
    }

    private static String text(Instant at) {
        return Long.toString(at.toEpochMilli());
    }

    private String mac(List<String> parts) {
        String text = parts.stream().map(part -> part.length() + ":" + part).collect(Collectors.joining());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean same(String made, String stored) {
        return MessageDigest.isEqual(
                made.getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
    }
}
