package org.incidentorchestrator.runbook;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What variables of a release's models held while scenarios were played, by the engine's types. An incident that is open has
 * them as the older program wrote them.
 *
 * @param types by the variable's name; what was never anything but null has none
 */
record VariableTypes(Map<String, Set<String>> types) {
    static VariableTypes none() {
        return new VariableTypes(new TreeMap<>());
    }

    /** Adds what the models of a deployment have written so far. */
    void addThoseOf(String deployment, JdbcClient jdbc) {
        jdbc.sql(
                        """
                        select distinct v.name_ as name, v.var_type_ as type from act_hi_varinst v
                          join act_re_procdef d on d.id_ = v.proc_def_id_
                         where d.deployment_id_ = :deployment and v.var_type_ <> 'null'""")
                .param("deployment", deployment)
                .query((row, each) -> Map.entry(row.getString("name"), row.getString("type")))
                .list()
                .forEach(each -> add(each.getKey(), Set.of(each.getValue())));
    }

    private void add(String variable, Set<String> more) {
        types.computeIfAbsent(variable, any -> new TreeSet<>()).addAll(more);
    }

    static VariableTypes read(List<String> lines) {
        VariableTypes read = none();
        lines.stream()
                .map(line -> line.split("\t"))
                .forEach(cells -> read.add(cells[0], Set.copyOf(Arrays.asList(cells[1].split(", ")))));
        return read;
    }

    List<String> lines() {
        return types.entrySet().stream()
                .map(each -> each.getKey() + "\t" + String.join(", ", each.getValue()))
                .toList();
    }

    /** What is written now and was of another type then, with what to do. */
    Stream<String> faults(VariableTypes released) {
        return types.entrySet().stream()
                .filter(now -> released.types.containsKey(now.getKey()))
                .filter(now -> !released.types.get(now.getKey()).containsAll(now.getValue()))
                .map(now -> "%s is written as %s and was %s: keep it as it was, and give what is new a name of its own"
                        .formatted(
                                now.getKey(),
                                String.join(" or ", now.getValue()),
                                String.join(" or ", released.types.get(now.getKey()))));
    }
}
