package org.incidentorchestrator.cluster;

import java.util.Optional;

/**
 * How far a rollout is, decided as {@code kubectl rollout status} does.
 *
 * @param replacing whether pods of an older template are still to be replaced; without it the rollout only waits for
 *     its pods to become available
 * @param text one line for people
 */
public record RolloutView(State state, boolean replacing, String text) {
    public enum State {
        COMPLETE,
        PROGRESSING,
        /** The progress deadline has passed; a Job has failed. */
        STALLED,
        /** Not complete, and paused: it will never be, unless somebody resumes it. */
        PAUSED;

        /** As it stands in the models. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static RolloutView of(WorkloadView workload) {
        if (!workload.observed()) {
            return progressing(true, "its controller has not seen the new spec yet");
        }
        if (workload.isDeployment()) {
            return deployment(workload);
        }
        if (workload.isStatefulSet()) {
            return statefulSet(workload);
        }
        return workload.isDaemonSet() ? daemonSet(workload.object()) : job(workload.object());
    }

    private static RolloutView deployment(WorkloadView workload) {
        RolloutView rollout = deployment(workload.object(), workload.desired());
        boolean waits = workload.paused() && rollout.state != State.COMPLETE;
        return waits ? new RolloutView(State.PAUSED, rollout.replacing, rollout.text) : rollout;
    }

    private static RolloutView deployment(KubernetesObject deployment, int desired) {
        int updated = deployment.number("/status/updatedReplicas", 0);
        int all = deployment.number("/status/replicas", 0);
        int available = deployment.number("/status/availableReplicas", 0);
        boolean replacing = updated < desired || all > updated;
        if (progressReason(deployment)
                .filter("ProgressDeadlineExceeded"::equals)
                .isPresent()) {
            return new RolloutView(State.STALLED, replacing, "exceeded its progress deadline");
        }
        if (updated < desired) {
            return progressing(true, updated + " of " + desired + " new replicas have been updated");
        }
        if (all > updated) {
            return progressing(true, all - updated + " old replicas are pending termination");
        }
        return available < updated
                ? progressing(false, available + " of " + updated + " updated replicas are available")
                : complete(updated + " replicas updated and available");
    }

    /** Whether a rollout is under way that a restart would throw away; pods that fail long after one are not that. */
    public boolean underWay(WorkloadView workload) {
        boolean finishedOnce = progressReason(workload.object())
                .filter("NewReplicaSetAvailable"::equals)
                .isPresent();
        return state == State.PROGRESSING && (replacing || workload.isDeployment() && !finishedOnce);
    }

    private static RolloutView statefulSet(WorkloadView workload) {
        KubernetesObject set = workload.object();
        int updated = set.number("/status/updatedReplicas", 0);
        int wanted = Math.max(0, workload.desired() - set.number("/spec/updateStrategy/rollingUpdate/partition", 0));
        String revision = set.text("/status/updateRevision", "");
        boolean replacing = !workload.updatesOnDelete()
                && !revision.equals(set.text("/status/currentRevision", ""))
                && updated < wanted;
        if (replacing) {
            return progressing(true, updated + " of " + wanted + " pods are at revision " + revision);
        }
        return workload.ready() < workload.desired()
                ? progressing(false, workload.ready() + " of " + workload.desired() + " pods are ready")
                : complete(workload.ready() + " pods ready");
    }

    private static RolloutView daemonSet(KubernetesObject set) {
        int desired = set.number("/status/desiredNumberScheduled", 0);
        int updated = set.number("/status/updatedNumberScheduled", 0);
        int available = set.number("/status/numberAvailable", 0);
        if (updated < desired && !set.text("/spec/updateStrategy/type", "").equals("OnDelete")) {
            return progressing(true, updated + " of " + desired + " new pods have been updated");
        }
        return available < desired
                ? progressing(false, available + " of " + desired + " updated pods are available")
                : complete(available + " pods updated and available");
    }

    /** A Job has no rollout: it is complete when it has succeeded. */
    private static RolloutView job(KubernetesObject job) {
        if (PodView.condition(job, "Complete")) {
            return complete("succeeded");
        }
        return PodView.condition(job, "Failed")
                ? new RolloutView(State.STALLED, false, "failed")
                : progressing(false, job.number("/status/active", 0) + " pods are active");
    }

    private static Optional<String> progressReason(KubernetesObject deployment) {
        return deployment.items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals("Progressing"))
                .flatMap(condition -> condition.text("/reason").stream())
                .findFirst();
    }

    private static RolloutView progressing(boolean replacing, String text) {
        return new RolloutView(State.PROGRESSING, replacing, text);
    }

    private static RolloutView complete(String text) {
        return new RolloutView(State.COMPLETE, false, text);
    }
}
