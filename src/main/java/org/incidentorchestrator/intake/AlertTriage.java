package org.incidentorchestrator.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.AlertsResolved;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.EndingSettings;
import org.incidentorchestrator.incident.Episodes;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.IncidentWorsened;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.Triage;
import org.incidentorchestrator.intake.KeyHistory.Judged;
import org.incidentorchestrator.intake.Letter.Delivery;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Works the alerts of some keys in the caller's transaction: reads what is known, decides, writes, and tells the
 * engine's edge, which starts the processes in the same transaction.
 */
@Component
final class AlertTriage {
    private final AlertJudge judge;
    private final Incidents incidents;
    private final Episodes episodes;
    private final QuietAlerts quiet;
    private final AlertFacts facts;
    private final EndingSettings endings;
    private final Holding holding;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AlertTriage(
            AlertJudge judge,
            Incidents incidents,
            Episodes episodes,
            QuietAlerts quiet,
            AlertFacts facts,
            EndingSettings endings,
            Holding holding,
            ApplicationEventPublisher events,
            Clock clock) {
        this.judge = judge;
        this.incidents = incidents;
        this.episodes = episodes;
        this.quiet = quiet;
        this.facts = facts;
        this.endings = endings;
        this.holding = holding;
        this.events = events;
        this.clock = clock;
    }

    /** @return what became of each alert */
    Map<Delivery, List<Triage>> work(List<Delivery> deliveries) {
        List<KeyCase> cases = judge.decide(deliveries);
        deliveries.forEach(this::note);
        write(cases);
        Map<Delivery, List<Triage>> outcomes = new HashMap<>();
        cases.forEach(work ->
                work.judged().forEach((delivery, judged) -> outcomes.put(delivery, outcomes(work.history(), judged))));
        return outcomes;
    }

    private void note(Delivery delivery) {
        Instant at = delivery.letter().row().receivedAt();
        delivery.alerts().forEach(alert -> quiet.note(alert, at));
    }

    private void write(Collection<KeyCase> cases) {
        List<Incident> started = new ArrayList<>();
        List<IncidentNumber> ended = new ArrayList<>();
        for (KeyCase work : cases) {
            start(work.history()).ifPresent(started::add);
            work.history().number().ifPresent(number -> {
                work.worsening().ifPresent(worst -> worsen(number, worst));
                facts.changed(number, work.all(), work.history().stillFiring());
                if (endOrFireAgain(number, work)) {
                    ended.add(number);
                }
            });
        }
        keepEpisodes(cases);
        publish(started, ended);
    }

    private Optional<Incident> start(KeyHistory history) {
        Optional<Incident> started = history.start().map(start -> {
            if (start.outcome() == Triage.Outcome.OPENED) {
                Incident opened = incidents.open(start.alert(), clock.instant());
                facts.opened(opened, start.alert());
                return opened;
            }
            Incident reopened = incidents.reopen(history.number().orElseThrow(), clock.instant());
            facts.reopened(reopened, start);
            return reopened;
        });
        started.ifPresent(history::started);
        return started;
    }

    private void worsen(IncidentNumber number, Alert worst) {
        facts.worsened(incidents.get(number), worst);
        incidents.worsen(number, worst.severity());
        events.publishEvent(new IncidentWorsened(incidents.get(number)));
    }

    private boolean endOrFireAgain(IncidentNumber number, KeyCase work) {
        Alert last = work.last();
        if (work.history().firesAgain() && incidents.fireAgain(number)) {
            facts.firesAgain(number, last);
        }
        return switch (work.resolve(endings)) {
            case NONE -> false;
            case ENDS_NOTHING -> {
                facts.notOver(number, last);
                yield false;
            }
            case ENDS_IT -> end(number, last);
        };
    }

    private boolean end(IncidentNumber number, Alert last) {
        var ending = new Ending(Ending.Cause.PAGER_RESOLVED, last.source(), "", clock.instant());
        boolean ended = incidents.end(number, ending);
        if (ended) {
            facts.ended(number, last);
        }
        return ended;
    }

    private void keepEpisodes(Collection<KeyCase> cases) {
        List<Episodes.Kept> added = new ArrayList<>();
        List<Episodes.Kept> changed = new ArrayList<>();
        Map<Alert.Episode, Alert> alerts = new HashMap<>();
        for (KeyCase work : cases) {
            for (KnownEpisode episode : work.history().episodes()) {
                Episodes.Kept kept = episode.toKeep(work.history().number());
                if (episode.isNew()) {
                    added.add(kept);
                    alerts.put(episode.episode(), episode.alert());
                } else if (episode.isChanged()) {
                    changed.add(kept);
                }
            }
        }
        episodes.add(added, alerts);
        episodes.update(changed);
    }

    private void publish(List<Incident> started, List<IncidentNumber> ended) {
        if (!started.isEmpty()) {
            events.publishEvent(new IncidentsOpened(holding.of(started)));
        }
        if (!ended.isEmpty()) {
            events.publishEvent(new AlertsResolved(ended));
        }
    }

    private static List<Triage> outcomes(KeyHistory history, List<Judged> judged) {
        return judged.stream().map(one -> one.triage(history.number())).toList();
    }
}
