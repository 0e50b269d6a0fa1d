package org.incidentorchestrator.step;

import org.incidentorchestrator.host.HostFailure;

/** A step must not or cannot be done. The message says what, where and why; the remedy says what to do. */
public final class StepFailure extends RuntimeException {
    private final transient RefusalCode code;
    private final transient String reason;
    private final transient String remedy;

    /** @param reason a camelCase word for log, metric and screen: {@code rolloutPaused} */
    public StepFailure(RefusalCode code, String reason, String message, String remedy) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.remedy = remedy;
    }

    public static StepFailure refused(String reason, String message, String remedy) {
        return new StepFailure(RefusalCode.REFUSED, reason, message, remedy);
    }

    /** What a model or a person gave cannot be worked with. */
    public static StepFailure badInput(String message, String remedy) {
        return refused("badInput", message, remedy);
    }

    public static StepFailure notFound(String message, String remedy) {
        return new StepFailure(RefusalCode.NOT_FOUND, "targetNotFound", message, remedy);
    }

    /** What the host says against a script. */
    public static StepFailure refused(HostFailure failure) {
        return refused(failure.reason(), failure.getMessage(), failure.remedy());
    }

    public RefusalCode code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
