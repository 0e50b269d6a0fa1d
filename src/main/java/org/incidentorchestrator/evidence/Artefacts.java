package org.incidentorchestrator.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
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
    private final Redaction redaction;
    private final EvidenceSettings settings;

    public Artefacts(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock,
            Redaction redaction,
            EvidenceSettings settings) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_MANDATORY);
        this.clock = clock;
        this.redaction = redaction;
        this.settings = settings;
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
        byte[] content = Content.cut(redaction.apply(artefact.content()), settings.maxArtefact());
        var keys = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into artefact (incident, evidence, at, name, media_type, source, sha256, size, content)
                        values (:incident, :evidence, :at, :name, :mediaType, :source, :sha256, :size, :content)""")
                .param("incident", incident.value())
                .param("evidence", evidence)
                .param("at", Incidents.utc(clock.instant()))
                .param("name", Text.line(artefact.name(), 255))
                .param("mediaType", Text.line(artefact.mediaType(), 100))
                .param("source", Text.line(redaction.apply(artefact.source()), 4000))
                .param("sha256", Content.sha256(content))
                .param("size", content.length)
                .param("content", Content.gzip(content), Types.VARBINARY)
                .update(keys, "id");
        return keys.getKeyAs(Integer.class);
    }

    /** One of an incident's, with its content. */
    public Optional<WithContent> find(IncidentNumber incident, int number) {
        return jdbc.sql("select * from artefact where id = :id and incident = :incident")
                .param("id", number)
                .param("incident", incident.value())
                .query((row, i) -> new WithContent(read(row, i), Content.gunzip(row.getBytes("content"))))
                .optional();
    }

    private static Kept read(ResultSet row, int ignored) throws SQLException {
        return new Kept(
                row.getInt("id"),
                row.getLong("evidence"),
                Incidents.instant(row, "at"),
                row.getString("name"),
                row.getString("media_type"),
                row.getString("source"),
                row.getString("sha256"),
                row.getLong("size"));
    }

    /**
     * @param number what it is reached by
     * @param evidence the entry it belongs to
     * @param sha256 of the content as it is kept: redacted, uncompressed; in hexadecimal digits
     * @param size bytes of the same
     */
    public record Kept(
            int number,
            long evidence,
            java.time.Instant at,
            String name,
            String mediaType,
            String source,
            String sha256,
            long size) {}

    public record WithContent(Kept about, byte[] content) {}
}
