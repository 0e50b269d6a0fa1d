package org.incidentorchestrator.step;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.evidence.Artefact;

/**
 * What a step saw and would do.
 *
 * @param summary one line for people; for a look in the past tense, for a change in the imperative
 * @param kubectl the equivalent lines, to be copied into a shell
 * @param artefacts what was read and is to be kept
 */
public record Plan<O extends Record>(
        String summary, List<Effect> effects, List<String> kubectl, List<Artefact> artefacts, O output) {
    public Plan {
        effects = List.copyOf(effects);
        kubectl = List.copyOf(kubectl);
        artefacts = List.copyOf(artefacts);
    }

    public static <O extends Record> Plan<O> look(String summary, O output) {
        return new Plan<>(summary, List.of(), List.of(), List.of(), output);
    }

    public static <O extends Record> Plan<O> change(String summary, Effect effect, String kubectl, O output) {
        return new Plan<>(summary, List.of(effect), List.of(kubectl), List.of(), output);
    }

    /** Several changes, each with its line; they are made one after the other, and the first that fails ends it. */
    public static <O extends Record> Plan<O> changes(
            String summary, List<Effect> effects, List<String> kubectl, O output) {
        return new Plan<>(summary, effects, kubectl, List.of(), output);
    }

    public Plan<O> kubectl(String line) {
        List<String> lines = new ArrayList<>(kubectl);
        lines.add(line);
        return new Plan<>(summary, effects, lines, artefacts, output);
    }

    public Plan<O> keeping(Artefact artefact) {
        List<Artefact> kept = new ArrayList<>(artefacts);
        kept.add(artefact);
        return new Plan<>(summary, effects, kubectl, kept, output);
    }
}
