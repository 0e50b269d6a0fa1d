package org.incidentorchestrator.console.access;

import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Whether this is the sandbox, where accounts for trying out are welcome, or a real cluster. */
@Component
public final class ClusterKind {
    private final boolean sandbox;

    /** Reads the two settings that name a real cluster. */
    public ClusterKind(Environment environment) {
        this.sandbox = !environment.getProperty("cluster.in-cluster", Boolean.class, false)
                && environment.getProperty("cluster.kubeconfig", "").isEmpty();
    }

    public boolean sandbox() {
        return sandbox;
    }
}
