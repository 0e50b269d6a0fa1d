package org.incidentorchestrator.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps artefacts beside the entry they belong to, in the transaction that appended it: the sealer takes both. */
@Component
public final class Artefacts {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Artefacts(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_MANDATORY);
        this.clock = clock;
    }

    /**
     * @param evidence what {@link EvidenceLog#append} returned in this transaction
     * @return the numbers they are reached by: {@code /api/incidents/INC-1/evidence/{n}}
     * @throws org.springframework.transaction.IllegalTransactionStateException outside of a transaction
     */
    public List<Integer> keep(IncidentNumber incident, long evidence, List<Artefact> artefacts) {
        return transaction.execute(status -> artefacts.stream()
                .map(artefact -> insert(incident, evidence, artefact))
                .toList());
    }

    private Integer insert(IncidentNumber incident, long evidence, Artefact artefact) {
        byte[] content = artefact.content().getBytes(StandardCharsets.UTF_8);
        var keys = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into artefact (incident, evidence, at, name, media_type, source, sha256, size, content)
                        values (:incident, :evidence, :at, :name, :mediaType, :source, :sha256, :size, :content)""")
                .param("incident", incident.value())
                .param("evidence", evidence)
                .param("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .param("name", Text.line(artefact.name(), 255))
                .param("mediaType", Text.line(artefact.mediaType(), 100))
                .param("source", Text.line(artefact.source(), 4000))
                .param("sha256", sha256(content))
                .param("size", content.length)
                .param("content", gzip(content), Types.VARBINARY)
                .update(keys, "id");
        return keys.getKeyAs(Integer.class);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
