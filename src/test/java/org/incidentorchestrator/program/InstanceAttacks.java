package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.ADMIN;
import static org.incidentorchestrator.program.Attack.closed;
import static org.incidentorchestrator.program.Attack.delete;
import static org.incidentorchestrator.program.Attack.post;
import static org.incidentorchestrator.program.Attack.put;

import java.util.List;
import org.incidentorchestrator.program.Attack.Attempt;
import org.incidentorchestrator.program.Attacker.Answer;

/** Moves, begins, suspends or removes processes by hand. */
final class InstanceAttacks {
    private static final String PAGED = "\"level\": {\"value\": 1, \"type\": \"Integer\"}, \"ladderArmedAt\":"
            + " {\"value\": \"2026-01-01T00:00:00Z\"}";
    private static final String AT_THE_TASK =
            "\"instructions\": [{\"type\": \"cancel\", \"activityId\": \"userTask_respondToIncident\"}]";

    private InstanceAttacks() {}

    static List<Attack> all() {
        Effect another = Effect.more(
                "/history/process-instance",
                s -> "processDefinitionKey=page-responders&processInstanceBusinessKey=" + s.incident());
        Effect begunAgain = Effect.more("/history/process-instance", s -> {
            s.endedByHand();
            return "processDefinitionKey=by-hand&processInstanceBusinessKey=" + s.incident();
        });
        Effect moved = s -> s.count(
                        "/process-instance",
                        "processDefinitionKey=by-hand-without-a-gate",
                        "processInstanceIds=" + s.waiting("by-hand"))
                > 0;
        return List.of(
                closed(
                        "start behind the look and the decision",
                        post(
                                s -> "/process-definition/" + s.definition() + "/start",
                                s -> "{\"businessKey\": \"" + s.incident()
                                        + "\", \"variables\": {\"incident\": {\"value\": \"" + s.incident() + "\"}, "
                                        + PAGED
                                        + "}, \"startInstructions\": [{\"type\": \"startBeforeActivity\","
                                        + " \"activityId\": \"receiveTask_awaitHandBack\"}]}"),
                        another),
                Attack.of(
                        "start by an empty form what nobody starts",
                        ADMIN,
                        post(
                                s -> "/process-definition/" + s.definition() + "/submit-form",
                                s -> "{\"businessKey\": \"" + s.incident() + "\", \"variables\": {\"incident\":"
                                        + " {\"value\": \"" + s.incident() + "\"}, " + PAGED + "}}"),
                        another,
                        Control.CHECKER),
                closed("modify: cancel the task", modify("modification", ""), Effect.taskGone()),
                closed(
                        "modify without listeners",
                        modify("modification", ", \"skipCustomListeners\": true"),
                        Effect.taskGone()),
                closed("modify later", modify("modification-async", ""), Effect.taskGone()),
                Attack.of(
                        "modify many",
                        ADMIN,
                        many("/modification/execute"),
                        Effect.taskGone(),
                        Control.ADDRESSES,
                        Control.DOOR,
                        Control.CHECKER),
                closed("modify many, later", many("/modification/executeAsync"), Effect.taskGone()),
                closed("migrate to a model without a gate", migrate("/migration/execute"), moved),
                closed("migrate later", migrate("/migration/executeAsync"), moved),
                Attack.of(
                        "restart what has ended",
                        ADMIN,
                        restart("restart"),
                        begunAgain,
                        Control.ADDRESSES,
                        Control.DOOR,
                        Control.CHECKER),
                closed("restart later", restart("restart-async"), begunAgain),
                closed(
                        "suspend the process",
                        put(s -> "/process-instance/" + s.instance() + "/suspended", "{\"suspended\": true}"),
                        Effect.suspended()),
                closed(
                        "suspend processes later",
                        post(
                                s -> "/process-instance/suspended-async",
                                s -> "{\"suspended\": true, \"processInstanceIds\": [\"" + s.instance() + "\"]}"),
                        Effect.suspended()),
                closed(
                        "suspend all of a kind",
                        InstanceAttacks::suspendAll,
                        Effect.more(
                                "/history/user-operation",
                                s -> "operationType=SuspendProcessDefinition&processDefinitionId=" + s.definition())),
                Attack.of(
                        "delete the process of an open incident",
                        ADMIN,
                        delete(s -> "/process-instance/" + s.instance() + "?skipCustomListeners=true"),
                        Effect.instanceGone(),
                        Control.CHECKER),
                closed(
                        "delete processes later",
                        post(
                                s -> "/process-instance/delete",
                                s -> "{\"processInstanceIds\": [\"" + s.instance() + "\"]}"),
                        Effect.instanceGone()));
    }

    private static Attempt modify(String operation, String more) {
        return post(s -> "/process-instance/" + s.instance() + "/" + operation, s -> "{" + AT_THE_TASK + more + "}");
    }

    private static Attempt many(String path) {
        return post(
                s -> path,
                s -> "{\"processDefinitionId\": \"" + s.definition() + "\", \"processInstanceIds\": [\"" + s.instance()
                        + "\"], " + AT_THE_TASK + "}");
    }

    private static Attempt migrate(String path) {
        return post(
                s -> path,
                s -> "{\"migrationPlan\": {\"sourceProcessDefinitionId\": \"" + definition(s, "by-hand")
                        + "\", \"targetProcessDefinitionId\": \"" + definition(s, "by-hand-without-a-gate")
                        + "\", \"instructions\": [{\"sourceActivityIds\": [\"byHand\"], \"targetActivityIds\":"
                        + " [\"byHand_2\"]}]}, \"processInstanceIds\": [\"" + s.waiting("by-hand") + "\"]}");
    }

    private static Attempt restart(String operation) {
        return post(
                s -> "/process-definition/" + definition(s, "by-hand") + "/" + operation,
                s -> "{\"processInstanceIds\": [\"" + s.endedByHand() + "\"], \"instructions\": [{\"type\":"
                        + " \"startBeforeActivity\", \"activityId\": \"end\"}]}");
    }

    private static String definition(AttackScene scene, String model) {
        return scene.get("/process-definition?latestVersion=true&key=" + model)
                .path(0)
                .path("id")
                .asText();
    }

    /** For a moment: the other scenes are to go on. */
    private static Answer suspendAll(Attacker attacker, AttackScene scene) {
        String path = "/process-definition/" + scene.definition() + "/suspended";
        Answer answer = attacker.ask("PUT", path, "{\"suspended\": true, \"includeProcessInstances\": true}");
        if (answer.done() && !Effect.suspended().seen(scene)) {
            throw new AssertionError("Nothing was suspended by " + answer);
        }
        attacker.ask("PUT", path, "{\"suspended\": false, \"includeProcessInstances\": true}");
        return answer;
    }
}
