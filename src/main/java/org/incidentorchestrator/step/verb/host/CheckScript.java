package org.incidentorchestrator.step.verb.host;

import java.util.Set;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.host.RunState;
import org.incidentorchestrator.host.ScriptRuns;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Looks how a script's run goes, once, and keeps what it wrote when it has ended. What waits is a timer in the model.
 * Only an exit status of 0 within the time limit is a pass: a run whose end nobody wrote down, or of which there is no
 * trace here, is unknown.
 */
@Component
@RunbookLines({"P01", "P07", "R01", "R02"})
final class CheckScript implements Step<CheckScript.Input, CheckScript.Output> {
    private final ScriptRuns runs;

    CheckScript(ScriptRuns runs) {
        this.runs = runs;
    }

    /** @param run and @param host as the step that started it gave them */
    record Input(String run, String host) {}

    /**
     * @param scriptRun running; passed; failed (also by its time limit); unknown; elsewhere (another program of this
     *     installation runs on the machine that it belongs to: look again, that one may take the next look); rehearsed
     * @param exitStatus 128 + n when signal n ended it; -1 while there is none
     * @param scriptText one line
     */
    record Output(String scriptRun, int exitStatus, String scriptText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        if (!ScriptRuns.isName(in.run)) {
            throw StepFailure.refused(
                    "notARun",
                    "'%s' is no run of a script".formatted(Line.of(String.valueOf(in.run), 80)),
                    "Hand in what runScript or runInspection gave.");
        }
        RunState state = runs.find(in.run, in.host);
        if (context.mode() == Mode.REHEARSE && state instanceof RunState.None) {
            return plan(
                    in, "rehearsed", -1, "was rehearsed: its presence and its digest were checked, nothing was run");
        }
        return state instanceof RunState.Ended ended ? ended(in, ended) : open(in, state);
    }

    private Plan<Output> open(Input in, RunState state) {
        if (state instanceof RunState.Running) {
            return plan(in, "running", -1, "is running");
        }
        if (state instanceof RunState.Elsewhere other) {
            return plan(
                    in, "elsewhere", -1, "belongs to host " + other.host() + ", which cannot be looked at from here");
        }
        if (state instanceof RunState.Lost lost) {
            return keeping(
                    in,
                    plan(
                            in,
                            "unknown",
                            -1,
                            "began, and nobody wrote down how it ended; %d of its processes still run"
                                    .formatted(lost.alive())));
        }
        return plan(in, "unknown", -1, "has left no trace of having begun on host " + in.host);
    }

    private Plan<Output> ended(Input in, RunState.Ended ended) {
        String how = ended.stopped().isEmpty()
                ? "ended"
                : ended.stopped().equals("timeLimit")
                        ? "was ended at its time limit"
                        : "was ended by a signal to its supervisor";
        String cut = ended.dropped() == 0 ? "" : "; %d bytes of its output were not kept".formatted(ended.dropped());
        String text = "%s with exit status %d after %d s%s"
                .formatted(how, ended.exit(), ended.took().toSeconds(), cut);
        return keeping(in, plan(in, ended.passed() ? "passed" : "failed", ended.exit(), text));
    }

    private Plan<Output> keeping(Input in, Plan<Output> plan) {
        return plan.keeping(Artefact.text(in.run + ".txt", "host " + in.host + ": " + in.run, runs.output(in.run)));
    }

    private static Plan<Output> plan(Input in, String word, int exit, String text) {
        String line = Line.of("Run %s %s".formatted(in.run, text), Line.MODEL);
        return Plan.look(line, new Output(word, exit, line));
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
