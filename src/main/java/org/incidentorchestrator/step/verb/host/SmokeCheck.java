package org.incidentorchestrator.step.verb.host;

/**
 * One thing that a smoke test asked.
 *
 * @param what it is about: {@code service a1-orchestrator/mcp-gateway}
 * @param text what was found, in a few words
 */
record SmokeCheck(String what, Result result, String text) {
    /** The worst last. */
    enum Result {
        PASSED("passed"),
        /** It could not be asked: no pass. */
        UNKNOWN("unknown"),
        FAILED("failed");

        private final String word;

        Result(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static SmokeCheck of(String what, boolean passed, String text) {
        return new SmokeCheck(what, passed ? Result.PASSED : Result.FAILED, text);
    }

    static SmokeCheck unknown(String what, String why) {
        return new SmokeCheck(what, Result.UNKNOWN, why);
    }
}
