package org.incidentorchestrator.program;

import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.program.GateAttack.Attempt;

/** The step that changes something is reached without an approval, with another's, or with a used, old or forged one. */
final class PermitAttacks {
    private static final String SQL = "whoever has the database's password";
    private static final String GIVEN = "decision = 'APPROVED', decided_by = 'approver', decided_at = requested_at,"
            + " reason = '', mac = request_mac";

    private PermitAttacks() {}

    static List<GateAttack> all() {
        return Stream.concat(around().stream(), Stream.concat(forged().stream(), exchanged().stream()))
                .toList();
    }

    private static List<GateAttack> around() {
        return List.of(
                GateAttack.of(
                        "act without asking, the proposal being accepted by SQL",
                        SQL,
                        accepted(scene -> {
                            scene.proposes(GateScene.WORKLOAD, "EXECUTE", true);
                            return scene.outcome();
                        }),
                        Control.PERMIT),
                GateAttack.of(
                        "leave the gate by an error, the proposal being accepted by SQL",
                        "admin",
                        accepted(scene -> {
                            String task =
                                    "/task/" + scene.asked().task().path("id").asText();
                            var left =
                                    scene.as("admin").ask("POST", task + "/bpmnError", "{\"errorCode\": \"enough\"}");
                            return left.done() ? scene.outcome() : left;
                        }),
                        Control.ADDRESSES,
                        Control.CHECKER,
                        Control.PERMIT),
                GateAttack.of(
                        "move the process behind its gate, the proposal being accepted by SQL",
                        "admin",
                        accepted(scene -> {
                            scene.asked().task();
                            var moved = scene.as("admin")
                                    .ask(
                                            "POST",
                                            "/process-instance/" + scene.run() + "/modification",
                                            GateScene.BEFORE_ACT);
                            return moved.done() ? scene.outcome() : moved;
                        }),
                        Control.ADDRESSES,
                        Control.CHECKER,
                        Control.PERMIT),
                GateAttack.of(
                        "act once more with an approval that was used",
                        SQL,
                        scene -> {
                            scene.once(() -> {
                                scene.asked().answers("approver", "approve", "");
                                scene.outcome();
                                scene.restored();
                            });
                            return scene.acts();
                        },
                        Control.ONE_USE),
                GateAttack.of(
                        "act with the approval of one who has been demoted since",
                        "admin",
                        scene -> {
                            scene.approvedAndHeld();
                            return scene.demoted("approver", scene::acts);
                        },
                        Control.APPROVER),
                GateAttack.of(
                        "make a rehearsal's approval good for the change itself",
                        SQL,
                        scene -> {
                            scene.proposes(GateScene.WORKLOAD, "REHEARSE", false);
                            scene.answers("approver", "approve", "");
                            scene.outcome();
                            scene.sql("update step_ledger set proposal = 0 where run_id = '" + scene.run() + "'");
                            scene.sql("update proposal set used_by = null where run_id = '" + scene.run() + "'");
                            scene.becomes("EXECUTE");
                            return scene.acts();
                        },
                        Control.PERMIT_PERSON));
    }

