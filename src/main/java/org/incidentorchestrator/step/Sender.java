package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.step.Deed.ChangeObject;
import org.springframework.stereotype.Component;

/** Does what a deed says, once. The only caller of the cluster's writer; itself called by the runner alone. */
@Component
class Sender {
    private final ClusterWriter writer;

    Sender(ClusterWriter writer) {
        this.writer = writer;
    }

    /**
     * @param mode REHEARSE has all checked that can be checked without doing it
     * @throws org.incidentorchestrator.cluster.ClusterFailure what the API server said against it
     * @throws StepFailure refused, when it was certainly not done and trying again is of no use
     */
    void send(Deed deed, Mode mode) {
        writer.apply(((ChangeObject) deed).change(), mode == Mode.REHEARSE ? Write.DRY_RUN : Write.FOR_REAL);
    }
}
