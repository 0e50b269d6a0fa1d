package org.incidentorchestrator.runbook.history;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the processes of an incident knew: of each variable the latest value, redacted. One query, which the engine's API
 * needs as many for as there are long values.
 */
@Component
public final class RunVariables {
    /** What a form showed is told by the proposals and approvals themselves. */
    private static final Set<String> FORMS = Set.of("approvalRequest");

    private static final Comparator<Variable> LATEST = Comparator.comparing(Variable::at);

    private final JdbcClient jdbc;
    private final Redaction redaction;

    RunVariables(JdbcClient jdbc, Redaction redaction) {
        this.jdbc = jdbc;
        this.redaction = redaction;
    }

    /**
     * @param instance the process instance that has it, itself or at one of its elements
     * @param type as the engine calls it: string, json, long, boolean, null …
     * @param value a text, a number or true or false; null for null, and for what no text can show
     * @param at when it was set last
     */
    public record Variable(String instance, String name, String type, Object value, Instant at) {}

    private record Name(String instance, String variable) {}

    /** By instance and name, in the order of the alphabet. */
    public List<Variable> of(IncidentNumber incident) {
        Collection<Variable> latest = rows(incident).stream()
                .filter(variable -> !FORMS.contains(variable.name()))
                .collect(Collectors.toMap(
                        variable -> new Name(variable.instance(), variable.name()),
                        variable -> variable,
                        BinaryOperator.maxBy(LATEST)))
                .values();
        return latest.stream()
                .sorted(Comparator.comparing(Variable::instance).thenComparing(Variable::name))
                .map(this::redacted)
                .toList();
    }

    private List<Variable> rows(IncidentNumber incident) {
        return jdbc.sql(
                        """
                        select v.proc_inst_id_, v.name_, v.var_type_, v.text_, v.long_, v.double_, b.bytes_,
                            coalesce((select max(d.time_) from act_hi_detail d where d.var_inst_id_ = v.id_), v.create_time_)
                                as set_at
                        from act_hi_procinst p
                        join act_hi_varinst v on v.proc_inst_id_ = p.id_
                        left join act_ge_bytearray b on b.id_ = v.bytearray_id_ and v.var_type_ = 'json'
                        where p.business_key_ = :incident and v.state_ = 'CREATED'""")
                .param("incident", incident.toString())
                .query(RunVariables::read)
                .list();
    }

    private static Variable read(ResultSet row, int ignored) throws SQLException {
        return new Variable(
                row.getString("proc_inst_id_"),
                row.getString("name_"),
                row.getString("var_type_"),
                value(row),
                RunInstances.instant(row, "set_at"));
    }

    private static Object value(ResultSet row) throws SQLException {
        return switch (row.getString("var_type_")) {
            case "string" -> row.getString("text_");
            case "boolean" -> row.getObject("long_") == null ? null : row.getLong("long_") == 1;
            case "integer", "long", "short" -> row.getObject("long_");
            case "double" -> row.getObject("double_");
            case "date" ->
                row.getObject("long_") == null
                        ? null
                        : Instant.ofEpochMilli(row.getLong("long_")).toString();
            case "json" -> text(row.getBytes("bytes_"));
            default -> null;
        };
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private Variable redacted(Variable variable) {
        Object shown = variable.value() == null ? null : redaction.apply(variable.name(), variable.value());
        return new Variable(variable.instance(), variable.name(), variable.type(), shown, variable.at());
    }
}
