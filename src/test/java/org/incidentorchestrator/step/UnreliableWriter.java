package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterWriter;

/** A writer on a bad line: the next real write fails in the way that a test asks for. */
final class UnreliableWriter implements ClusterWriter {
    private final ClusterWriter line;
    private Runnable before = () -> {};
    private Runnable after = () -> {};
    private Runnable beforeRehearsal = () -> {};

    UnreliableWriter(ClusterWriter line) {
        this.line = line;
    }

    void losesTheNextRequest() {
        before = UnreliableWriter::unreachable;
    }

    void losesTheNextAnswer() {
        after = UnreliableWriter::unreachable;
    }

    void answersNext(Kind kind) {
        before = () -> {
            throw new ClusterFailure(kind, "the API server says " + kind);
        };
    }

    void alwaysAnswers(Kind kind) {
        before = () -> {
            alwaysAnswers(kind);
            throw new ClusterFailure(kind, "the API server says " + kind);
        };
    }

    /** Somebody else is faster than the next write. */
    void isOvertakenBy(Runnable somebody) {
        before = somebody;
    }

    /** Somebody else is faster than the next dry run. */
    void rehearsesAfter(Runnable somebody) {
        beforeRehearsal = somebody;
    }

    @Override
    public Receipt apply(Change change, Write write) {
        if (write == Write.DRY_RUN) {
            Runnable somebody = beforeRehearsal;
            beforeRehearsal = () -> {};
            somebody.run();
            return line.apply(change, write);
        }
        Runnable first = before;
        Runnable then = after;
        before = () -> {};
        after = () -> {};
        first.run();
        Receipt receipt = line.apply(change, write);
        then.run();
        return receipt;
    }

    private static void unreachable() {
        throw new ClusterFailure(Kind.UNREACHABLE, "no answer within 10 s");
    }
}
