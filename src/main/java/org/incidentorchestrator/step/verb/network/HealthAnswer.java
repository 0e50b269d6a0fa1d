package org.incidentorchestrator.step.verb.network;

import java.time.Duration;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;

/** What came of asking one service or pod for its health. @param took zero where nothing answered */
record HealthAnswer(String whom, State state, String text, Duration took) {
    /** Of an address that nobody declared: it answers, and that says nothing of its health. */
    private static final Set<Integer> NOT_MEANT = Set.of(401, 403, 404, 405, 501);

    private static final String SILENT = "gives no answer: ";

    /** The worst last. */
    enum State {
        HEALTHY("healthy"),
        UNKNOWN("unknown"),
        UNHEALTHY("unhealthy"),
        NO_ENDPOINTS("noEndpoints");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static HealthAnswer unknown(String whom, String why) {
        return new HealthAnswer(whom, State.UNKNOWN, why, Duration.ZERO);
    }

    /** @param limited whether a network policy limits who may reach the pods: the API server may not be among them */
    static HealthAnswer of(String whom, HealthAddress address, HttpAnswer answer, boolean limited) {
        return answer instanceof HttpAnswer.Answered answered
                ? answered(whom, address, answered)
                : unanswered(whom, (HttpAnswer.Unanswered) answer, limited);
    }

    private static HealthAnswer answered(String whom, HealthAddress address, HttpAnswer.Answered answered) {
        int status = answered.status();
        boolean meant = address.declared() || !NOT_MEANT.contains(status);
        State state = status >= 200 && status < 300 ? State.HEALTHY : meant ? State.UNHEALTHY : State.UNKNOWN;
        String text = "answers with status " + status
                + (state == State.UNKNOWN ? ", as " + address.path() + " is not its health address" : "");
        return new HealthAnswer(whom, state, text, answered.took());
    }

    private static HealthAnswer unanswered(String whom, HttpAnswer.Unanswered none, boolean limited) {
        if (none.noEndpoints()) {
            return new HealthAnswer(whom, State.NO_ENDPOINTS, SILENT + none.reason(), Duration.ZERO);
        }
        boolean refused = none.reason().contains("connection refused") && !limited;
        return new HealthAnswer(
                whom,
                refused ? State.UNHEALTHY : State.UNKNOWN,
                SILENT + none.reason() + caveat(limited),
                Duration.ZERO);
    }

    static String caveat(boolean limited) {
        return limited ? " (network policies limit who may reach it: the API server may not be among them)" : "";
    }
}
