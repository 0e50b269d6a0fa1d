package org.incidentorchestrator.incident;

import java.time.Instant;
import java.util.Locale;
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

    Conditions conditions() {
        var all = new Conditions();
        state(all);
        if (number != null) {
            all.and("number = :number", "number", number.value());
        }
        if (service != null && !service.isEmpty()) {
            service(all, service.toLowerCase(Locale.ROOT));
        }
        equal(all, "namespace", namespace);
        equal(all, "runbook", runbook);
        equal(all, "severity", severity == null ? null : severity.name());
        if (person != null) {
            // Asked of each incident, newest first, until the page is full: H2 would read all of a busy person's
            // entries first.
            all.and(
                    "exists (select 1 from evidence where actor = :person and evidence.incident = incident.number)",
                    "person",
                    person);
        }
        if (from != null) {
            all.and("opened_at >= :from", "from", Incidents.utc(from));
        }
        if (to != null) {
            all.and("opened_at < :to", "to", Incidents.utc(to));
        }
        return all;
    }

    private void state(Conditions all) {
        if (state == Listed.OPEN) {
            all.and("open_key is not null");
        } else if (state == Listed.CLOSED) {
            all.and("closed_at is not null");
        }
    }

    private static void equal(Conditions all, String column, String value) {
        if (value != null) {
            all.and(column + " = :" + column, column, value);
        }
    }

    /** A range, which both databases find in an index; of {@code LIKE} that is not so. */
    private static void service(Conditions all, String begins) {
        int last = begins.codePointBefore(begins.length());
        String after = begins.substring(0, begins.length() - Character.charCount(last)) + Character.toString(last + 1);
        all.and("service >= :service", "service", begins);
        all.and("service < :afterService", "afterService", after);
    }
}
