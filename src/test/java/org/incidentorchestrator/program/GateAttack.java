package org.incidentorchestrator.program;

import java.util.List;
import java.util.Map;
import org.incidentorchestrator.program.Attacker.Answer;

/**
 * A way around the second person, or past the step that asks for one.
 *
 * @param controls what refuses it: with all of them off it has to succeed
 */
record GateAttack(String name, String who, List<Control> controls, Attempt attempt) {
    private static final String WORKLOAD = "mcp-gateway";
    private static final String REASON = "Nobody else can be reached, and it cannot wait any longer.";

    /** What the scene needs is made with the engine's doors open; {@code close} leaves what is tried to its controls. */
    interface Attempt {
        Answer in(GateScene scene, Map<String, Attacker> people, Runnable close);
    }

    static List<GateAttack> all() {
        return List.of(
                of(
                        "approve as the one who has the incident",
                        "approver",
                        (scene, people, close) -> {
                            scene.incident().claimedBy("approver");
                            scene.proposes(WORKLOAD, "REHEARSE", false);
                            close.run();
                            return scene.submits(people.get("approver"), "approver", "approve");
                        },
                        Control.FOUR_EYES),
                of(
                        "take the request as a responder",
                        "responder",
                        asked((scene, people) -> scene.submits(people.get("responder"), "responder", "approve")),
                        Control.PERMISSIONS,
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                of(
                        "approve over the API as a responder",
                        "responder",
                        asked((scene, people) -> scene.answers(people.get("responder"), "approve", "")),
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                of(
                        "approve as administrator",
                        "admin",
                        asked((scene, people) -> scene.submits(people.get("admin"), "admin", "approve")),
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                of(
                        "break the glass as an approver",
                        "approver",
                        asked((scene, people) -> scene.answers(people.get("approver"), "breakGlass", REASON)),
                        Control.MAY_BREAK),
                of(
                        "break the glass as a responder",
                        "responder",
                        asked((scene, people) -> scene.answers(people.get("responder"), "breakGlass", REASON)),
                        Control.MAY_ANSWER,
                        Control.MAY_BREAK),
                of(
                        "approve as one who was made an approver by SQL",
                        "second",
                        asked((scene, people) -> {
                            scene.sql(
                                    "delete from ACT_ID_MEMBERSHIP where USER_ID_ = 'second' and GROUP_ID_ = 'approver'");
                            scene.sql(
                                    "insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values ('second', 'approver')");
                            return scene.answers(people.get("second"), "approve", "");
                        }),
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                of(
                        "act without asking, the proposal being accepted by SQL",
                        "admin",
                        (scene, people, close) -> {
                            scene.sql("alter table proposal alter column decision set default 'ACCEPTED'");
                            scene.proposes("mcp-config", "EXECUTE", true);
                            close.run();
                            Answer answer = scene.outcome();
                            scene.sql("alter table proposal alter column decision drop default");
                            return answer;
                        },
                        Control.PERMIT),
                of(
                        "approve as one who is no approver any more",
                        "approver",
                        asked((scene, people) -> {
                            scene.sql(
                                    "delete from ACT_ID_MEMBERSHIP where USER_ID_ = 'approver' and GROUP_ID_ = 'approver'");
                            Answer answer = scene.answers(people.get("approver"), "approve", "");
                            scene.sql(
                                    "insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values ('approver', 'approver')");
                            return answer;
                        }),
                        Control.MAY_ANSWER,
                        Control.APPROVER));
    }

    private interface Answering {
        Answer in(GateScene scene, Map<String, Attacker> people);
    }

    private static Attempt asked(Answering answering) {
        return (scene, people, close) -> {
            scene.proposes(WORKLOAD, "REHEARSE", false);
            close.run();
            return answering.in(scene, people);
        };
    }

    private static GateAttack of(String name, String who, Attempt attempt, Control... controls) {
        return new GateAttack(name, who, List.of(controls), attempt);
    }

    @Override
    public String toString() {
        return name + " (" + who + ")";
    }
}
