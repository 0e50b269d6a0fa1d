package org.incidentorchestrator.intake;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.AlertsResolved;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.EndingSettings;
import org.incidentorchestrator.incident.Episodes;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
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
    private static final Set<Triage.Outcome> NOBODYS = Set.of(Triage.Outcome.SUPPRESSED, Triage.Outcome.RECORDED);

    private final KeyHistories histories;
    private final Incidents incidents;
    private final Episodes episodes;
    private final QuietAlerts quiet;
    private final AlertFacts facts;
    private final EndingSettings endings;
    private final Holding holding;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AlertTriage(
            KeyHistories histories,
            Incidents incidents,
            Episodes episodes,
            QuietAlerts quiet,
            AlertFacts facts,
            EndingSettings endings,
            Holding holding,
            ApplicationEventPublisher events,
            Clock clock) {
        this.histories = histories;
        this.incidents = incidents;
        this.episodes = episodes;
        this.quiet = quiet;
        this.facts = facts;
        this.endings = endings;
        this.holding = holding;
        this.events = events;
        this.clock = clock;
    }

    /** A key, and what was decided about its alerts, by the message that brought them. */
    private record Case(KeyHistory history, Map<Delivery, List<Judged>> judged) {
        List<Judged> all() {
            return judged.values().stream().flatMap(List::stream).toList();
        }
    }

    /** @return what became of each alert */
    Map<Delivery, List<Triage>> work(List<Delivery> deliveries) {
        Map<IncidentKey, Case> cases = new LinkedHashMap<>();
        histories.read(deliveries).forEach((key, history) -> cases.put(key, new Case(history, new LinkedHashMap<>())));
        deliveries.forEach(delivery -> judge(delivery, cases.get(delivery.key())));
        write(cases.values());
        Map<Delivery, List<Triage>> outcomes = new HashMap<>();
        cases.values().forEach(work -> work.judged()
                .forEach((delivery, judged) -> outcomes.put(delivery, outcomes(work.history(), judged))));
        return outcomes;
    }

    private void judge(Delivery delivery, Case work) {
        Instant at = delivery.letter().row().receivedAt();
        List<Judged> judged = delivery.alerts().stream()
                .map(alert ->
                        quiet.judge(alert, at).orElseGet(() -> work.history().apply(alert, at)))
                .toList();
        work.judged().put(delivery, judged);
    }

    private void write(Collection<Case> cases) {
        List<Incident> started = new ArrayList<>();
        List<IncidentNumber> ended = new ArrayList<>();
        for (Case work : cases) {
            start(work.history()).ifPresent(started::add);
            work.history().number().ifPresent(number -> {
                worst(work).ifPresent(worst -> worsen(number, worst));
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

    /** Of what has newly joined: an incident that was a warning pages as what is critical from then on. */
    private static Optional<Alert> worst(Case work) {
        return work.all().stream()
                .filter(judged -> judged.fresh() && judged.outcome() == Triage.Outcome.ATTACHED)
                .map(Judged::alert)
                .filter(alert -> alert.status() == Alert.Status.FIRING)
                .reduce((one, other) -> other.severity().worseThan(one.severity()) ? other : one);
    }

    private void worsen(IncidentNumber number, Alert worst) {
        Incident incident = incidents.get(number);
        if (worst.severity().worseThan(incident.severity())) {
            facts.worsened(incident, worst);
            incidents.worsen(number, worst.severity());
            events.publishEvent(new IncidentWorsened(incidents.get(number)));
        }
    }

    private boolean endOrFireAgain(IncidentNumber number, Case work) {
        List<Judged> judged = work.all();
        Alert last = judged.get(judged.size() - 1).alert();
        if (work.history().firesAgain() && incidents.fireAgain(number)) {
            facts.firesAgain(number, last);
        }
        var ending = new Ending(Ending.Cause.PAGER_RESOLVED, last.source(), "", clock.instant());
        boolean over = work.history().ends();
        boolean byPager = endings.byPager(work.history().runbook());
        if (over && !byPager) {
            facts.notOver(number, last);
        }
        boolean ended = over && byPager && incidents.end(number, ending);
        if (ended) {
            facts.ended(number, last);
        }
        return ended;
    }

    private void keepEpisodes(Collection<Case> cases) {
        List<Episodes.Kept> added = new ArrayList<>();
        List<Episodes.Kept> changed = new ArrayList<>();
        Map<Alert.Episode, Alert> alerts = new HashMap<>();
        for (Case work : cases) {
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
        return judged.stream()
                .map(one -> new Triage(
                        one.outcome(),
                        NOBODYS.contains(one.outcome())
                                ? null
                                : history.number().orElse(null),
                        one.reason()))
                .toList();
    }
}
