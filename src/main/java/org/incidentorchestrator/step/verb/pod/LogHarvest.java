package org.incidentorchestrator.step.verb.pod;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.verb.Subject;

/** The logs that a step could get: bounded in number, and in how often a node may fail to answer. */
final class LogHarvest {
    /** With more than ten replicas and several containers the step would outgrow its time. */
    private static final int MOST_READS = 60;
    /** Each may take its ten seconds; a third would be too long for one step. */
    private static final int MOST_FAILURES = 2;

    private final Subject subject;
    private final ClusterReader cluster;
    private final List<Artefact> kept = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int previous;
    private int reads;
    private int failures;

    LogHarvest(Subject subject, ClusterReader cluster) {
        this.subject = subject;
        this.cluster = cluster;
    }

    LogHarvest gather(List<LogQuery> queries) {
        queries.forEach(this::gather);
        return this;
    }

    private void gather(LogQuery query) {
        if (reads == MOST_READS || failures == MOST_FAILURES) {
            missing.add(file(query) + ": not asked for, the step has no time left");
            return;
        }
        reads++;
        try {
            keep(query, cluster.logs(query));
        } catch (ClusterFailure failure) {
            missing.add(file(query) + ": " + unreadable(failure));
        }
    }

    private void keep(LogQuery query, LogAnswer answer) {
        if (answer instanceof LogAnswer.Lines lines) {
            kept.add(Artefact.text(file(query), subject.kubectl().logs(query), lines.text()));
            previous += query.previous() ? 1 : 0;
        } else if (answer instanceof LogAnswer.None none) {
            missing.add(file(query) + ": " + none.reason());
        }
    }

    /** The pods were listed over the same connection: it is the pod that is gone, or its node that does not answer. */
    private String unreadable(ClusterFailure failure) {
        switch (failure.kind()) {
            case NOT_FOUND:
                return "the pod is gone";
            case UNREACHABLE, THROTTLED:
                failures++;
                return failure.getMessage();
            default:
                throw failure;
        }
    }

    private static String file(LogQuery query) {
        return query.pod() + "-" + query.container() + (query.previous() ? "-previous" : "") + ".log";
    }

    List<Artefact> kept() {
        return List.copyOf(kept);
    }

    int previous() {
        return previous;
    }

    /** One line for each log that could not be kept, with its reason. */
    List<String> missing() {
        return List.copyOf(missing);
    }
}
