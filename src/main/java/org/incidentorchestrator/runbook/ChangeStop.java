package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Stops every change and lifts the stop: the row that every change asks, the record, and all levels told. Both join the
 * transaction of the process that keeps the task to lift it.
 */
@Component
class ChangeStop {
    private static final Set<String> EVERYBODY = Set.of("l1", "l2", "l3", "l4");

    private final StopSwitch stop;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ChangeStop(StopSwitch stop, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
        this.stop = stop;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    /** @return the stop that holds now; empty when another one held before, which stands */
    Optional<Stop> set(String person, String reason) {
        Stop set = new Stop(person, reason, clock.instant());
        if (!stop.set(set)) {
            return Optional.empty();
        }
        tell(set, "set", person, set.inWords() + ". Paging goes on.");
        return Optional.of(set);
    }

    /** @return the stop that held; empty when none did, which is fine */
    Optional<Stop> lift(String person, String reason) {
        Optional<Stop> lifted = stop.lift();
        lifted.ifPresent(held -> tell(
                held,
                "lifted",
                person,
                "%s lifted the stop of every change, set by %s at %s: %s. Runs that it has refused do not begin again by themselves."
                        .formatted(person, held.by(), held.at().truncatedTo(ChronoUnit.SECONDS), reason)));
        return lifted;
    }

    private void tell(Stop about, String what, String person, String text) {
        evidence.append(new Entry(
                Entry.Kind.GLOBAL_STOP, Optional.empty(), person, "", text, Map.of("stop", what, "by", person)));
        events.publishEvent(new Announcement(
                Optional.empty(), EVERYBODY, "stop/" + about.at() + "/" + what, text, Optional.empty()));
    }
}
