package org.incidentorchestrator.host;

import java.time.Duration;

/** What is known of a run. */
public sealed interface RunState {
    /** There is no trace of it here: it was not begun, or it was so long ago that its record is deleted. */
    record None() implements RunState {}

    /** It was made ready and has not begun. */
    record NotBegun() implements RunState {}

    record Running() implements RunState {}

    /**
     * @param exit its status; 128 + n when signal n ended it
     * @param stopped empty when it ended by itself, {@code timeLimit}, or {@code signal} when somebody ended its supervisor
     * @param dropped bytes of output beyond what is kept
     * @param took from begin to end
     */
    record Ended(int exit, String stopped, long dropped, Duration took) implements RunState {
        public boolean passed() {
            return exit == 0 && stopped.isEmpty();
        }
    }

    /** It began, and nobody wrote down how it ended. @param alive how many of its processes still run */
    record Lost(int alive) implements RunState {}

    /** It belongs to another machine. */
    record Elsewhere(String host) implements RunState {}
}
