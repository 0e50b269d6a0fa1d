package org.incidentorchestrator.approval.gate;

/** A decision about a change was not taken. The message says what, where and why; the remedy what to do. */
public final class ApprovalRefused extends RuntimeException {
    /** Whose fault it is: what the caller wrote, who the caller is, or when it was. */
    public enum Kind {
        WRONG,
        FORBIDDEN,
        TOO_LATE
    }

    private final Kind kind;
    private final String reason;
    private final String remedy;

    /** @param reason a camelCase word for log, record and screen: {@code approvedByRequester} */
    ApprovalRefused(Kind kind, String reason, String message, String remedy) {
        super(message + " " + remedy);
        this.kind = kind;
        this.reason = reason;
        this.remedy = remedy;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }
}
