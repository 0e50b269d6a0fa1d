package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The service account of the pod that this program runs in. Its token changes while it runs: it is read each time. */
final class ServiceAccount {
    static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private final Map<String, String> environment;
    private final Path folder;

    ServiceAccount(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    Config config() {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        Path token = folder.resolve("token");
        if (host.isEmpty() || !Files.isReadable(token)) {
            throw Kubeconfig.fault(
                    "cluster.in-cluster",
                    "true",
                    "this is not a pod with a service account (KUBERNETES_SERVICE_HOST or " + token
                            + " is missing); run it in one, or set cluster.kubeconfig");
        }
        String authority = host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + authority + "/")
                .withCaCertFile(folder.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    /** The same pod as another service account of its namespace, which its own may impersonate. */
    Config as(String account) {
        return new ConfigBuilder(config())
                .withImpersonateUsername("system:serviceaccount:" + read(folder.resolve("namespace")) + ":" + account)
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("what a pod knows of its service account cannot be read from " + file, e);
        }
    }
}
