package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.Change.Identity;

/** A reader behind the {@link ClusterGate}. Logs, HTTP and exec come from nodes and pods,
 * so that only refusals concern them. */
final class GatedReader implements ClusterReader {
    private final ClusterReader reader;
    private final ClusterGate gate;
    private volatile ClusterIdentity cluster;

    GatedReader(ClusterReader reader, ClusterGate gate) {
        this.reader = reader;
        this.gate = gate;
    }

    /** Asked until it was answered once: the program starts, and shows what it knows, while the API server is down. */
    @Override
    public ClusterIdentity cluster() {
        ClusterIdentity known = cluster;
        if (known == null) {
            known = gate.counted(reader::cluster);
            cluster = known;
        }
        return known;
    }

    @Override
    public ClusterReader as(Identity identity) {
        return new GatedReader(reader.as(identity), gate);
    }

    @Override
    public Optional<KubernetesObject> get(ResourceType type, String namespace, String name) {
        return gate.counted(() -> reader.get(type, namespace, name));
    }

    @Override
    public List<KubernetesObject> list(ResourceType type, Query query) {
        return gate.counted(() -> reader.list(type, query));
    }

    @Override
    public LogAnswer logs(LogQuery query) {
        return gate.uncounted(() -> reader.logs(query));
    }

    @Override
    public HttpAnswer http(HttpQuery query) {
        return gate.uncounted(() -> reader.http(query));
    }

    @Override
    public ExecAnswer exec(ExecQuery query) {
        return gate.uncounted(() -> reader.exec(query));
    }

    @Override
    public KubernetesObject validate(ResourceType type, KubernetesObject object) {
        return gate.counted(() -> reader.validate(type, object));
    }

    @Override
    public boolean discover(ResourceType type) {
        return gate.counted(() -> reader.discover(type));
    }

    @Override
    public ServedKinds kinds() {
        return gate.counted(reader::kinds);
    }
}
