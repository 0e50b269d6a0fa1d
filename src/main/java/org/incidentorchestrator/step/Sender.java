package org.incidentorchestrator.step;

import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.host.HostFailure;
import org.incidentorchestrator.host.ScriptRunner;
import org.incidentorchestrator.step.Deed.ChangeObject;
import org.incidentorchestrator.step.Deed.StartScript;
import org.springframework.stereotype.Component;

/** Does what a deed says, once. The only caller of those who change anything; itself called by the runner alone. */
@Component
class Sender {
    private final ClusterWriter writer;
    private final ScriptRunner scripts;
    private final Unsealing unsealing;

    Sender(ClusterWriter writer, ScriptRunner scripts, Unsealing unsealing) {
        this.writer = writer;
        this.scripts = scripts;
        this.unsealing = unsealing;
    }

    /**
     * @param mode REHEARSE has all checked that can be checked without doing it
     * @throws org.incidentorchestrator.cluster.ClusterFailure what the API server said against it
     * @throws HostFailure when a script may have begun, and nobody knows
     * @throws StepFailure refused, when it was certainly not done and trying again is of no use
     */
    void send(Deed deed, Mode mode) {
        if (deed instanceof StartScript script) {
            start(script, mode);
        } else {
            Change change = unsealing.unsealed(((ChangeObject) deed).change());
            writer.apply(change, mode == Mode.REHEARSE ? Write.DRY_RUN : Write.FOR_REAL);
        }
    }

    private void start(StartScript script, Mode mode) {
        try {
            if (mode == Mode.REHEARSE) {
                scripts.rehearse(script.order());
            } else {
                scripts.start(script.order(), script.run());
            }
        } catch (HostFailure failure) {
            throw failure.kind() == HostFailure.Kind.UNHEARD ? failure : StepFailure.refused(failure);
        }
    }
}
