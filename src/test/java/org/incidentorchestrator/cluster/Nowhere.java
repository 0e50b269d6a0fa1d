package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.incidentorchestrator.support.TestClock;

/** A cluster at whose address nobody listens. */
public final class Nowhere {
    private Nowhere() {}

    public static AccessReview review() {
        Config access = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:1/")
                .build();
        return new AccessReview(
                Identities.alone(new ApiServer(access, "nowhere", Duration.ofSeconds(1))),
                ClusterGates.gate(ClusterGates.settings(), new TestClock(), new SimpleMeterRegistry()));
    }
}
