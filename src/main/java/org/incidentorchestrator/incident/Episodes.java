package org.incidentorchestrator.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert.Episode;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Each time that an alert fired, and the incident it belongs to. Methods take lists, because a storm of alerts must not
 * become a storm of statements; each joins the caller's transaction.
 */
@Repository
public class Episodes {
    private static final int PER_STATEMENT = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final NamedParameterJdbcTemplate jdbc;

    public Episodes(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is kept of an episode.
     *
     * @param incident none for a tombstone: resolved before it was seen firing
     * @param firstSeenAt when the first message about it arrived
     * @param lastSeenAt when the last message that was believed arrived
     */
    public record Kept(
            Episode episode,
            Optional<IncidentNumber> incident,
            Alert.Status status,
            Instant firstSeenAt,
            Instant lastSeenAt) {}

    /** An alert that fires, and the key of the open incident that it belongs to. */
    public record Burning(IncidentKey key, Kept kept) {}

    /** Everything known of these alerts, by the source's name of them. */
    public List<Kept> find(Collection<String> fingerprints) {
        List<Kept> found = new ArrayList<>();
        for (List<String> some : inParts(fingerprints)) {
            found.addAll(jdbc.query(
                    "select * from alert_episode where fingerprint in (:some)", Map.of("some", some), Episodes::read));
        }
        return found;
    }

    /** What still fires of these incidents, as far as the pager has said. */
    public List<Kept> firing(Collection<IncidentNumber> incidents) {
        List<Kept> found = new ArrayList<>();
        for (List<IncidentNumber> some : inParts(incidents)) {
            var numbers = some.stream().map(IncidentNumber::value).toList();
            found.addAll(jdbc.query(
                    "select * from alert_episode where incident in (:some) and status = 'FIRING'",
                    Map.of("some", numbers),
                    Episodes::read));
        }
        return found;
    }

    /** What still fires, as far as this source has said, of the incidents that are open. */
    public List<Burning> burning(String source) {
        return jdbc.query(
                """
                select e.fingerprint, e.starts_at, e.incident, e.status, e.first_seen_at, e.last_seen_at,
                    i.alert_name, i.namespace, i.workload
                from alert_episode e join incident i on i.number = e.incident
                where i.open_key is not null and e.status = 'FIRING' and e.source = :source""",
                Map.of("source", source),
                (row, at) -> new Burning(
                        new IncidentKey(
                                row.getString("alert_name"), row.getString("namespace"), row.getString("workload")),
                        read(row, at)));
    }

    /** @throws org.springframework.dao.DuplicateKeyException when one of them is known already: read, then update */
    public void add(Collection<Kept> episodes, Map<Episode, Alert> alerts) {
        batch(
                """
                insert into alert_episode (fingerprint, starts_at, incident, source, status, labels, annotations,
                    first_seen_at, last_seen_at)
                values (:fingerprint, :startsAt, :incident, :source, :status, :labels, :annotations, :first, :last)""",
                episodes.stream()
                        .map(kept -> parameters(kept)
                                .addValue("source", alerts.get(kept.episode()).source())
                                .addValue(
                                        "labels",
                                        json(alerts.get(kept.episode()).labels()))
                                .addValue(
                                        "annotations",
                                        json(alerts.get(kept.episode()).annotations())))
                        .toList());
    }

    public void update(Collection<Kept> episodes) {
        batch(
                """
                update alert_episode set incident = :incident, status = :status, last_seen_at = :last
                where fingerprint = :fingerprint and starts_at = :startsAt""",
                episodes.stream().map(Episodes::parameters).toList());
    }

    private void batch(String sql, List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(sql, rows.toArray(MapSqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource parameters(Kept kept) {
        return new MapSqlParameterSource()
                .addValue("fingerprint", kept.episode().fingerprint())
                .addValue("startsAt", Incidents.utc(kept.episode().startsAt()))
                .addValue("incident", kept.incident().map(IncidentNumber::value).orElse(null), java.sql.Types.BIGINT)
                .addValue("status", kept.status().name())
                .addValue("first", Incidents.utc(kept.firstSeenAt()))
                .addValue("last", Incidents.utc(kept.lastSeenAt()));
    }

    private static Kept read(ResultSet row, int ignored) throws SQLException {
        Long incident = row.getObject("incident", Long.class);
        return new Kept(
                new Episode(row.getString("fingerprint"), Incidents.instant(row, "starts_at")),
                Optional.ofNullable(incident).map(IncidentNumber::new),
                Alert.Status.valueOf(row.getString("status")),
                Incidents.instant(row, "first_seen_at"),
                Incidents.instant(row, "last_seen_at"));
    }

    private static <T> List<List<T>> inParts(Collection<T> all) {
        List<T> distinct = List.copyOf(new LinkedHashSet<>(all));
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += PER_STATEMENT) {
            parts.add(distinct.subList(from, Math.min(distinct.size(), from + PER_STATEMENT)));
        }
        return parts;
    }

    private static String json(Map<String, String> map) {
        try {
            return JSON.writeValueAsString(new java.util.TreeMap<>(map));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of texts is always JSON", impossible);
        }
    }
}
