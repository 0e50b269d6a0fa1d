package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.RESPONDER;
import static org.incidentorchestrator.program.Attack.closed;
import static org.incidentorchestrator.program.Attack.delete;
import static org.incidentorchestrator.program.Attack.post;
import static org.incidentorchestrator.program.Attack.put;

import java.util.List;

/** Decides when the engine does what it would do by itself. */
final class JobAttacks {
    private JobAttacks() {}

    static List<Attack> all() {
        return List.of(
                closed("execute a timer now", post(s -> "/job/" + s.job() + "/execute"), Effect.jobGone()),
                closed(
                        "put a timer off",
                        put(s -> "/job/" + s.job() + "/duedate", "{\"duedate\": \"2036-01-01T00:00:00.000+0000\"}"),
                        Effect.job(job -> job.path("dueDate").asText().startsWith("2036"))),
                closed(
                        "recalculate a timer",
                        post(s -> "/job/" + s.job() + "/duedate/recalculate"),
                        Effect.logged("RecalculateDueDate")),
                closed(
                        "suspend a timer",
                        put(s -> "/job/" + s.job() + "/suspended", "{\"suspended\": true}"),
                        Effect.job(job -> job.path("suspended").asBoolean())),
                closed(
                        "lower a timer's priority",
                        put(s -> "/job/" + s.job() + "/priority", "{\"priority\": -1}"),
                        Effect.job(job -> job.path("priority").asInt() == -1)),
                closed("delete a timer", delete(s -> "/job/" + s.job()), Effect.jobGone()),
                Attack.of(
                        "take a timer its retries",
                        RESPONDER,
                        put(s -> "/job/" + s.job() + "/retries", "{\"retries\": 0}"),
                        Effect.job(job -> job.path("retries").asInt(-1) == 0),
                        Control.ADDRESSES,
                        Control.PERMISSIONS));
    }
}
