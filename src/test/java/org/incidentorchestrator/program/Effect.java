package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * What shows that an attack has worked. An answer of 2xx alone does not: it has to have moved something, which was not so
 * before.
 */
@FunctionalInterface
interface Effect {
    boolean seen(AttackScene scene);

    static Effect variable(String name) {
        return scene ->
                scene.count("/variable-instance", "processInstanceIdIn=" + scene.instance(), "variableName=" + name)
                        > 0;
    }

    static Effect noVariable(String name) {
        Effect there = variable(name);
        return scene -> !there.seen(scene);
    }

    /** Of the scene's task, as long as it is open. */
    static Effect task(Predicate<JsonNode> holds) {
        return scene -> scene.tasks().stream()
                .filter(task -> task.path("id").asText().equals(scene.task()))
                .anyMatch(holds);
    }

    static Effect taskGone() {
        return scene -> scene.tasks().stream()
                .noneMatch(task -> task.path("id").asText().equals(scene.task()));
    }

    /** By its answer, and not by being taken away. */
    static Effect taskCompleted() {
        return scene -> scene.get("/history/task?taskId=" + scene.task())
                .path(0)
                .path("deleteReason")
                .asText()
                .equals("completed");
    }

    /** Somebody who is invited to the scene's task, a person or a group. */
    static Effect invited(String id) {
        return scene -> {
            for (JsonNode link : scene.get("/task/" + scene.task() + "/identity-links")) {
                if (link.path("userId").asText().equals(id)
                        || link.path("groupId").asText().equals(id)) {
                    return true;
                }
            }
            return false;
        };
    }

    static Effect not(Effect effect) {
        return scene -> !effect.seen(scene);
    }

    /** Of the timer that pages the second level. */
    static Effect job(Predicate<JsonNode> holds) {
        return scene -> holds.test(scene.get("/job?jobId=" + scene.job()).path(0));
    }

    static Effect jobGone() {
        return scene -> scene.get("/job?jobId=" + scene.job()).isEmpty();
    }

    static Effect suspended() {
        return scene ->
                scene.count("/process-instance", "suspended=true", "processInstanceIds=" + scene.instance()) > 0;
    }

    static Effect instanceGone() {
        return scene -> scene.count("/process-instance", "processInstanceIds=" + scene.instance()) == 0;
    }

    /** No token waits at this element of the scene's process any more. */
    static Effect left(String activity) {
        return scene ->
                scene.count("/execution", "processInstanceId=" + scene.instance(), "activityId=" + activity) == 0;
    }

    /** A process of one of the models of by-hand.bpmn is where it ends. */
    static Effect ended(String model, String activity) {
        return scene -> scene.count(
                        "/history/activity-instance",
                        "processInstanceId=" + scene.waiting(model),
                        "activityId=" + activity)
                > 0;
    }

    /** There is one now, and none before. */
    static Effect found(String what, Attack.Text query) {
        return scene -> scene.count(what, query.of(scene)) > 0;
    }

    /** There are more of them than when it was first asked. */
    static Effect more(String what, Attack.Text query) {
        return scene -> {
            int now = scene.count(what, query.of(scene));
            return now > scene.first(what, now);
        };
    }

    /** The engine's own log has it, which is written with what it did. */
    static Effect logged(String operation) {
        return found(
                "/history/user-operation",
                scene -> "operationType=" + operation + "&processInstanceId=" + scene.instance());
    }
}
