package org.incidentorchestrator.step;

import java.util.Set;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;

/** A look as simple as a look can be; somebody may be faster than its answer. */
final class CountReplicas implements Step<CountReplicas.Input, CountReplicas.Output> {
    private Runnable faster = () -> {};

    record Input(String target) {}

    record Output(int replicas) {}

    void isOvertakenBy(Runnable somebody) {
        faster = somebody;
    }

    @Override
    public Plan<Output> plan(Input input, StepContext context) {
        Target target = Target.parse(input.target());
        Runnable somebody = faster;
        faster = () -> {};
        somebody.run();
        int replicas = context.cluster()
                .get(ResourceType.DEPLOYMENTS, target.namespace(), target.name())
                .map((KubernetesObject now) -> now.number("/spec/replicas", 1))
                .orElse(0);
        return Plan.look(replicas + " replicas", new Output(replicas));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(Permission.look("apps", "deployments", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
