package org.incidentorchestrator.program;

import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.program.Attacker.Answer;
import org.incidentorchestrator.program.GateAttack.Attempt;

/** A request for approval is answered by somebody who may not, or in another way than by its form. */
final class DecisionAttacks {
    private static final String REASON = "Nobody else can be reached, and it cannot wait any longer.";

    private DecisionAttacks() {}

    static List<GateAttack> all() {
        return Stream.of(involved(), strangers(), glass(), ways())
                .flatMap(List::stream)
                .toList();
    }

    /** One person on both sides. */
    private static List<GateAttack> involved() {
        return List.of(
                GateAttack.of(
                        "approve as the one who has the incident",
                        "approver",
                        scene -> {
                            scene.once(() -> scene.incident().claimedBy("approver"));
                            return scene.asked().submits("approver", "approve");
                        },
                        Control.FOUR_EYES,
                        Control.PERMIT_PERSON),
                GateAttack.of(
                        "give the incident back, then approve",
                        "approver",
                        scene -> {
                            scene.once(() -> scene.incident().claimedBy("approver"));
                            scene.asked();
                            scene.as("approver")
                                    .ask("POST", "/task/" + scene.incident().task() + "/unclaim", "{}");
                            return scene.answers("approver", "approve", "");
                        },
                        Control.FOUR_EYES,
                        Control.PERMIT_PERSON),
                GateAttack.of(
                        "approve what one has asked for oneself",
                        "approver",
                        scene -> {
                            scene.once(() -> {
                                scene.sql("alter table proposal alter column decided_by set default 'approver'");
                                scene.asked();
                                scene.sql("alter table proposal alter column decided_by drop default");
                            });
                            return scene.answers("approver", "approve", "");
                        },
                        Control.FOUR_EYES,
                        Control.PERMIT_PERSON));
    }

    private static List<GateAttack> strangers() {
        return List.of(
                GateAttack.of(
                        "take the request as a responder",
                        "responder",
                        scene -> scene.asked().submits("responder", "approve"),
                        Control.PERMISSIONS,
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                GateAttack.of(
                        "approve over the API as a responder",
                        "responder",
                        scene -> scene.asked().answers("responder", "approve", ""),
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                GateAttack.of(
                        "approve in Tasklist as administrator",
                        "admin",
                        scene -> scene.asked().submits("admin", "approve"),
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                GateAttack.of(
                        "approve over the API as administrator",
                        "admin",
                        scene -> scene.asked().answers("admin", "approve", ""),
                        Control.ROUTES,
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                GateAttack.of(
                        "approve as an auditor",
                        "auditor",
                        scene -> scene.asked().answers("auditor", "approve", ""),
                        Control.ROUTES,
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                GateAttack.of("approve with a token of nobody", "anonymous", scene -> scene.asked()
                        .answers("nobody", "approve", "")),
                GateAttack.of(
                        "approve as one who was made an approver by SQL",
                        "second",
                        scene -> {
                            scene.sql(
                                    "delete from ACT_ID_MEMBERSHIP where USER_ID_ = 'second' and GROUP_ID_ = 'approver'");
                            scene.sql(
                                    "insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values ('second', 'approver')");
                            return scene.asked().answers("second", "approve", "");
                        },
                        Control.MAY_ANSWER,
                        Control.APPROVER),
                GateAttack.of(
                        "approve as one who is no approver any more",
                        "approver",
                        scene -> scene.demoted("approver", () -> scene.asked().answers("approver", "approve", "")),
                        Control.MAY_ANSWER,
                        Control.APPROVER));
    }

    private static List<GateAttack> glass() {
        return List.of(
                GateAttack.of(
                        "break the glass as an approver",
                        "approver",
                        scene -> scene.asked().answers("approver", "breakGlass", REASON),
                        Control.MAY_BREAK),
                GateAttack.of(
                        "break the glass as a responder",
                        "responder",
                        scene -> scene.asked().answers("responder", "breakGlass", REASON),
                        Control.MAY_ANSWER,
                        Control.MAY_BREAK),
                GateAttack.of(
                        "break the glass without a reason",
                        "architect",
                        scene -> scene.asked().submits("architect", "breakGlass"),
                        Control.GLASS),
                GateAttack.of(
                        "break the glass with a blank reason",
                        "architect",
                        scene -> scene.asked().answers("architect", "breakGlass", " ".repeat(40)),
                        Control.GLASS),
                GateAttack.of(
                                "close the review of the glass that one broke oneself",
                                "architect",
                                scene -> {
                                    scene.once(() -> {
                                        scene.asked().answers("architect", "breakGlass", REASON);
                                        scene.outcome();
                                    });
                                    return scene.reviews("architect");
                                },
                                Control.REVIEWER)
                        .seenBy(GateScene::reviewed));
    }

    private static List<GateAttack> ways() {
        return List.of(
                GateAttack.of(
                        "approve without having claimed it",
                        "approver",
                        scene -> scene.asked().completes("approver", "\"approvalAnswer\": {\"value\": \"approve\"}"),
                        Control.CLAIMER),
                GateAttack.of(
                                "approve with more than the form asks for",
                                "approver",
                                smuggled(
                                        "\"approvalAnswer\": {\"value\": \"approve\"}, \"smuggled\": {\"value\": true}"),
                                Control.FORM)
                        .seenBy(scene -> scene.changed() && scene.knows("smuggled")),
                GateAttack.of(
                        "approve from a page of another origin, with the approver's session",
                        "approver",
                        scene -> {
                            scene.asked();
                            return scene.forged("approver")
                                    .api(
                                            "POST",
                                            "/api/approvals/" + scene.approval() + "/decision",
                                            "{\"decision\": \"approve\"}");
                        },
                        Control.OWN_PAGE),
                GateAttack.of(
                                "approve when it has expired",
                                "approver",
                                scene -> {
                                    scene.asked();
                                    scene.sql("update approval set expires_at = timestamp with time zone"
                                            + " '2026-01-01 00:00:00+00' where id = " + scene.approval());
                                    return scene.answers("approver", "approve", "");
                                },
                                Control.EXPIRY,
                                Control.PERMIT)
                        .given(Control.SEAL),
                GateAttack.of("approve twice at once", "approver", scene -> scene.asked()
                                .answersTwice("approver", "approve"))
                        .seenBy(scene -> scene.made() > 1),
                GateAttack.of(
                        "give the approver another password, and approve as them",
                        "admin",
                        scene -> {
                            Answer set = scene.as("admin")
                                    .ask(
                                            "PUT",
                                            "/user/approver/credentials",
                                            "{\"password\": \"An0ther-secret!\", \"authenticatedUserPassword\": \""
                                                    + Attacker.password(scene.program(), "admin") + "\"}");
                            return set.done()
                                    ? scene.asked()
                                            .answers(
                                                    Attacker.withPassword(
                                                            scene.program(), "approver", "An0ther-secret!"),
                                                    "approve",
                                                    "")
                                    : set;
                        },
                        Control.MEMBER));
    }

    private static Attempt smuggled(String variables) {
        return scene -> {
            scene.asked().claims("approver");
            return scene.completes("approver", variables);
        };
    }
}