    private static List<GateAttack> forged() {
        return List.of(
                GateAttack.of(
                        "write the approval into the database",
                        SQL,
                        scene -> {
                            scene.asked().task();
                            scene.sql("update approval set " + GIVEN + " where id = " + scene.approval());
                            scene.accepts();
                            return scene.acts();
                        },
                        Control.SEAL),
                GateAttack.of(
                        "write the request into the database, and the approval with it",
                        SQL,
                        scene -> {
                            scene.proposes(GateScene.WORKLOAD, "EXECUTE", true);
                            scene.outcome();
                            scene.accepts();
                            scene.sql("insert into approval (request, proposal, incident, run_id, mode, cluster, hash,"
                                    + " requester, responder, question, alternatives, requested_at, expires_at,"
                                    + " usable_until, request_mac, decision, decided_by, decided_at, reason, mac)"
                                    + " select run_id, id, incident, run_id, 'EXECUTE', cluster, hash,"
                                    + " 'incident-orchestrator', '', 'May it?', '', planned_at, expires_at, expires_at,"
                                    + " 'forged', 'APPROVED', 'approver', planned_at, '', 'forged' from proposal"
                                    + " where run_id = '" + scene.run() + "'");
                            return scene.acts();
                        },
                        Control.SEAL),
                GateAttack.of(
                        "lengthen an approval that was given",
                        SQL,
                        scene -> {
                            scene.approvedAndHeld();
                            scene.sql("update approval set usable_until = timestamp with time zone"
                                    + " '2036-01-01 00:00:00+00' where id = " + scene.approval());
                            return scene.acts();
                        },
                        Control.SEAL),
                GateAttack.of(
                                "act with an approval that has expired",
                                SQL,
                                scene -> {
                                    scene.approvedAndHeld();
                                    scene.sql("update approval set usable_until = timestamp with time zone"
                                            + " '2026-01-01 00:00:00+00' where id = " + scene.approval());
                                    return scene.acts();
                                },
                                Control.PERMIT)
                        .given(Control.SEAL));
    }

    /** What was approved is not what is done. */
    private static List<GateAttack> exchanged() {
        return List.of(
                GateAttack.of(
                        "act with the approval of another incident",
                        SQL,
                        scene -> {
                            scene.approvedAndHeld();
                            long given = scene.approval();
                            scene.elsewhere().asked().task();
                            scene.elsewhere().accepts();
                            scene.sql("update approval set (decision, decided_by, decided_at, reason, mac) = (select"
                                    + " decision, decided_by, decided_at, reason, mac from approval where id = " + given
                                    + ") where id = " + scene.elsewhere().approval());
                            return scene.elsewhere().acts();
                        },
                        Control.SEAL),
                GateAttack.of(
                        "turn the approval of another proposal to this one",
                        SQL,
                        scene -> {
                            scene.approvedAndHeld();
                            long given = scene.approval();
                            String run = scene.run();
                            scene.proposes(GateScene.WORKLOAD, "EXECUTE", true);
                            scene.outcome();
                            scene.accepts();
                            scene.sql("update approval set proposal = (select id from proposal where run_id = '"
                                    + scene.run() + "') where id = " + given + " and run_id = '" + run + "'");
                            return scene.acts();
                        },
                        Control.SEAL,
                        Control.PERMIT_SUBJECT),
                GateAttack.of(
                                "exchange what was proposed after it was approved",
                                SQL,
                                exchanged(""),
                                Control.PERMIT_SUBJECT)
                        .seenBy(scene -> scene.changed(GateScene.OTHER)),
                GateAttack.of(
                                "exchange what was proposed and what was approved",
                                SQL,
                                exchanged("update approval set hash = (select hash from proposal where id = %s) where"
                                        + " proposal = %s"),
                                Control.SEAL)
                        .seenBy(scene -> scene.changed(GateScene.OTHER)));
    }

    /** @param also a statement more, about the other proposal and this one */
    private static Attempt exchanged(String also) {
        return scene -> {
            scene.approvedAndHeld();
            String approved = scene.proposal();
            String run = scene.run();
            scene.proposes(GateScene.OTHER, "EXECUTE", true);
            scene.outcome();
            String other = scene.proposal();
            scene.sql(
                    "update proposal set (target, input, hash, planned_at, summary, kubectl, diff) = (select target, input,"
                            + " hash, planned_at, summary, kubectl, diff from proposal where id = " + other
                            + ") where id = "
                            + approved);
            if (!also.isEmpty()) {
                scene.sql(also.formatted(other, approved));
            }
            scene.back(run);
            return scene.acts();
        };
    }

    private static Attempt accepted(Attempt attempt) {
        return scene -> {
            scene.sql("alter table proposal alter column decision set default 'ACCEPTED'");
            try {
                return attempt.in(scene);
            } finally {
                scene.sql("alter table proposal alter column decision drop default");
            }
        };
    }
}
