package org.incidentorchestrator.step.verb;

import java.util.List;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.RolloutView;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.StepFailure;

/** Why an act does not do what it was asked: each with its reason word and what to do instead. */
public final class Refusals {
    private Refusals() {}

    public static void cannotRestart(WorkloadView workload) {
        refuse(
                !workload.canRestart(),
                "cannotRestart",
                workload.target() + " cannot be restarted: its pods have no template that could change.",
                "Restart a Deployment, StatefulSet or DaemonSet; a Job has to be made anew.");
    }

    public static void cannotScale(WorkloadView workload) {
        refuse(
                !workload.canScale(),
                "cannotScale",
                workload.target() + " has no number of replicas to set.",
                workload.isDaemonSet()
                        ? "A DaemonSet runs one pod on each node: look for the node that lacks one."
                        : "Scale a Deployment or StatefulSet.");
    }

    public static void cannotReplace(WorkloadView workload) {
        refuse(
                !workload.canRestart(),
                "cannotReplace",
                workload.target() + " does not make a new pod for each one that is evicted.",
                "Name the Deployment, StatefulSet or DaemonSet whose pods are to be replaced.");
    }

    public static void scaledToZero(WorkloadView workload) {
        refuse(
                workload.desired() == 0,
                "scaledToZero",
                workload.target() + " is scaled to 0: somebody may have meant it.",
                "Ask who did it; scale it by hand to what it should have.");
    }

    public static void paused(WorkloadView workload) {
        refuse(
                workload.paused(),
                "rolloutPaused",
                "The rollout of " + workload.target() + " is paused: its pods would not be replaced.",
                "Find out who paused it; end it with 'kubectl rollout resume'.");
    }

    public static void updatesOnDelete(WorkloadView workload) {
        refuse(
                workload.updatesOnDelete(),
                "updatesOnDelete",
                workload.target() + " has the update strategy OnDelete: a restart would replace no pod.",
                "Replace its pods one by one.");
    }

    /** A second restart throws the first one's progress away. Where a pod fails already, there is none to lose. */
    public static void rolloutInProgress(WorkloadView workload, List<PodView> pods) {
        RolloutView rollout = RolloutView.of(workload);
        boolean failing = pods.stream().anyMatch(PodView::failing);
        refuse(
                rollout.underWay(workload) && (rollout.replacing() || !failing),
                "rolloutInProgress",
                "A rollout of " + workload.target() + " is under way: " + rollout.text() + ".",
                "Wait until it is complete; if it cannot be, roll it back.");
    }

    /** @param orphans names of unready pods that have no controller */
    public static StepFailure nothingToReplace(WorkloadView workload, List<String> orphans) {
        if (!orphans.isEmpty()) {
            return StepFailure.refused(
                    "podWithoutController",
                    "Pod " + orphans.get(0) + " has no controller: evicted, it would not come back.",
                    "Save what it needs, and make it anew by hand.");
        }
        return StepFailure.refused(
                "nothingToReplace",
                workload.target() + " has no unready pod that was not replaced already.",
                "Look at its pods; go on with the next remedy.");
    }

    /** @param message what, where, why; @param remedy what to do */
    public static void refuse(boolean when, String reason, String message, String remedy) {
        if (when) {
            throw StepFailure.refused(reason, message, remedy);
        }
    }
}
