package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterIdentity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;

/** The reader of the sandbox. */
final class SandboxReader implements ClusterReader {
    static final String CONTEXT = "sandbox";
    static final String VERSION = "v1.34.1";

    private static final Map<String, String> FIELDS = Map.of(
            "metadata.name", "/metadata/name",
            "metadata.namespace", "/metadata/namespace",
            "involvedObject.name", "/involvedObject/name",
            "involvedObject.uid", "/involvedObject/uid",
            "involvedObject.kind", "/involvedObject/kind",
            "spec.nodeName", "/spec/nodeName",
            "status.phase", "/status/phase",
            "type", "/type",
            "reason", "/reason");

    private final Sandbox sandbox;

    SandboxReader(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public ClusterIdentity cluster() {
        sandbox.ask("cluster");
        return sandbox.look(now -> new ClusterIdentity(
                CONTEXT,
                sandbox.world()
                        .find(new Key("Namespace", "", "kube-system"))
                        .map(Pods::uid)
                        .orElseThrow(),
                VERSION));
    }

    @Override
    public Optional<KubernetesObject> get(ResourceType type, String namespace, String name) {
        sandbox.ask("get " + type.plural() + " " + name);
        Served.require(type);
        return sandbox.look(now -> stored(type, namespace, now)
                .filter(object -> Pods.name(object).equals(name))
                .map(KubernetesObject::of)
                .findFirst());
    }

    @Override
    public List<KubernetesObject> list(ResourceType type, Query query) {
        sandbox.ask("list " + type.plural());
        Served.require(type);
        return sandbox.look(now -> stored(type, query.namespace(), now)
                .filter(object -> matches(object, query))
                .map(KubernetesObject::of)
                .filter(object -> query.labels().matches(object.labels()))
                .toList());
    }

    @Override
    public LogAnswer logs(LogQuery query) {
        sandbox.ask("logs " + query.pod());
        return sandbox.look(now -> {
            ObjectNode pod = pod(query.namespace(), query.pod());
            return PodLog.answer(sandbox.world(), pod, query, now);
        });
    }

    @Override
    public HttpAnswer http(HttpQuery query) {
        sandbox.ask("http " + query.name() + query.path());
        return sandbox.look(now -> ProxiedHttp.answer(sandbox.world(), query));
    }

    @Override
    public ExecAnswer exec(ExecQuery query) {
        sandbox.ask("exec " + query.pod());
        return sandbox.look(now -> PodPrograms.run(sandbox.world(), pod(query.namespace(), query.pod()), query, now));
    }

    @Override
    public KubernetesObject validate(ResourceType type, KubernetesObject object) {
        sandbox.ask("try " + object.kind() + " " + object.name());
        Served.require(type);
        return KubernetesObject.of(sandbox.rehearse(
                (world, now) -> new ApiServer(world, ClusterWriter.FIELD_MANAGER, now).tried(object.toJson())));
    }

    @Override
    public boolean discover(ResourceType type) {
        sandbox.ask("discover " + type.plural());
        return Served.has(type);
    }

    @Override
    public ServedKinds kinds() {
        sandbox.ask("kinds");
        return Served.kinds();
    }

    private Stream<ObjectNode> stored(ResourceType type, String namespace, Instant now) {
        World world = sandbox.world();
        Stream<ObjectNode> all = Metrics.serves(type) ? Metrics.all(world, type, now) : world.all(type.kind()).stream();
        return all.filter(object -> !type.namespaced()
                        || namespace.isEmpty()
                        || Pods.namespace(object).equals(namespace))
                .map(object ->
                        ConstraintController.isConstraint(type) ? ConstraintController.shown(object, now) : object);
    }

    private static boolean matches(ObjectNode object, Query query) {
        return query.fields().entrySet().stream().allMatch(field -> {
            String pointer = FIELDS.get(field.getKey());
            if (pointer == null) {
                throw new ClusterFailure(
                        ClusterFailure.Kind.INVALID,
                        "The API server of the sandbox cannot select by field '" + field.getKey() + "'; it knows "
                                + FIELDS.keySet().stream().sorted().toList() + ".");
            }
            return object.at(pointer).asText("").equals(field.getValue());
        });
    }

    private ObjectNode pod(String namespace, String name) {
        return Pods.named(sandbox.world(), namespace, name);
    }
}
