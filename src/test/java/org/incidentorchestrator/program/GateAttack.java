package org.incidentorchestrator.program;

import java.util.List;
import java.util.function.Predicate;
import org.incidentorchestrator.program.Attacker.Answer;

/**
 * A way around the second person, or past the step that asks for one.
 *
 * @param given what is off in any case, since it would refuse before
 * @param controls what refuses it: with all of them off it has to succeed. None where nothing can be switched off: the
 *     database's lock, an account that is none
 * @param effect what shows that it has worked
 */
record GateAttack(
        String name,
        String who,
        List<Control> given,
        List<Control> controls,
        Attempt attempt,
        Predicate<GateScene> effect) {

    /** Sends what it takes, and returns the answer to the last of it. Called a second time with the controls off. */
    interface Attempt {
        Answer in(GateScene scene);
    }

    /** Its effect is the change itself: the sandbox's workload is off. */
    static GateAttack of(String name, String who, Attempt attempt, Control... controls) {
        return new GateAttack(name, who, List.of(), List.of(controls), attempt, GateScene::changed);
    }

    GateAttack given(Control... off) {
        return new GateAttack(name, who, List.of(off), controls, attempt, effect);
    }

    GateAttack seenBy(Predicate<GateScene> other) {
        return new GateAttack(name, who, given, controls, attempt, other);
    }

    @Override
    public String toString() {
        return name + " (" + who + ")";
    }
}
