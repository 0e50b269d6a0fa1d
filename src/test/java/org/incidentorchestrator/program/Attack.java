package org.incidentorchestrator.program;

import java.util.List;
import org.incidentorchestrator.program.Attacker.Answer;

/**
 * One way around what a person has to decide.
 *
 * @param who a user id
 * @param controls what refuses it: with all of them off it has to succeed, or the row proves nothing
 */
record Attack(String name, String who, List<Control> controls, Attempt attempt) {
    /** Sends what it takes, and returns the answer to the last of it. */
    interface Attempt {
        Answer by(Attacker attacker, AttackScene scene);
    }

    static Attack of(String name, String who, Attempt attempt, Control... controls) {
        return new Attack(name, who, List.of(controls), attempt);
    }

    @Override
    public String toString() {
        return name + " (" + who + ")";
    }
}
