package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.ADMIN;
import static org.incidentorchestrator.program.Attack.delete;
import static org.incidentorchestrator.program.Attack.post;
import static org.incidentorchestrator.program.Attack.put;

import java.util.List;
import org.incidentorchestrator.program.Attacker.Answer;

/** Becomes somebody else, or makes somebody else less. */
final class PeopleAttacks {
    private PeopleAttacks() {}

    static List<Attack> all() {
        return List.of(
                Attack.of(
                        "make a responder an approver",
                        ADMIN,
                        join("approver", "responder"),
                        member("approver", "responder"),
                        Control.MEMBERSHIP),
                Attack.of(
                        "make a responder an administrator",
                        ADMIN,
                        join("camunda-admin", "second"),
                        member("camunda-admin", "second"),
                        Control.MEMBERSHIP),
                Attack.of(
                        "get among those who may break the glass",
                        ADMIN,
                        join("l3", "admin"),
                        member("l3", "admin"),
                        Control.MEMBERSHIP),
                Attack.of(
                        "take the approver's rights away",
                        ADMIN,
                        delete(s -> "/group/approver/members/approver"),
                        Effect.not(member("approver", "approver")),
                        Control.MEMBERSHIP),
                Attack.of(
                        "give the approver another name",
                        ADMIN,
                        put(
                                s -> "/user/approver/profile",
                                "{\"id\": \"approver\", \"firstName\": \"Not\", \"lastName\": \"Me\"}"),
                        Effect.found("/user", s -> "id=approver&firstName=Not"),
                        Control.MEMBER),
                Attack.of(
                        "make an account that looks like the approver's",
                        ADMIN,
                        (a, s) -> user(a, "Approver" + s.incident()),
                        Effect.found("/user", s -> "id=Approver" + s.incident()),
                        Control.USER_ID),
                Attack.of(
                        "make an account with a letter of another alphabet",
                        ADMIN,
                        (a, s) -> user(a, "appr\\u043ever" + s.incident().toLowerCase()),
                        Effect.found(
                                "/user", s -> "id=appr%D0%BEver" + s.incident().toLowerCase()),
                        Control.USER_ID),
                Attack.of(
                        "make a group of almost the same name",
                        ADMIN,
                        post(
                                s -> "/group/create",
                                s -> "{\"id\": \"approver" + s.number()
                                        + "\", \"name\": \"Approvers\", \"type\": \"WORKFLOW\"}"),
                        Effect.found("/group", s -> "id=approver" + s.number()),
                        Control.ADDRESSES,
                        Control.DOOR,
                        Control.GROUP),
                Attack.of(
                        "rename the group of approvers",
                        ADMIN,
                        put(
                                s -> "/group/approver",
                                "{\"id\": \"approver\", \"name\": \"Nobody\", \"type\": \"WORKFLOW\"}"),
                        Effect.found("/group", s -> "name=Nobody"),
                        Control.ADDRESSES,
                        Control.DOOR,
                        Control.GROUP),
                Attack.of(
                        "give a responder every right to tasks",
                        ADMIN,
                        post(
                                s -> "/authorization/create",
                                s ->
                                        "{\"type\": 1, \"permissions\": [\"ALL\"], \"userId\": \"second\", \"groupId\": null,"
                                                + " \"resourceType\": 7, \"resourceId\": \"" + s.task() + "\"}"),
                        Effect.found("/authorization", s -> "userIdIn=second&resourceType=7&resourceId=" + s.task()),
                        Control.ADDRESSES,
                        Control.DOOR),
                Attack.of(
                        "delete the approver's account",
                        ADMIN,
                        delete(s -> "/user/approver"),
                        Effect.not(Effect.found("/user", s -> "id=approver")),
                        Control.MEMBER));
    }

    private static Attack.Attempt join(String group, String person) {
        return put(s -> "/group/" + group + "/members/" + person, "{}");
    }

    private static Effect member(String group, String person) {
        return Effect.found("/user", s -> "memberOfGroup=" + group + "&id=" + person);
    }

    private static Answer user(Attacker attacker, String id) {
        return attacker.ask(
                "POST",
                "/user/create",
                "{\"profile\": {\"id\": \"" + id + "\", \"firstName\": \"An\", \"lastName\": \"Other\"},"
                        + " \"credentials\": {\"password\": \"Quite-l0ng-secret!\"}}");
    }
}
