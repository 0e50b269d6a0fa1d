package org.incidentorchestrator.cluster;

import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Target;

/** A Deployment, StatefulSet, DaemonSet or Job: what keeps a number of pods running. */
public record WorkloadView(KubernetesObject object) {
    public static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    public Target target() {
        return object.target();
    }

    public boolean isDeployment() {
        return object.kind().equals("Deployment");
    }

    public boolean isStatefulSet() {
        return object.kind().equals("StatefulSet");
    }

    public boolean isDaemonSet() {
        return object.kind().equals("DaemonSet");
    }

    public boolean isJob() {
        return object.kind().equals("Job");
    }

    /** Whether {@code kubectl rollout restart} takes it. */
    public boolean canRestart() {
        return isDeployment() || isStatefulSet() || isDaemonSet();
    }

    /** Whether it has a number of replicas to set. */
    public boolean canScale() {
        return isDeployment() || isStatefulSet();
    }

    /** A selector that is absent selects nothing. */
    public Optional<LabelSelector> selector() {
        return Optional.of(object.at("/spec/selector"))
                .filter(KubernetesObject::exists)
                .map(LabelSelector::of);
    }

    /** How many pods there should be: a DaemonSet's number is the nodes it fits, a Job's what it has to complete. */
    public int desired() {
        if (isDaemonSet()) {
            return object.number("/status/desiredNumberScheduled", 0);
        }
        return object.number(isJob() ? "/spec/completions" : "/spec/replicas", 1);
    }

    /** How many of them are ready; of a Job those that have succeeded count too. */
    public int ready() {
        if (isDaemonSet()) {
            return object.number("/status/numberReady", 0);
        }
        return isJob()
                ? object.number("/status/ready", 0) + object.number("/status/succeeded", 0)
                : object.number("/status/readyReplicas", 0);
    }

    /** Whether the controller has seen the present spec: until then the status speaks of an older one. */
    public boolean observed() {
        return isJob() || object.number("/status/observedGeneration", 0) >= object.number("/metadata/generation", 0);
    }

    public boolean paused() {
        return object.flag("/spec/paused");
    }

    /** New pods come only when somebody deletes the old: changing the template restarts nothing. */
    public boolean updatesOnDelete() {
        return object.text("/spec/updateStrategy/type", "").equals("OnDelete");
    }

    /** All pods end before the first new one starts: a restart is an outage. */
    public boolean recreates() {
        return object.text("/spec/strategy/type", "").equals("Recreate");
    }

    /** How many pods a rollout makes beyond the wanted number; percentages are rounded up, 25 % is the default. */
    public int surge() {
        if (!isDeployment() || recreates()) {
            return 0;
        }
        String surge = object.text("/spec/strategy/rollingUpdate/maxSurge", "25%");
        return surge.endsWith("%")
                ? (int) Math.ceil(desired() * Integer.parseInt(surge.replace("%", "")) / 100.0)
                : Integer.parseInt(surge);
    }

    public KubernetesObject template() {
        return object.at("/spec/template");
    }

    public Map<String, String> podLabels() {
        return template().labels();
    }
}
