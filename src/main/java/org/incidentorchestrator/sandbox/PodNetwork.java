package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.NetworkPeer;
import org.incidentorchestrator.cluster.NetworkPolicies;

/** The network between pods: it enforces network policies, and takes a pod's address for a part of address blocks. */
final class PodNetwork {
    /** Where the API server's requests come from. */
    private static final String API_SERVER = "192.168.10.1";

    private final World world;
    private final NetworkPolicies policies;

    PodNetwork(World world) {
        this.world = world;
        this.policies = NetworkPolicies.of(
                world.all("NetworkPolicy").stream().map(KubernetesObject::of).toList());
    }

    boolean lets(JsonNode from, JsonNode to, int port) {
        return !policies.verdict(peer(from), peer(to), port, "TCP").denied();
    }

    boolean letsApiServer(JsonNode to, int port) {
        return !policies.verdict(NetworkPeer.outside(API_SERVER), peer(to), port, "TCP")
                .denied();
    }

    /** Whether the pod may ask for names. */
    boolean letsResolve(JsonNode from) {
        JsonNode dns = Json.object("{'metadata': {'namespace': 'kube-system', 'labels': {'k8s-app': 'kube-dns'}},"
                + " 'spec': {'containers': [{'ports': [{'name': 'dns', 'containerPort': 53, 'protocol': 'UDP'}]}]},"
                + " 'status': {'podIP': '10.244.1.2'}}");
        return !policies.verdict(peer(from), peer(dns), 53, "UDP").denied();
    }

    private NetworkPeer peer(JsonNode pod) {
        Optional<KubernetesObject> namespace = world.all("Namespace").stream()
                .filter(each -> Pods.name(each).equals(Pods.namespace(pod)))
                .map(KubernetesObject::of)
                .findFirst();
        return new NetworkPeer(KubernetesObject.of(pod), namespace);
    }
}
