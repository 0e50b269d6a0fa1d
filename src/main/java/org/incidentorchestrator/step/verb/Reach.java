package org.incidentorchestrator.step.verb;

import java.util.List;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepFailure;
import org.springframework.stereotype.Component;

/** Which namespaces a look may be about: ours, and those that are named for looking only. */
@Component
public final class Reach {
    private final ClusterSettings ours;
    private final LookSettings more;

    Reach(ClusterSettings ours, LookSettings more) {
        this.ours = ours;
        this.more = more;
    }

    /**
     * @param wanted empty or null for all that are ours
     * @throws StepFailure refused, namespaceNotOurs
     */
    public List<String> namespaces(String wanted) {
        if (wanted == null || wanted.isEmpty()) {
            return ours.namespaces();
        }
        require(wanted);
        return List.of(wanted);
    }

    /** @throws StepFailure refused, namespaceNotOurs */
    public void require(String namespace) {
        if (!covers(namespace)) {
            throw StepFailure.refused(
                    "namespaceNotOurs",
                    "Namespace '" + Line.of(namespace, 80) + "' is not looked at: it is none of cluster.namespaces "
                            + ours.namespaces() + " and none of look.namespaces " + more.namespaces() + ".",
                    "Name one of these, or add it to the setting.");
        }
    }

    /**
     * Reads the name of a workload.
     *
     * @return the target, in a namespace that may be looked at
     * @throws StepFailure refused, badTarget or namespaceNotOurs
     */
    public Target target(String id) {
        try {
            Target target = Target.parse(id);
            require(target.namespace());
            return target;
        } catch (IllegalArgumentException unfit) {
            throw StepFailure.refused(
                    "badTarget",
                    "The look has no object to look at: " + Line.of(unfit.getMessage(), 200) + ".",
                    "Set the input 'target' as findTarget gives it.");
        }
    }

    /** @return the namespace @throws StepFailure refused, namespaceNotOurs; also for null */
    public String one(String namespace) {
        require(String.valueOf(namespace));
        return namespace;
    }

    public boolean covers(String namespace) {
        return ours.allows(namespace) || more.namespaces().contains(namespace);
    }
}
