package org.incidentorchestrator.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.Incidents.Listed;

/**
 * Which incidents somebody looks for; null for what does not matter to them. All that is given has to fit.
 *
 * @param service how the workload's name begins, whatever its case
 * @param runbook the key of the procedure it was sent to
 * @param person a user id: whoever did anything for it, as its record says
 * @param from not opened before; @param to opened before
 */
public record IncidentFilter(
        Listed state,
        IncidentNumber number,
        String service,
        String namespace,
        String runbook,
        Severity severity,
        String person,
        Instant from,
        Instant to) {

    public static IncidentFilter of(Listed state) {
        return new IncidentFilter(state, null, null, null, null, null, null, null, null);
    }

    /**
     * What has no index. Each is asked of the incidents themselves, newest first, until the page is full; when hardly any fits, of all of them,
     * which takes H2 a quarter of a second of processor time among 100,000. Over an index it would first read and sort all
     * that fits: seconds where that is most of them.
     */
    Conditions conditions() {
        var all = new Conditions();
        state(all);
        if (number != null) {
            all.and("number = :number", "number", number.value());
        }
        if (service != null) {
            all.and("lower(workload) like lower(:service) escape '!'", "service", beginning(service));
        }
        equal(all, "namespace", namespace);
        equal(all, "runbook", runbook);
        equal(all, "severity", severity == null ? null : severity.name());
        return all;
    }

    /** What else has to be fulfilled: what an index may tell. */
    List<Lookup> lookups() {
        List<Lookup> all = new ArrayList<>();
        if (person != null) {
            all.add(Lookup.person(person));
        }
        Map<String, Object> times = new HashMap<>();
        if (from != null) {
            times.put("from", Incidents.utc(from));
        }
        if (to != null) {
            times.put("to", Incidents.utc(to));
        }
        if (!times.isEmpty()) {
            all.add(Lookup.opened(times));
        }
        return all;
    }

    private void state(Conditions all) {
        if (state == Listed.OPEN) {
            // Few are, and they may be old: this is found in the index.
            all.and(Incidents.OPEN);
        } else if (state == Listed.CLOSED) {
            all.and("closed_at is not null");
        }
    }

    private static void equal(Conditions all, String column, String value) {
        if (value != null) {
            all.and(column + " = :" + column, column, value);
        }
    }

    /** What people write is no pattern. */
    private static String beginning(String text) {
        return text.replaceAll("[!%_]", "!$0") + "%";
    }
}
