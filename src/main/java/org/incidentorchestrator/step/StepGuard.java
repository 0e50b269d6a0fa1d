package org.incidentorchestrator.step;

/** One reason why a plan may not run now. Asked when a change is proposed, and again before it is made. */
public interface StepGuard {
    Verdict examine(Effect effect, StepContext context, StepCall call);

    sealed interface Verdict {
        Verdict ALLOWED = new Allowed();

        record Allowed() implements Verdict {}

        /** @param reason a camelCase word; @param message what, where, why; @param remedy what to do */
        record Refused(RefusalCode code, String reason, String message, String remedy) implements Verdict {}

        static Verdict refused(String reason, String message, String remedy) {
            return new Refused(RefusalCode.REFUSED, reason, message, remedy);
        }
    }
}
