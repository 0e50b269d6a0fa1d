package org.incidentorchestrator.cluster;

/** A writer behind the {@link ClusterGate}. */
final class GatedWriter implements ClusterWriter {
    private final ClusterWriter writer;
    private final ClusterGate gate;

    GatedWriter(ClusterWriter writer, ClusterGate gate) {
        this.writer = writer;
        this.gate = gate;
    }

    @Override
    public Receipt apply(Change change, Write write) {
        return gate.counted(() -> writer.apply(change, write));
    }
}
