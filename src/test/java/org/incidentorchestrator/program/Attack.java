package org.incidentorchestrator.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.incidentorchestrator.program.Attacker.Answer;

/**
 * One way around what a person has to decide.
 *
 * @param who a user id
 * @param controls what refuses it, one behind the other: with all of them off it has to succeed, or the row proves nothing
 */
record Attack(String name, String who, List<Control> controls, Attempt attempt, Effect effect) {
    static final String ADMIN = "admin";
    static final String RESPONDER = "responder";

    /** Sends what it takes, and returns the answer to the last of it. */
    interface Attempt {
        Answer by(Attacker attacker, AttackScene scene);
    }

    interface Text {
        String of(AttackScene scene);
    }

    static Attack of(String name, String who, Attempt attempt, Effect effect, Control... controls) {
        return new Attack(name, who, List.of(controls), attempt, effect);
    }

    /** The filter in front of the addresses refuses it, and behind that the engine's checker, or what is named. */
    static Attack closed(String name, Attempt attempt, Effect effect, Control... behind) {
        List<Control> controls = new ArrayList<>(List.of(Control.ADDRESSES));
        controls.addAll(behind.length == 0 ? List.of(Control.CHECKER) : Arrays.asList(behind));
        return new Attack(name, ADMIN, controls, attempt, effect);
    }

    static Attempt put(Text path, String body) {
        return (a, s) -> a.ask("PUT", path.of(s), body);
    }

    static Attempt delete(Text path) {
        return (a, s) -> a.ask("DELETE", path.of(s), null);
    }

    static Attempt post(Text path, Text body) {
        return (a, s) -> a.ask("POST", path.of(s), body.of(s));
    }

    static Attempt post(Text path) {
        return post(path, s -> "{}");
    }

    @Override
    public String toString() {
        return name + " (" + who + ")";
    }
}
