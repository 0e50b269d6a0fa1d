package org.incidentorchestrator.step;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterGate;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepGuard.Verdict.Refused;
import org.springframework.stereotype.Component;

/**
 * Looks for the object of an alert as an incident's first step does, for nobody's incident and with nothing on the
 * record; and tells what stands in the way of changing it now.
 */
@Component
public class TargetLook {
    private static final String STEP = "findTarget";

    private final StepCatalogue catalogue;
    private final ClusterReader cluster;
    private final ClusterGate gate;
    private final TargetLocks locks;
    private final Incidents incidents;
    private final List<StandingGuard> guards;
    private final StepSettings settings;
    private final ModeLimit limit;
    private final Clock clock;

    TargetLook(
            StepCatalogue catalogue,
            ClusterReader cluster,
            ClusterGate gate,
            TargetLocks locks,
            Incidents incidents,
            List<StandingGuard> guards,
            StepSettings settings,
            ModeLimit limit,
            Clock clock) {
        this.catalogue = catalogue;
        this.cluster = cluster;
        this.gate = gate;
        this.locks = locks;
        this.incidents = incidents;
        this.guards = List.copyOf(guards);
        this.settings = settings;
        this.limit = limit;
        this.clock = clock;
    }

    /** What the look came to; {@code why} is a sentence for people. */
    public sealed interface Seen {
        String why();

        /** @param replicas as desired */
        record Found(Target target, int replicas, String why) implements Seen {}

        record NotFound(String why) implements Seen {}

        /** The cluster did not say: whether the object is there is not known. */
        record NotSeen(String why) implements Seen {}
    }

    public Seen find(IncidentKey key) {
        Optional<ClusterGate.Permit> permit = gate.tryEnter();
        if (permit.isEmpty()) {
            return new Seen.NotSeen("as many steps are in cluster calls as may be; ask again in "
                    + gate.comeAgainAfter().toSeconds() + " s");
        }
        try {
            return look(key);
        } catch (ClusterFailure failure) {
            return new Seen.NotSeen(failure.getMessage());
        } finally {
            permit.get().close();
        }
    }

    @SuppressWarnings("unchecked")
    private Seen look(IncidentKey key) {
        var step = (Step<Record, Record>) catalogue.get(STEP);
        Record input = Json.bind(Map.of("namespace", key.namespace(), "workload", key.workload()), step.input());
        var context = new StepContext(cluster, Optional.empty(), limit.mode(), clock.instant());
        Plan<? extends Record> plan = step.plan(input, context);
        var seen = Json.tree(plan.output());
        return seen.path("found").asBoolean()
                ? new Seen.Found(
                        Target.parse(seen.path("target").asText()),
                        seen.path("replicas").asInt(),
                        plan.summary())
                : new Seen.NotFound(plan.summary());
    }

    /** Who works on it, so that nobody else's change would be made; none where it is free, or an exercise's. */
    public Optional<TargetLocks.Hold> heldBy(Target target) {
        Instant expired = clock.instant().minus(settings.lockExpiry());
        return locks.hold(target)
                .filter(hold -> !hold.touchedAt().isBefore(expired))
                .filter(hold -> !incidents.get(hold.incident()).exercise());
    }

    /** What would refuse any change of anything now. */
    public List<Refused> refusals() {
        return guards.stream().flatMap(guard -> guard.stands().stream()).toList();
    }
}
