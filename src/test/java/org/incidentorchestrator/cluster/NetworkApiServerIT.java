package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract of the network on a real API server, in a namespace of its own. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "services, endpoints and network policies on a real API server; set TEST_KUBECONFIG to the kubeconfig"
                        + " of a disposable cluster whose kubelets are played by kwok, such as '.ci/kube-cluster up"
                        + " FOLDER' starts")
class NetworkApiServerIT extends NetworkContract {
    private static final String NAMESPACE =
            "network-" + UUID.randomUUID().toString().substring(0, 8);
    private static ApiServer server;
    private static Fabric8Reader reader;

    @BeforeAll
    static void open() {
        Kubeconfig file = Kubeconfig.read(System.getenv("TEST_KUBECONFIG"));
        String context = file.context("cluster.context", "");
        server = new ApiServer(file.as("cluster.context", context), context, Duration.ofSeconds(10));
        reader = new Fabric8Reader(server, 2);
        post("/api/v1/namespaces", (ObjectNode)
                Manifest.tree("{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}"));
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.send(
                    new ApiRequest("delete the namespace", "DELETE", "/api/v1/namespaces/" + NAMESPACE, "", ""),
                    server.bound());
            server.close();
        }
    }

    @Override
    protected ClusterReader reader() {
        return reader;
    }

    @Override
    protected String namespace() {
        return NAMESPACE;
    }

    @Override
    protected void make(ResourceType type, ObjectNode manifest) {
        post(Urls.all(type, NAMESPACE), manifest);
    }

    @Override
    protected void await(String what, BooleanSupplier done) {
        Awaitility.await(what).atMost(Duration.ofMinutes(1)).until(done::getAsBoolean);
    }

    private static void post(String path, ObjectNode manifest) {
        ApiAnswer answer = server.send(ApiRequest.post("create", path, manifest), server.bound());
        assertThat(answer.ok()).as(answer.body()).isTrue();
    }
}
