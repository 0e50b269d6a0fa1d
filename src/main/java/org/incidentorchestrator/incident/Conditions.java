package org.incidentorchestrator.incident;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What rows have to fulfil, all of it; values are bound, never written into the statement. */
final class Conditions {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    void and(String condition) {
        conditions.add(condition);
    }

    void and(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    void and(String condition, Map<String, Object> itsValues) {
        conditions.add(condition);
        values.putAll(itsValues);
    }

    /** {@code where …}, or nothing when nothing is asked for. */
    String where() {
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}
