package org.incidentorchestrator.host;

/** A script is not run, or not known to have been. The message says what, where and why; the remedy says what to do. */
public final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why; {@link #reason()} is its word for log, metric and screen. */
    public enum Kind {
        /** The settings name no such script. */
        UNKNOWN("scriptUnknown"),
        /** It is not on this host, or this host cannot run it: never a pass. */
        NOT_AVAILABLE("scriptNotAvailable"),
        /** Where it lies somebody else could replace it, or it leads out of the root. */
        UNSAFE("scriptUnsafe"),
        /** Its content, or what the settings say of it, is not what was pinned or decided on. */
        CHANGED("scriptChanged"),
        /** As many runs of it as are allowed are under way. */
        BUSY("scriptBusy"),
        /** It was certainly not begun. */
        NOT_STARTED("scriptNotStarted"),
        /** It may have begun: look at its run. */
        UNHEARD("scriptUnheard");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }
    }

    private final Kind kind;
    private final String remedy;

    HostFailure(Kind kind, String message, String remedy) {
        super(message);
        this.kind = kind;
        this.remedy = remedy;
    }

    public Kind kind() {
        return kind;
    }

    public String reason() {
        return kind.reason;
    }

    public String remedy() {
        return remedy;
    }
}
