package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.CustomKindContract;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.support.TestClock;

/** The sandbox is held to what real API servers do with custom kinds and with a server-side apply. */
class CustomKindTest extends CustomKindContract {
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
        return asOther((server, key) -> server.create(manifest), Key.of(manifest));
    }

    @Override
    protected KubernetesObject changeAsOther(KubernetesObject object, ObjectNode body) {
        return asOther((server, key) -> server.patch(key, "", "", body), Key.of(object.target()));
    }

    private interface Deed {
        ObjectNode of(ApiServer server, Key key);
    }

    private KubernetesObject asOther(Deed deed, Key key) {
        return sandbox.change(
                (world, now) -> KubernetesObject.of(deed.of(new ApiServer(world, "somebody-else", now), key)));
    }

    @Override
    protected void report(KubernetesObject object, ObjectNode status) {
        sandbox.change((world, now) -> {
            Optional<ObjectNode> stored = world.find(Key.of(object.target()));
            Status.write(world, stored.orElseThrow(), status, "its-controller", now);
            return null;
        });
    }

    @Override
    protected void delete(KubernetesObject object) {
        sandbox.delete(object.target());
    }
}
