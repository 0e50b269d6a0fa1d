package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.ADMIN;
import static org.incidentorchestrator.program.Attack.closed;
import static org.incidentorchestrator.program.Attack.post;

import java.util.List;
import org.incidentorchestrator.program.Attacker.Answer;

/** Tells processes that something has happened, which has not. */
final class EventAttacks {
    private static final String ACKNOWLEDGEMENT = "receiveTask_awaitAcknowledgement";

    private EventAttacks() {}

    static List<Attack> all() {
        return List.of(
                closed(
                        "tell that the incident has ended",
                        post(
                                s -> "/message",
                                s -> "{\"messageName\": \"incident.ended\", \"businessKey\": \"" + s.incident()
                                        + "\", \"all\": true}"),
                        Effect.taskGone()),
                closed(
                        "tell it later",
                        post(
                                s -> "/process-instance/message-async",
                                s -> "{\"messageName\": \"incident.acknowledged\", \"processInstanceIds\": [\""
                                        + s.instance() + "\"]}"),
                        Effect.left(ACKNOWLEDGEMENT)),
                closed(
                        "trigger a waiting message",
                        post(s -> "/execution/" + s.execution(ACKNOWLEDGEMENT)
                                + "/messageSubscriptions/incident.acknowledged/trigger"),
                        Effect.left(ACKNOWLEDGEMENT)),
                closed(
                        "signal an execution",
                        post(s -> "/execution/" + s.execution(ACKNOWLEDGEMENT) + "/signal"),
                        Effect.left(ACKNOWLEDGEMENT)),
                closed(
                        "send a signal",
                        post(
                                s -> "/signal",
                                s -> "{\"name\": \"approved\", \"executionId\": \""
                                        + s.execution(s.waiting("by-signal"), "told") + "\"}"),
                        Effect.ended("by-signal", "end_3")),
                closed(
                        "let a condition hold",
                        post(
                                s -> "/condition",
                                s -> "{\"businessKey\": \"" + s.incident()
                                        + "\", \"variables\": {\"approved\": {\"value\": true, \"type\": \"Boolean\"}}}"),
                        Effect.found(
                                "/process-instance",
                                s -> "processDefinitionKey=by-condition&businessKey=" + s.incident())),
                closed("do an external worker's task", EventAttacks::work, Effect.ended("by-worker", "end_5")),
                closed(
                        "have external tasks tried again, later",
                        post(
                                s -> "/external-task/retries-async",
                                s -> "{\"externalTaskIds\": [\"" + worker(s) + "\"], \"retries\": 7}"),
                        s -> s.get("/external-task?externalTaskId=" + worker(s))
                                        .path(0)
                                        .path("retries")
                                        .asInt()
                                == 7),
                Attack.of(
                        "save a filter with an expression",
                        ADMIN,
                        post(
                                s -> "/filter/create",
                                s -> "{\"resourceType\": \"Task\", \"name\": \"all of " + s.incident()
                                        + "\", \"query\": {\"assigneeExpression\": \"${proposals}\"}}"),
                        Effect.found("/filter", s -> "name=all+of+" + s.incident()),
                        Control.DOOR));
    }

    private static String worker(AttackScene scene) {
        return scene.get("/external-task?processInstanceId=" + scene.waiting("by-worker"))
                .path(0)
                .path("id")
                .asText();
    }

    private static Answer work(Attacker attacker, AttackScene scene) {
        String task = "/external-task/" + worker(scene);
        Answer locked = attacker.ask("POST", task + "/lock", "{\"workerId\": \"mallory\", \"lockDuration\": 60000}");
        return locked.done() ? attacker.ask("POST", task + "/complete", "{\"workerId\": \"mallory\"}") : locked;
    }
}
