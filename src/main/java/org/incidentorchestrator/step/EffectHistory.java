package org.incidentorchestrator.step;

import static org.incidentorchestrator.incident.Incidents.instant;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.incidentorchestrator.step.RecordedEffect.Became;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ledger as people read it afterwards: what was sent for an incident, and what the verifying looks said. */
@Repository
public class EffectHistory {
    /** The looks that say whether a change has helped, and where in their output. */
    static final Map<String, String> VERIFYING = Map.of("checkRecovery", "recovery", "checkIsolation", "isolation");

    private static final List<String> SINCE = List.of("recoveredSince", "isolatedSince");
    private static final String LEASE = "leaseUntil";

    private final JdbcClient jdbc;

    EffectHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they were intended. */
    public List<RecordedEffect> effects(IncidentNumber incident) {
        return jdbc.sql("select * from step_ledger where incident = :incident and state <> 'LOOKED' order by id")
                .param("incident", incident.value())
                .query(EffectHistory::effect)
                .list();
    }

    /** In the order in which they were taken; of one whose output was removed by age nothing is known. */
    public List<RecordedVerification> verifications(IncidentNumber incident) {
        return jdbc.sql(
                        """
                        select step, result_at, output from step_ledger
                        where incident = :incident and state = 'LOOKED' and step in (:steps) and output is not null
                        order by id""")
                .param("incident", incident.value())
                .param("steps", VERIFYING.keySet())
                .query((row, i) ->
                        verification(instant(row, "result_at"), row.getString("step"), output(row.getString("output"))))
                .list();
    }

    private static RecordedVerification verification(Instant at, String step, JsonNode output) {
        return new RecordedVerification(
                at,
                output.path(VERIFYING.get(step)).asText("unknown"),
                SINCE.stream().flatMap(name -> time(output, name).stream()).findFirst());
    }

    private static RecordedEffect effect(ResultSet row, int ignored) throws SQLException {
        long proposal = row.getLong("proposal");
        OptionalLong acted = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(proposal);
        Instant result = instant(row, "result_at");
        return new RecordedEffect(
                row.getString("job_id") + "/" + row.getString("activity_id") + "/" + row.getInt("loop_counter"),
                row.getString("activity_id"),
                row.getString("step"),
                row.getString("target"),
                text(row.getString("kubectl")),
                acted,
                became(State.valueOf(row.getString("state"))),
                result == null ? instant(row, "intent_at") : result,
                note(row.getString("note")),
                time(output(row.getString("output")), LEASE));
    }

    private static Became became(State state) {
        return switch (state) {
            case INTENT -> Became.INTENDED;
            case APPLIED, APPLIED_RECOVERED -> Became.APPLIED;
            case REHEARSED -> Became.REHEARSED;
            case UNKNOWN -> Became.UNKNOWN;
            case ABANDONED -> Became.ABANDONED;
            default -> Became.FAILED;
        };
    }

    /** Of what was refused the row keeps the whole refusal, which may have been cut. */
    private static String note(String note) {
        try {
            return note == null || !note.startsWith("{")
                    ? text(note)
                    : Json.read(note, StepOutcome.Refused.class).message();
        } catch (IllegalStateException cut) {
            return note;
        }
    }

    private static JsonNode output(String json) {
        return Json.read(json == null ? "{}" : json, JsonNode.class);
    }

    private static Optional<Instant> time(JsonNode output, String name) {
        try {
            return Optional.of(output.path(name).asText())
                    .filter(text -> !text.isEmpty() && !text.equals("null"))
                    .map(Instant::parse);
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }
}
