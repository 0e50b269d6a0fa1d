package org.incidentorchestrator.runbook;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.verb.Verbs;
import org.springframework.lang.Nullable;

/**
 * What steps take and give, by name and type. An older program has left such values in the database: in proposals that wait
 * for an answer, in results that a retry reads, in the variables of processes.
 *
 * @param types by {@code restartWorkload takes target}; a type that may be left out ends in a question mark
 */
record StepValues(Map<String, String> types) {
    private static final String MAY_LACK = "?";
    private static final String TAKES = " takes ";

    static StepValues ofToday() {
        return of(Verbs.all());
    }

    static StepValues of(Collection<? extends Step<?, ?>> steps) {
        Map<String, String> types = new TreeMap<>();
        steps.forEach(step -> {
            put(types, step.name() + TAKES, step.input());
            put(types, step.name() + " gives ", step.output());
        });
        return new StepValues(types);
    }

    private static void put(Map<String, String> types, String of, Class<? extends Record> record) {
        for (RecordComponent each : record.getRecordComponents()) {
            boolean mayLack = each.getAccessor().isAnnotationPresent(Nullable.class);
            types.put(of + each.getName(), each.getGenericType().getTypeName() + (mayLack ? MAY_LACK : ""));
        }
    }

    static StepValues read(List<String> lines) {
        Map<String, String> types = new TreeMap<>();
        lines.stream().map(line -> line.split("\t")).forEach(cells -> types.put(cells[0], cells[1]));
        return new StepValues(types);
    }

    List<String> lines() {
        return types.entrySet().stream()
                .map(each -> each.getKey() + "\t" + each.getValue())
                .toList();
    }

    /** What these, of today, cannot read of what those of a release have written, with what to do. */
    Stream<String> faults(StepValues released) {
        return Stream.concat(
                released.types.entrySet().stream()
                        .filter(was -> !stays(was.getKey(), was.getValue()))
                        .map(was -> "%s was %s and is %s: keep it as it was, and give what is new a name of its own"
                                .formatted(was.getKey(), was.getValue(), types.getOrDefault(was.getKey(), "gone"))),
                types.entrySet().stream()
                        .filter(is -> !released.types.containsKey(is.getKey()))
                        .filter(is ->
                                released.takes(is.getKey()) && !is.getValue().endsWith(MAY_LACK))
                        .map(is -> "%s is new, and proposals of the release have none: make it @Nullable"
                                .formatted(is.getKey())));
    }

    /** What a step asks for may become less, and what it gives has to stay. */
    private boolean stays(String value, String was) {
        String is = types.getOrDefault(value, "");
        return is.equals(was) || value.contains(TAKES) && is.equals(was + MAY_LACK);
    }

    /** Whether the release had the step of such a value, and it is one that it takes. */
    private boolean takes(String value) {
        int at = value.indexOf(TAKES);
        return at > 0 && types.keySet().stream().anyMatch(each -> each.startsWith(value.substring(0, at) + " "));
    }
}
