package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.Config;
import org.incidentorchestrator.cluster.Change.Identity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reader and the writer of the cluster that the settings name. Nothing is asked of it at the start. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRealCluster
class RealCluster {
    /** Enough for any namespace of ours in one request, small enough for the memory of this program. */
    private static final int PAGE = 250;

    @Bean
    Identities identities(ClusterSettings settings) {
        if (settings.inCluster()) {
            return Identities.inCluster(settings, new ServiceAccount(System.getenv(), ServiceAccount.FOLDER));
        }
        Kubeconfig file = Kubeconfig.read(settings.kubeconfig());
        String context = file.context("cluster.context", settings.context());
        Config config = file.as("cluster.context", context);
        return Identities.of(settings, file, new ApiServer(config, context, settings.requestTimeout()));
    }

    @Bean
    ClusterReader clusterReader(Identities identities) {
        return new Fabric8Reader(identities, Identity.LOOK, PAGE);
    }

    @Bean
    ClusterWriter clusterWriter(Identities identities) {
        return (change, write) -> new Fabric8Writer(identities.of(change.identity()), identities.of(change.seenBy()))
                .apply(change, write);
    }
}
