package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.verb.CertificateContract;
import org.incidentorchestrator.support.TestClock;

/** The sandbox shows the verbs of certificates and policies what a real API server shows them. */
class CertificateTest extends CertificateContract {
    private final Sandbox sandbox = Sandbox.inMemory(new TestClock());

    @Override
    protected ClusterReader reader() {
        return sandbox.reader();
    }

    @Override
    protected ClusterWriter writer() {
        return sandbox.writer();
    }

    @Override
    protected String namespace() {
        return Sandbox.NAMESPACE;
    }

    @Override
    protected KubernetesObject make(ResourceType type, ObjectNode manifest) {
        return sandbox.change(
                (world, now) -> KubernetesObject.of(new ApiServer(world, "somebody-else", now).create(manifest)));
    }

    @Override
    protected KubernetesObject change(ResourceType type, KubernetesObject object, ObjectNode body) {
        Key key = Key.of(object.target());
        return sandbox.change((world, now) ->
                KubernetesObject.of(new ApiServer(world, "somebody-else", now).patch(key, "", "", body)));
    }

    @Override
    protected void broken(String constraint) {
        make(CONSTRAINTS, constraint(constraint));
    }

    @Override
    protected void report(ResourceType type, KubernetesObject object, ObjectNode status) {
        sandbox.change((world, now) -> {
            ObjectNode stored = world.find(Key.of(object.target())).orElseThrow();
            Status.write(world, stored, status, "its-controller", now);
            return null;
        });
    }
}
