package org.incidentorchestrator.incident;

import java.util.Map;

/**
 * A condition on incidents for which there is an index. Where few fulfil it the index tells which; where many do, each
 * incident is asked, newest first, until the page is full: to read and sort all of them first would take seconds.
 *
 * @param name tells it from the others of a search
 * @param numbers the statement that reads the numbers of those that fulfil it, in no order, over the index
 * @param asked the same as a condition of one incident, for which no index is used
 * @param values of both
 */
record Lookup(String name, String numbers, String asked, Map<String, Object> values) {
    /** So many rows are read from an index at once. */
    static final int FEW = 1000;

    /** @param person whoever did anything for it */
    static Lookup person(String person) {
        return new Lookup(
                "ofPerson",
                "select incident from evidence where actor = :person and incident is not null",
                "exists (select 1 from evidence where actor = :person and evidence.incident = incident.number)",
                Map.of("person", person));
    }

    /** Opened from then, {@code :from}, until then, {@code :to}, or one of the two. */
    static Lookup opened(Map<String, Object> times) {
        String from = times.containsKey("from") ? "opened_at >= :from" : "1 = 1";
        String to = times.containsKey("to") ? "opened_at < :to" : "1 = 1";
        String between = from + " and " + to;
        return new Lookup(
                "ofTime",
                "select number from incident where " + between,
                between.replace("opened_at", "coalesce(opened_at)"),
                times);
    }
}
