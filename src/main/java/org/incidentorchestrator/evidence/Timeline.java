package org.incidentorchestrator.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.evidence.Artefacts.Kept;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads an incident's entries in the order they were appended. */
@Component
public final class Timeline {
    private static final List<String> NOT_OF_PEOPLE = Stream.of(
                    Entry.Kind.ALERT_RECEIVED,
                    Entry.Kind.ALERT_ATTACHED,
                    Entry.Kind.ALERT_RESOLVED,
                    Entry.Kind.ALERT_PARKED,
                    Entry.Kind.INCIDENT_OPENED,
                    Entry.Kind.INCIDENT_REOPENED,
                    Entry.Kind.INCIDENT_ENDED,
                    Entry.Kind.NOTIFIED,
                    Entry.Kind.NOT_NOTIFIED,
                    Entry.Kind.ACCESS_REFUSED)
            .map(Entry.Kind::name)
            .toList();

    private final JdbcClient jdbc;
    private final Artefacts artefacts;

    public Timeline(JdbcClient jdbc, Artefacts artefacts) {
        this.jdbc = jdbc;
        this.artefacts = artefacts;
    }

    /** Who did things of a kind for an incident. */
    public Set<String> actors(IncidentNumber incident, Entry.Kind kind) {
        return jdbc.sql("select distinct actor from evidence where incident = :incident and kind = :kind")
                .param("incident", incident.value())
                .param("kind", kind.name())
                .query(String.class)
                .set();
    }

    /**
     * When a person last did anything about an incident: a claim, a note, a decision, an answer. What a paging system
     * sent is none of it, nor is what was refused.
     */
    public Optional<Instant> lastOfPerson(IncidentNumber incident) {
        return jdbc.sql(
                        """
                        select max(at) as last from evidence
                        where incident = :incident and actor <> :self and kind not in (:others)""")
                .param("incident", incident.value())
                .param("self", Entry.SELF)
                .param("others", NOT_OF_PEOPLE)
                .query((row, i) -> Optional.ofNullable(Incidents.instant(row, "last")))
                .single();
    }

    /** When this element of a model last looked for an incident. */
    public Optional<Instant> lastLook(IncidentNumber incident, String element) {
        return jdbc.sql("select max(at) as last from evidence where incident = :incident and activity = :element")
                .param("incident", incident.value())
                .param("element", element)
                .query((row, i) -> Optional.ofNullable(Incidents.instant(row, "last")))
                .single();
    }

    /** @param after the id of the last entry that is already known; 0 for none */
    public List<Recorded> of(IncidentNumber incident, long after, int limit) {
        List<Recorded> entries = jdbc.sql(
                        "select * from evidence where incident = :incident and id > :after order by id limit :limit")
                .param("incident", incident.value())
                .param("after", after)
                .param("limit", limit)
                .query((row, i) -> new Recorded(
                        row.getLong("id"),
                        Incidents.instant(row, "at"),
                        Entry.Kind.valueOf(row.getString("kind")),
                        row.getString("actor"),
                        row.getString("activity"),
                        row.getString("summary"),
                        Details.read(row.getString("details")),
                        row.getString("hash") != null,
                        List.of()))
                .list();
        Map<Long, List<Kept>> kept = artefacts
                .of(entries.stream().map(Recorded::id).toList())
                .stream()
                .collect(Collectors.groupingBy(Kept::evidence));
        return entries.stream()
                .map(entry -> entry.with(kept.getOrDefault(entry.id(), List.of())))
                .toList();
    }
}
