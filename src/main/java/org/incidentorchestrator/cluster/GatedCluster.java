package org.incidentorchestrator.cluster;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Whoever asks for a reader or a writer gets the one behind the gate, of the real cluster and of the sandbox alike. */
@Configuration(proxyBeanMethods = false)
class GatedCluster {
    @Bean
    @Primary
    ClusterReader gatedReader(ClusterReader reader, ClusterGate gate) {
        return new GatedReader(reader, gate);
    }

    @Bean
    @Primary
    ClusterWriter gatedWriter(ClusterWriter writer, ClusterGate gate) {
        return new GatedWriter(writer, gate);
    }
}
