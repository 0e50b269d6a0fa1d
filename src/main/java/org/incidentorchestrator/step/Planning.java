package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.StepGuard.Verdict.Refused;
import org.springframework.stereotype.Component;

/** Lets a step look and decide, and asks the guards. Writes nothing. */
@Component
class Planning {
    private final StepCatalogue catalogue;
    private final List<StepGuard> guards;
    private final ClusterReader cluster;
    private final Incidents incidents;
    private final ModeLimit limit;

    Planning(
            StepCatalogue catalogue,
            List<StepGuard> guards,
            ClusterReader cluster,
            Incidents incidents,
            ModeLimit limit) {
        this.catalogue = catalogue;
        this.guards = List.copyOf(guards);
        this.cluster = cluster;
        this.incidents = incidents;
        this.limit = limit;
    }

    Step<?, ?> step(StepCall call) {
        return catalogue.get(call.step());
    }

    Planned plan(StepCall call, Instant now) {
        Step<?, ?> step = catalogue.get(call.step());
        return planWith(step, StepInputs.bind(call, step.input()), call, now);
    }

    /** Plans a proposed change again, from its stored input and its time of planning. */
    Planned replan(StepCall call, Proposal proposal) {
        Step<?, ?> step = catalogue.get(call.step());
        return planWith(step, Json.read(proposal.input(), step.input()), call, proposal.plannedAt());
    }

    /** What the guards said, when none has refused: which of them were asked. */
    String findings() {
        return "no guard objects; asked were "
                + guards.stream().map(Planning::words).sorted().collect(Collectors.joining(", "));
    }

    /** {@code DisruptionBudget} as {@code disruption budget}. */
    private static String words(StepGuard guard) {
        return guard.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** @throws StepFailure with the first guard's refusal */
    void askGuards(Planned planned, StepCall call) {
        for (Effect effect : planned.plan().effects()) {
            for (StepGuard guard : guards) {
                if (guard.examine(effect, planned.context(), call) instanceof Refused no) {
                    throw new StepFailure(no.code(), no.reason(), no.message(), no.remedy());
                }
            }
        }
    }

    private Planned planWith(Step<?, ?> step, Record input, StepCall call, Instant plannedAt) {
        Incident incident = incidents.get(call.incident());
        Mode mode = limit.of(call.mode(), incident);
        var context = new StepContext(cluster, Optional.of(incident), mode, plannedAt);
        return new Planned(step, input, context, invoke(step, input, context));
    }

    /** The catalogue binds each step's input by its own type, so the cast cannot fail. */
    @SuppressWarnings("unchecked")
    private static Plan<? extends Record> invoke(Step<?, ?> step, Record input, StepContext context) {
        return ((Step<Record, Record>) step).plan(input, context);
    }
}
