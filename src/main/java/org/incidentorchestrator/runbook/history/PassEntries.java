package org.incidentorchestrator.runbook.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Recorded;

/**
 * Which entries of an incident's record belong to which pass of an instance. An entry names its element, and a step's also
 * its instance: two instances of one part may be at the same element at once.
 */
final class PassEntries {
    private final RunInstance instance;
    private final List<Pass> passes;
    private final Map<Pass, List<Recorded>> found = new HashMap<>();

    private PassEntries(RunInstance instance, List<Pass> passes) {
        this.instance = instance;
        this.passes = passes;
    }

    /** @param passes of the instance, in order @param entries of the incident, in order */
    static Map<Pass, List<Recorded>> of(RunInstance instance, List<Pass> passes, List<Recorded> entries) {
        var joined = new PassEntries(instance, passes);
        entries.forEach(joined::join);
        return joined.found;
    }

    private void join(Recorded entry) {
        List<Pass> at = passes.stream()
                .filter(pass -> pass.element().equals(entry.activity()) && !pass.around())
                .toList();
        Object named = entry.details().get(Entry.INSTANCE);
        Optional<Pass> pass = named == null
                ? during(at, entry.at())
                : named.equals(instance.id()) ? step(at, entry.at()) : Optional.empty();
        pass.ifPresent(
                it -> found.computeIfAbsent(it, first -> new ArrayList<>()).add(entry));
    }

    /** A fact is written in the transaction that ends or begins the pass. */
    private static Optional<Pass> during(List<Pass> passes, Instant moment) {
        return passes.stream().filter(pass -> pass.lasts(moment)).findFirst();
    }

    /**
     * What a step does is written before its pass ends, in a transaction of its own that outlives a failed one of the engine:
     * the pass that the engine knows begins with the try that worked, and earlier tries were before it. What is written later
     * is what became of a step that was interrupted.
     */
    private static Optional<Pass> step(List<Pass> passes, Instant moment) {
        return passes.stream()
                .filter(pass -> pass.endedAt() == null || !moment.isAfter(pass.endedAt()))
                .findFirst()
                .or(() -> passes.isEmpty() ? Optional.empty() : Optional.of(passes.get(passes.size() - 1)));
    }
}
