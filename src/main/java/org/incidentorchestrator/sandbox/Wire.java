package org.incidentorchestrator.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;

/** What may go wrong between a caller and the API server. */
final class Wire {
    private final Consumer<Duration> pause;
    private boolean answerGetsLost;
    private Optional<Kind> nextFailure = Optional.empty();
    private String forbidden = "";

    Wire(Consumer<Duration> pause) {
        this.pause = pause;
    }

    static Wire real() {
        return new Wire(Wire::sleep);
    }

    synchronized void loseNextAnswer() {
        answerGetsLost = true;
    }

    synchronized void failNextChange(Kind kind) {
        nextFailure = Optional.of(kind);
    }

    /** @param words that a request begins with, such as {@code list pods}; empty for none */
    synchronized void forbid(String words) {
        forbidden = words;
    }

    /** @throws ClusterFailure FORBIDDEN */
    synchronized void admit(String what) {
        if (!forbidden.isEmpty() && what.startsWith(forbidden)) {
            throw new ClusterFailure(
                    Kind.FORBIDDEN,
                    "Could not " + what + ": the sandbox was told to forbid it (403). Grant this right to the context's"
                            + " identity, or change the policy that refuses it.");
        }
    }

    void delay(Duration by) {
        pause.accept(by);
    }

    /** On the way there. @throws ClusterFailure as asked for */
    synchronized void send(String what) {
        Optional<Kind> failure = nextFailure;
        nextFailure = Optional.empty();
        if (failure.isPresent()) {
            throw new ClusterFailure(
                    failure.get(), "The sandbox was told to fail this change: " + what + ". Try again.");
        }
    }

    /** On the way back. @throws ClusterFailure UNREACHABLE */
    synchronized void answer(String what) {
        boolean lost = answerGetsLost;
        answerGetsLost = false;
        if (lost) {
            throw new ClusterFailure(
                    Kind.UNREACHABLE,
                    "No answer to '" + what + "': the sandbox was told to lose it. Look whether the change was made.");
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
