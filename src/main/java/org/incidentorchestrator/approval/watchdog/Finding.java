package org.incidentorchestrator.approval.watchdog;

/**
 * Something that would silence the paging, or has.
 *
 * @param about what of its kind: {@code INC-7}, {@code job/4711}; empty where there is but one
 * @param what a sentence with its figures: what is wrong
 */
record Finding(Kind kind, String about, String what) {
    /** Whether it is the same trouble, whatever its figures are by now. */
    boolean is(Finding other) {
        return kind == other.kind && about.equals(other.about);
    }

    enum Kind {
        LADDER(
                "Take the incident: claim 'Respond to incident'. It has been paged at once, and everybody is every 30 min until somebody has it. Then see in Cockpit what has become of the timers of its 'Page responders'."),
        TIMERS(
                "Nobody is paged by timers that stand. See /actuator/health (engine) and the program's log; the program may be restarted at any time, overdue timers fire then. Until they do, look for incidents in Tasklist and tell each other."),
        JOBS("Mend the cause, then retry the job in Cockpit, or take over by hand."),
        OUTBOX(
                "People are not told outside of Tasklist. See in the program's log which channel fails, and look for incidents in Tasklist until it works."),
        EVIDENCE(
                "What happens is on the record, and cannot be proved yet. See the log of EvidenceSealer; nothing is lost.");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }

        String remedy() {
            return remedy;
        }

        /** As labels and subjects name it. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
