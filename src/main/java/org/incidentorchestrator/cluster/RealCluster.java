package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.Config;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reader and the writer of the cluster that the settings name. Nothing is asked of it at the start. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRealCluster
class RealCluster {
    /** Enough for any namespace of ours in one request, small enough for the memory of this program. */
    private static final int PAGE = 250;

    @Bean
    ApiServer lookServer(ClusterSettings settings) {
        if (settings.inCluster()) {
            Config config = new ServiceAccount(System.getenv(), ServiceAccount.FOLDER).config();
            String name = settings.context().isEmpty() ? "in-cluster" : settings.context();
            return new ApiServer(config, name, settings.requestTimeout());
        }
        Kubeconfig file = Kubeconfig.read(settings.kubeconfig());
        String context = file.context("cluster.context", settings.context());
        return new ApiServer(file.as("cluster.context", context), context, settings.requestTimeout());
    }

    /** Of the same cluster by name, so that nothing is ever decided on one cluster and done to another. */
    @Bean
    ApiServer changeServer(ClusterSettings settings, ApiServer lookServer) {
        if (settings.changeContext().isEmpty()) {
            return lookServer;
        }
        Kubeconfig file = Kubeconfig.read(settings.kubeconfig());
        String context = file.context("cluster.change-context", settings.changeContext());
        if (!file.cluster(context).equals(file.cluster(lookServer.context()))) {
            throw Kubeconfig.fault(
                    "cluster.change-context",
                    context,
                    "it is of cluster '" + file.cluster(context) + "', and " + lookServer.context() + " is of cluster '"
                            + file.cluster(lookServer.context()) + "'; name a context of the same cluster");
        }
        return new ApiServer(file.as("cluster.change-context", context), context, settings.requestTimeout());
    }

    @Bean
    ClusterReader clusterReader(ApiServer lookServer) {
        return new Fabric8Reader(lookServer, PAGE);
    }

    @Bean
    ClusterWriter clusterWriter(ApiServer changeServer) {
        return new Fabric8Writer(changeServer);
    }
}
