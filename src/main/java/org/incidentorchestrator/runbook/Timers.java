package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** {@code ${timers.x}}: the models' times, as ISO-8601 strings (the engine refuses a {@link Duration}). */
@ForModels("timers")
@Component
public class Timers {
    /** Later than any incident: a level that was paged before the ladder was armed again is not paged a second time. */
    static final Instant NEVER = Instant.parse("2999-12-31T00:00:00Z");

    private static final int EVERYBODY = 5;

    private final EscalationSettings escalation;
    private final WaitSettings waits;

    Timers(EscalationSettings escalation, WaitSettings waits) {
        this.escalation = escalation;
        this.waits = waits;
    }

    /**
     * When a level is due: absolute, so that an outage of ours makes it overdue and not later.
     *
     * @param armedAt when the ladder was (re)armed, ISO-8601
     * @param level 2 to 4, 5 for everybody
     * @param reached the level that it had reached then
     */
    public String escalateAt(String armedAt, int level, int reached) {
        return dueAt(Instant.parse(armedAt), level, reached).toString();
    }

    /** A time that somebody has worked out already, ISO-8601: absolute, so that an outage makes it overdue and not later. */
    public String at(String time) {
        return Instant.parse(time).toString();
    }

    Instant dueAt(Instant armedAt, int level, int reached) {
        if (level > reached) {
            return armedAt.plus(escalation.after(level).minus(escalation.after(reached)));
        }
        // Above everybody there is nobody: who gives it back then must not make the ladder end in silence.
        return level == EVERYBODY ? armedAt.plus(escalation.everybodyAgain()) : NEVER;
    }

    public String getEverybodyAgain() {
        return escalation.everybodyAgain().toString();
    }

    public String getRolloutPoll() {
        return waits.rolloutPoll().toString();
    }

    public String getRecoveryPoll() {
        return waits.recoveryPoll().toString();
    }
}
