package org.incidentorchestrator.step;

import java.util.List;
import java.util.stream.Collectors;

/** A step's plan together with what it was made from. */
record Planned(Step<?, ?> step, Record input, StepContext context, Plan<? extends Record> plan) {
    /** What would be sent, in this order. */
    List<Deed> deeds() {
        return plan.effects().stream().map(Deed::of).toList();
    }

    String kubectl() {
        return String.join("\n", plan.kubectl());
    }

    /** The same for the same change of the same object in the same cluster, decided on the same values. */
    String hash() {
        String effects = deeds().stream().map(DeedJson::canonical).collect(Collectors.joining("\n"));
        return Digest.sha256(cluster() + "\n" + step.name() + "\n" + effects);
    }

    /** Asked for only when something is done to it: a cluster that is gone is installed anew by a script. */
    String cluster() {
        return deeds().stream().anyMatch(Deed.ChangeObject.class::isInstance)
                ? context.cluster().cluster().uid()
                : "";
    }

    /** As people know it: the context's name, or the machine's that a script runs on. */
    String clusterName() {
        return deeds().stream().anyMatch(Deed.ChangeObject.class::isInstance)
                ? context.cluster().cluster().context()
                : deeds().get(0).target().namespace();
    }
}
