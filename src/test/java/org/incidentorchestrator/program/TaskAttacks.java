package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.ADMIN;
import static org.incidentorchestrator.program.Attack.RESPONDER;
import static org.incidentorchestrator.program.Attack.closed;
import static org.incidentorchestrator.program.Attack.post;
import static org.incidentorchestrator.program.Attack.put;

import java.util.List;
import org.incidentorchestrator.program.Attack.Attempt;

/** Ends, takes or gives away a person's task in another way than by its form and in one's own name. */
final class TaskAttacks {
    private static final String ENDED =
            "\"action\": {\"value\": \"notAnIncident\"}, \"reason\": {\"value\": \"an attack\"}";

    private TaskAttacks() {}

    static List<Attack> all() {
        return List.of(
                Attack.of(
                        "complete what nobody has claimed",
                        RESPONDER,
                        answered("complete", ENDED),
                        Effect.taskCompleted(),
                        Control.CLAIMER),
                Attack.of(
                        "complete what another has claimed",
                        ADMIN,
                        claimed("complete", ENDED),
                        Effect.taskCompleted(),
                        Control.CLAIMER),
                Attack.of(
                        "complete with approved=true besides",
                        RESPONDER,
                        claimed("complete", ENDED + ", \"approved\": {\"value\": true}"),
                        Effect.found(
                                "/history/variable-instance",
                                s -> "variableName=approved&processInstanceId=" + s.instance()),
                        Control.FORM),
                Attack.of(
                        "submit the form with a field more",
                        RESPONDER,
                        claimed("submit-form", ENDED + ", \"decision\": {\"value\": \"apply\"}"),
                        Effect.found(
                                "/history/variable-instance",
                                s -> "variableName=decision&processInstanceId=" + s.instance()),
                        Control.FORM),
                Attack.of(
                        "claim in another's name",
                        RESPONDER,
                        post(s -> "/task/" + s.task() + "/claim", s -> "{\"userId\": \"approver\"}"),
                        has("assignee", "approver"),
                        Control.CLAIM,
                        Control.OTHERS_NAME),
                Attack.of(
                        "claim in another's name, as administrator",
                        ADMIN,
                        post(s -> "/task/" + s.task() + "/claim", s -> "{\"userId\": \"approver\"}"),
                        has("assignee", "approver"),
                        Control.CLAIM),
                closed(
                        "delegate",
                        post(s -> "/task/" + s.task() + "/delegate", s -> "{\"userId\": \"auditor\"}"),
                        has("delegationState", "PENDING")),
                closed(
                        "resolve with variables",
                        answered("resolve", "\"decision\": {\"value\": \"approved\"}"),
                        Effect.variable("decision")),
                closed(
                        "give it to another",
                        post(s -> "/task/" + s.task() + "/assignee", s -> "{\"userId\": \"auditor\"}"),
                        has("assignee", "auditor")),
                closed(
                        "invite another to it",
                        post(
                                s -> "/task/" + s.task() + "/identity-links",
                                s -> "{\"userId\": \"auditor\", \"type\": \"candidate\"}"),
                        Effect.invited("auditor")),
                closed(
                        "uninvite a group from it",
                        post(
                                s -> "/task/" + s.task() + "/identity-links/delete",
                                s -> "{\"groupId\": \"l1\", \"type\": \"candidate\"}"),
                        Effect.not(Effect.invited("l1"))),
                closed(
                        "change its owner and its name",
                        put(s -> "/task/" + s.task(), "{\"name\": \"Done\", \"owner\": \"auditor\", \"priority\": 1}"),
                        has("owner", "auditor")),
                closed(
                        "leave it by an escalation",
                        post(s -> "/task/" + byHand(s) + "/bpmnEscalation", s -> "{\"escalationCode\": \"higher\"}"),
                        Effect.ended("by-hand", "escalated")),
                closed(
                        "leave it by an error",
                        post(s -> "/task/" + byHand(s) + "/bpmnError", s -> "{\"errorCode\": \"enough\"}"),
                        Effect.ended("by-hand", "failed")),
                closed(
                        "make a task",
                        post(s -> "/task/create", s -> "{\"name\": \"Approve change of " + s.incident() + "\"}"),
                        Effect.found("/task", s -> "nameLike=%25change+of+" + s.incident())));
    }

    private static Effect has(String field, String value) {
        return Effect.task(task -> task.path(field).asText().equals(value));
    }

    private static String byHand(AttackScene scene) {
        return scene.get("/history/task?taskDefinitionKey=byHand&processInstanceId=" + scene.waiting("by-hand"))
                .path(0)
                .path("id")
                .asText();
    }

    private static Attempt answered(String operation, String variables) {
        return post(s -> "/task/" + s.task() + "/" + operation, s -> "{\"variables\": {" + variables + "}}");
    }

    /** After the responder has claimed it. */
    private static Attempt claimed(String operation, String variables) {
        return (attacker, scene) -> {
            if (!has("assignee", RESPONDER).seen(scene)) {
                scene.claimedBy(RESPONDER);
            }
            return answered(operation, variables).by(attacker, scene);
        };
    }
}
