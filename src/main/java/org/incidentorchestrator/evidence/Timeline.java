package org.incidentorchestrator.evidence;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads an incident's entries in the order they were appended, with what was kept of each: one statement each time. */
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

    public Timeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
     * When a person last did anything about each of these incidents (a claim, a note, a decision, an answer), or one of
     * these elements of a model last looked, whichever was later. What a paging system sent is none of it, nor is what
     * was refused. Of an incident for which there was neither, nothing. One query.
     */
    public Map<IncidentNumber, Instant> lastHeard(Collection<IncidentNumber> incidents, Collection<String> elements) {
        return incidents.isEmpty()
                ? Map.of()
                : jdbc
                        .sql(
                                """
                        select incident, max(at) as last from evidence
                        where incident in (:incidents)
                            and (actor <> :self and kind not in (:others) or activity in (:elements))
                        group by incident""")
                        .param(
                                "incidents",
                                incidents.stream().map(IncidentNumber::value).toList())
                        .param("self", Entry.SELF)
                        .param("others", NOT_OF_PEOPLE)
                        .param("elements", elements)
                        .query((row, i) ->
                                Map.entry(new IncidentNumber(row.getLong("incident")), Incidents.instant(row, "last")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What was recorded at these elements of models. */
    public List<Recorded> at(IncidentNumber incident, Collection<String> elements) {
        return elements.isEmpty()
                ? List.of()
                : jdbc.sql(RecordedRows.of("incident = :incident and activity in (:elements)"))
                        .param("incident", incident.value())
                        .param("elements", elements)
                        .query(new RecordedRows());
    }

    /** @param after the id of the last entry that is already known; 0 for none */
    public List<Recorded> of(IncidentNumber incident, long after, int limit) {
        return jdbc.sql(RecordedRows.of("incident = :incident and id > :after order by id limit :limit"))
                .param("incident", incident.value())
                .param("after", after)
                .param("limit", limit)
                .query(new RecordedRows());
    }
}
