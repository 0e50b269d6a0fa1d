package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Control.ADDRESSES;
import static org.incidentorchestrator.program.Control.CHECKER;
import static org.incidentorchestrator.program.Control.CLAIM;
import static org.incidentorchestrator.program.Control.CLAIMER;
import static org.incidentorchestrator.program.Control.DOOR;
import static org.incidentorchestrator.program.Control.FORM;
import static org.incidentorchestrator.program.Control.GROUP;
import static org.incidentorchestrator.program.Control.MEMBER;
import static org.incidentorchestrator.program.Control.MEMBERSHIP;
import static org.incidentorchestrator.program.Control.OTHERS_NAME;
import static org.incidentorchestrator.program.Control.PERMISSIONS;
import static org.incidentorchestrator.program.Control.STORED_EXPRESSIONS;
import static org.incidentorchestrator.program.Control.USER_ID;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.program.Attack.Attempt;
import org.incidentorchestrator.program.Attacker.Answer;

/** What the engine itself offers to go around a person's decision, with its administrator's rights where that helps. */
final class EngineAttacks {
    private static final String ADMIN = "admin";
    private static final String RESPONDER = "responder";
    private static final String VALUE = "{\"value\": \"approved\", \"type\": \"String\"}";
    private static final String ENDED =
            "\"action\": {\"value\": \"notAnIncident\"}, \"reason\": {\"value\": \"an attack\"}";

    private EngineAttacks() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        all.addAll(variables());
        all.addAll(tasks());
        all.addAll(instances());
        all.addAll(jobs());
        all.addAll(events());
        all.addAll(models());
        all.addAll(people());
        return all;
    }

    private static List<Attack> variables() {
        return List.of(
                closed(
                        "set a variable of the process",
                        put(s -> "/process-instance/" + s.instance() + "/variables/decision", VALUE)),
                closed(
                        "set several variables of the process",
                        post(
                                s -> "/process-instance/" + s.instance() + "/variables",
                                s -> "{\"modifications\": {\"decision\": " + VALUE + "}}")),
                closed(
                        "set a variable of an execution",
                        put(
                                s -> "/execution/" + s.execution("userTask_respondToIncident")
                                        + "/localVariables/decision",
                                VALUE)),
                closed("set a variable of the task", put(s -> "/task/" + s.task() + "/variables/decision", VALUE)),
                closed(
                        "set a local variable of the task",
                        put(s -> "/task/" + s.task() + "/localVariables/decision", VALUE)),
                closed(
                        "remove a variable",
                        (a, s) -> a.ask("DELETE", "/process-instance/" + s.instance() + "/variables/severity", null)),
                closed(
                        "set variables later, by a batch",
                        post(
                                s -> "/process-instance/variables-async",
                                s -> "{\"processInstanceIds\": [\"" + s.instance()
                                        + "\"], \"variables\": {\"decision\": " + VALUE + "}}")));
    }

    private static List<Attack> tasks() {
        return List.of(
                Attack.of("complete what nobody has claimed", RESPONDER, complete("complete", ENDED), CLAIMER),
                Attack.of(
                        "complete what another has claimed",
                        ADMIN,
                        (a, s) -> {
                            claimed(s);
                            return complete("complete", ENDED).by(a, s);
                        },
                        CLAIMER),
                Attack.of(
                        "complete with approved=true besides",
                        RESPONDER,
                        (a, s) -> {
                            claimed(s);
                            return complete("complete", ENDED + ", \"approved\": {\"value\": true}")
                                    .by(a, s);
                        },
                        FORM),
                Attack.of(
                        "submit the form with a field more",
                        RESPONDER,
                        (a, s) -> {
                            claimed(s);
                            return complete("submit-form", ENDED + ", \"decision\": {\"value\": \"apply\"}")
                                    .by(a, s);
                        },
                        FORM),
                Attack.of(
                        "claim in another's name",
                        RESPONDER,
                        post(s -> "/task/" + s.task() + "/claim", s -> "{\"userId\": \"approver\"}"),
                        CLAIM,
                        OTHERS_NAME),
                Attack.of(
                        "claim in another's name, as administrator",
                        ADMIN,
                        post(s -> "/task/" + s.task() + "/claim", s -> "{\"userId\": \"approver\"}"),
                        CLAIM),
                closed("delegate", post(s -> "/task/" + s.task() + "/delegate", s -> "{\"userId\": \"auditor\"}")),
                closed("resolve with variables", complete("resolve", "\"decision\": " + VALUE)),
                closed(
                        "give it to another",
                        post(s -> "/task/" + s.task() + "/assignee", s -> "{\"userId\": \"auditor\"}")),
                closed(
                        "invite another to it",
                        post(
                                s -> "/task/" + s.task() + "/identity-links",
                                s -> "{\"userId\": \"auditor\", \"type\": \"candidate\"}")),
                closed(
                        "uninvite a group from it",
                        post(
                                s -> "/task/" + s.task() + "/identity-links/delete",
                                s -> "{\"groupId\": \"l1\", \"type\": \"candidate\"}")),
                closed(
                        "change its owner and its name",
                        put(s -> "/task/" + s.task(), "{\"name\": \"Done\", \"owner\": \"auditor\", \"priority\": 1}")),
                closed(
                        "leave it by an escalation",
                        post(
                                s -> "/task/" + s.task() + "/bpmnEscalation",
                                s -> "{\"escalationCode\": \"outcomeUnknown\"}"),
                        answer -> answer.body().contains("scalation")),
                closed(
                        "leave it by an error",
                        post(s -> "/task/" + s.task() + "/bpmnError", s -> "{\"errorCode\": \"outcomeUnknown\"}"),
                        answer -> answer.body().contains("outcomeUnknown")),
                closed("make a task", post(s -> "/task/create", s -> "{\"name\": \"Approve change\"}")));
    }

    private static List<Attack> instances() {
        return List.of(
                closed(
                        "start behind the look and the decision",
                        post(
                                s -> "/process-definition/" + s.definition() + "/start",
                                s ->
                                        "{\"variables\": {\"level\": {\"value\": 1, \"type\": \"Integer\"}, \"ladderArmedAt\":"
                                                + " {\"value\": \"2026-01-01T00:00:00Z\"}}, \"startInstructions\": [{\"type\":"
                                                + " \"startBeforeActivity\", \"activityId\": \"receiveTask_awaitHandBack\"}]}")),
                Attack.of(
                        "start by an empty form what nobody starts",
                        ADMIN,
                        post(
                                s -> "/process-definition/" + s.definition() + "/submit-form",
                                s -> "{\"businessKey\": \"" + s.incident()
                                        + "\", \"variables\": {\"incident\": {\"value\": \"" + s.incident()
                                        + "\"}, \"level\": {\"value\": 1, \"type\":"
                                        + " \"Integer\"}, \"ladderArmedAt\": {\"value\": \"2026-01-01T00:00:00Z\"}}}"),
                        CHECKER),
                closed("modify: cancel the task", modify("modification", "")),
                closed("modify without listeners", modify("modification", ", \"skipCustomListeners\": true")),
                closed("modify later", modify("modification-async", "")),
                Attack.of("modify many", ADMIN, many("/modification/execute"), ADDRESSES, DOOR, CHECKER),
                closed("modify many, later", many("/modification/executeAsync")),
                closed(
                        "plan a migration",
                        post(
                                s -> "/migration/generate",
                                s -> "{\"sourceProcessDefinitionId\": \"" + s.definition()
                                        + "\", \"targetProcessDefinitionId\": \"" + s.definition() + "\"}")),
                closed(
                        "migrate",
                        post(
                                s -> "/migration/execute",
                                s -> "{\"migrationPlan\": {\"sourceProcessDefinitionId\": \"" + s.definition()
                                        + "\", \"targetProcessDefinitionId\": \"" + s.definition()
                                        + "\", \"instructions\": [{\"sourceActivityIds\": [\"userTask_respondToIncident\"],"
                                        + " \"targetActivityIds\": [\"userTask_respondToIncident\"]},"
                                        + " {\"sourceActivityIds\": [\"receiveTask_awaitAcknowledgement\"],"
                                        + " \"targetActivityIds\": [\"receiveTask_awaitAcknowledgement\"]}]},"
                                        + " \"processInstanceIds\": [\"" + s.instance() + "\"]}")),
                Attack.of("restart what has ended", ADMIN, EngineAttacks::restartEnded, ADDRESSES, DOOR, CHECKER),
                closed("restart later", restart("restart-async")),
                closed(
                        "suspend the process",
                        put(s -> "/process-instance/" + s.instance() + "/suspended", "{\"suspended\": true}")),
                closed("suspend all of a kind", (a, s) -> {
                    String path = "/process-definition/" + s.definition() + "/suspended";
                    Answer answer = a.ask("PUT", path, "{\"suspended\": true, \"includeProcessInstances\": true}");
                    a.ask("PUT", path, "{\"suspended\": false, \"includeProcessInstances\": true}");
                    return answer;
                }),
                Attack.of(
                        "delete the process of an open incident",
                        ADMIN,
                        (a, s) -> a.ask(
                                "DELETE", "/process-instance/" + s.instance() + "?skipCustomListeners=true", null),
                        CHECKER),
                closed(
                        "delete processes later",
                        post(
                                s -> "/process-instance/delete",
                                s -> "{\"processInstanceIds\": [\"" + s.instance() + "\"]}")));
    }

    private static List<Attack> jobs() {
        return List.of(
                closed("execute a timer now", (a, s) -> a.ask("POST", "/job/" + s.job() + "/execute", "{}")),
                closed(
                        "put a timer off",
                        put(s -> "/job/" + s.job() + "/duedate", "{\"duedate\": \"2036-01-01T00:00:00.000+0000\"}")),
                closed(
                        "recalculate a timer",
                        (a, s) -> a.ask("POST", "/job/" + s.job() + "/duedate/recalculate", "{}")),
                closed("suspend a timer", put(s -> "/job/" + s.job() + "/suspended", "{\"suspended\": true}")),
                closed("lower a timer's priority", put(s -> "/job/" + s.job() + "/priority", "{\"priority\": -1}")),
                closed("delete a timer", (a, s) -> a.ask("DELETE", "/job/" + s.job(), null)),
                Attack.of(
                        "take a timer its retries",
                        RESPONDER,
                        put(s -> "/job/" + s.job() + "/retries", "{\"retries\": 0}"),
                        ADDRESSES,
                        PERMISSIONS));
    }

    private static List<Attack> events() {
        return List.of(
                closed(
                        "tell that the incident has ended",
                        post(
                                s -> "/message",
                                s -> "{\"messageName\": \"incident.ended\", \"businessKey\": \"" + s.incident()
                                        + "\", \"all\": true}")),
                closed(
                        "trigger a waiting message",
                        (a, s) -> a.ask(
                                "POST",
                                "/execution/" + s.execution("receiveTask_awaitAcknowledgement")
                                        + "/messageSubscriptions/incident.acknowledged/trigger",
                                "{}")),
                closed(
                        "signal an execution",
                        (a, s) -> a.ask(
                                "POST",
                                "/execution/" + s.execution("receiveTask_awaitAcknowledgement") + "/signal",
                                "{}")),
                Attack.of("send a signal", ADMIN, post(s -> "/signal", s -> "{\"name\": \"approved\"}"), ADDRESSES),
                closed(
                        "have external tasks tried again, later",
                        post(
                                s -> "/external-task/retries-async",
                                s -> "{\"externalTaskIds\": [\"x\"], \"retries\": 3}")),
                Attack.of(
                        "save a filter with an expression",
                        ADMIN,
                        post(
                                s -> "/filter/create",
                                s -> "{\"resourceType\": \"Task\", \"name\": \"all of " + s.incident()
                                        + "\", \"query\": {\"assigneeExpression\": \"${proposals}\"}}"),
                        DOOR,
                        STORED_EXPRESSIONS));
    }

    private static List<Attack> models() {
        return List.of(
                closed(
                        "deploy a model without a gate",
                        (a, s) -> a.ask("POST", "/deployment/create", "multipart/form-data; boundary=x", MODEL),
                        Answer::done,
                        CHECKER,
                        PERMISSIONS),
                closed(
                        "deploy the same again",
                        (a, s) -> a.ask(
                                "POST",
                                "/deployment/"
                                        + a.ask("GET", "/process-definition/" + s.definition(), null)
                                                .json()
                                                .path("deploymentId")
                                                .asText()
                                        + "/redeploy",
                                "{}"),
                        Answer::done,
                        CHECKER,
                        PERMISSIONS),
                Attack.of(
                        "delete history",
                        ADMIN,
                        (a, s) -> a.ask(
                                "POST",
                                "/history/process-instance/delete",
                                "{\"historicProcessInstanceIds\": [\"" + s.instance()
                                        + "\"], \"deleteReason\": \"tidy\"}"),
                        ADDRESSES,
                        CHECKER),
                Attack.of(
                        "clean up history now",
                        ADMIN,
                        (a, s) -> a.ask("POST", "/history/cleanup?immediatelyDue=true", "{}"),
                        ADDRESSES,
                        DOOR));
    }

    private static List<Attack> people() {
        return List.of(
                Attack.of(
                        "make oneself an approver",
                        ADMIN,
                        (a, s) -> a.ask("PUT", "/group/approver/members/responder", "{}"),
                        MEMBERSHIP),
                Attack.of(
                        "make a responder an administrator",
                        ADMIN,
                        (a, s) -> a.ask("PUT", "/group/camunda-admin/members/second", "{}"),
                        MEMBERSHIP),
                Attack.of(
                        "get among those who may break the glass",
                        ADMIN,
                        (a, s) -> a.ask("PUT", "/group/l3/members/admin", "{}"),
                        MEMBERSHIP),
                Attack.of(
                        "take the approver's rights away",
                        ADMIN,
                        (a, s) -> a.ask("DELETE", "/group/approver/members/approver", null),
                        MEMBERSHIP),
                Attack.of(
                        "give the approver another name",
                        ADMIN,
                        put(
                                s -> "/user/approver/profile",
                                "{\"id\": \"approver\", \"firstName\": \"Not\", \"lastName\": \"Me\"}"),
                        MEMBER),
                Attack.of(
                        "make an account that looks like the approver's",
                        ADMIN,
                        (a, s) -> user(a, "Approver" + s.incident()),
                        USER_ID),
                Attack.of(
                        "make an account with a letter of another alphabet",
                        ADMIN,
                        (a, s) -> user(a, "appr\\u043ever" + s.incident().toLowerCase()),
                        USER_ID),
                Attack.of(
                        "make a group of almost the same name",
                        ADMIN,
                        post(
                                s -> "/group/create",
                                s -> "{\"id\": \"approver-" + s.incident()
                                        + "\", \"name\": \"Approvers\", \"type\": \"WORKFLOW\"}"),
                        ADDRESSES,
                        DOOR,
                        GROUP),
                Attack.of(
                        "rename the group of approvers",
                        ADMIN,
                        put(
                                s -> "/group/approver",
                                "{\"id\": \"approver\", \"name\": \"Nobody\", \"type\": \"WORKFLOW\"}"),
                        ADDRESSES,
                        DOOR,
                        GROUP),
                Attack.of(
                        "give a responder every right to tasks",
                        ADMIN,
                        post(
                                s -> "/authorization/create",
                                s ->
                                        "{\"type\": 1, \"permissions\": [\"ALL\"], \"userId\": \"second\", \"groupId\": null,"
                                                + " \"resourceType\": 7, \"resourceId\": \"" + s.task() + "\"}"),
                        ADDRESSES,
                        DOOR),
                Attack.of(
                        "delete the approver's account",
                        ADMIN,
                        (a, s) -> a.ask("DELETE", "/user/approver", null),
                        MEMBER));
    }

    private static final String MODEL =
            "--x\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nmine\r\n--x\r\n"
                    + "Content-Disposition: form-data; name=\"data\"; filename=\"mine.bpmn\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n"
                    + "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
                    + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" targetNamespace=\"t\">"
                    + "<process id=\"mine\" isExecutable=\"true\" camunda:historyTimeToLive=\"P1D\"><startEvent id=\"s\"/></process>"
                    + "</definitions>\r\n--x--\r\n";

    private static Answer user(Attacker attacker, String id) {
        return attacker.ask(
                "POST",
                "/user/create",
                "{\"profile\": {\"id\": \"" + id + "\", \"firstName\": \"An\", \"lastName\": \"Other\"},"
                        + " \"credentials\": {\"password\": \"Quite-l0ng-secret!\"}}");
    }

    private static void claimed(AttackScene scene) {
        if (scene.tasks().get(0).path("assignee").isNull()) {
            scene.claimedBy(RESPONDER);
        }
    }

    /** The filter in front of the addresses refuses it, and behind that the engine's checker. */
    private static Attack closed(String name, Attempt attempt) {
        return Attack.of(name, ADMIN, attempt, ADDRESSES, CHECKER);
    }

    private static Attack closed(String name, Attempt attempt, Success success, Control... behind) {
        List<Control> controls = new ArrayList<>(List.of(ADDRESSES));
        controls.addAll(behind.length == 0 ? List.of(CHECKER) : List.of(behind));
        return new Attack(name, ADMIN, controls, (a, s) -> {
            Answer answer = attempt.by(a, s);
            // The engine got as far as the model, which has no such way out.
            return success.of(answer) && !answer.refused() || answer.done() ? new Answer(200, answer.body()) : answer;
        });
    }

    private interface Success {
        boolean of(Answer answer);
    }

    private interface Text {
        String of(AttackScene scene);
    }

    private static Attempt put(Text path, String body) {
        return (a, s) -> a.ask("PUT", path.of(s), body);
    }

    private static Attempt post(Text path, Text body) {
        return (a, s) -> a.ask("POST", path.of(s), body.of(s));
    }

    private static Attempt complete(String operation, String variables) {
        return post(s -> "/task/" + s.task() + "/" + operation, s -> "{\"variables\": {" + variables + "}}");
    }

    private static Attempt modify(String operation, String more) {
        return post(
                s -> "/process-instance/" + s.instance() + "/" + operation,
                s -> "{\"instructions\": [{\"type\": \"cancel\", \"activityId\": \"userTask_respondToIncident\"}]"
                        + more + "}");
    }

    private static Attempt many(String path) {
        return post(
                s -> path,
                s -> "{\"processDefinitionId\": \"" + s.definition() + "\", \"processInstanceIds\": [\"" + s.instance()
                        + "\"], \"instructions\": [{\"type\": \"cancel\", \"activityId\": \"userTask_respondToIncident\"}]}");
    }

    private static Answer restartEnded(Attacker attacker, AttackScene scene) {
        var ended = attacker.ask(
                        "GET",
                        "/history/process-instance?finished=true&processDefinitionKey=capture-evidence&maxResults=1",
                        null)
                .json()
                .get(0);
        return attacker.ask(
                "POST",
                "/process-definition/" + ended.path("processDefinitionId").asText() + "/restart",
                "{\"processInstanceIds\": [\"" + ended.path("id").asText() + "\"], \"instructions\": [{\"type\":"
                        + " \"startBeforeActivity\", \"activityId\": \"endEvent_looksDone\"}]}");
    }

    private static Attempt restart(String operation) {
        return post(
                s -> "/process-definition/" + s.definition() + "/" + operation,
                s -> "{\"processInstanceIds\": [\"" + s.instance() + "\"], \"instructions\": [{\"type\":"
                        + " \"startBeforeActivity\", \"activityId\": \"receiveTask_awaitHandBack\"}]}");
    }
}
