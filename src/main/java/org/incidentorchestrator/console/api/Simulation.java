package org.incidentorchestrator.console.api;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.console.api.SimulationView.Foretold;
import org.incidentorchestrator.console.api.SimulationView.MaintenanceView;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.intake.AlertReading;
import org.incidentorchestrator.intake.AlertReading.Read;
import org.incidentorchestrator.intake.Foresight;
import org.incidentorchestrator.intake.Foresight.Foreseen;
import org.incidentorchestrator.runbook.CauseSuspicion;
import org.springframework.stereotype.Component;

/** Puts together what alerts would do, from those who would do it. */
@Component
public final class Simulation {
    /** Each is looked for in the cluster. */
    private static final int MOST = 50;

    private final AlertReading reading;
    private final Foresight foresight;
    private final SimulatedRun runs;
    private final SimulatedPaging paging;
    private final CauseSuspicion causes;
    private final Clock clock;

    Simulation(
            AlertReading reading,
            Foresight foresight,
            SimulatedRun runs,
            SimulatedPaging paging,
            CauseSuspicion causes,
            Clock clock) {
        this.reading = reading;
        this.foresight = foresight;
        this.runs = runs;
        this.paging = paging;
        this.causes = causes;
        this.clock = clock;
    }

    /**
     * @param body what a paging system's webhook takes, or one alert in its simplest form
     * @return without any alert when nothing of it can be understood, or too much is asked at once: its faults say why
     */
    public SimulationView of(byte[] body) {
        Read read = reading.read(body);
        if (read.alerts().size() > MOST) {
            String tooMany =
                    "There are %d alerts in it, and each is looked for in the cluster; ask for at most %d at a time"
                            .formatted(read.alerts().size(), MOST);
            return new SimulationView(clock.instant(), read.source(), List.of(tooMany), List.of());
        }
        return of(read);
    }

    private SimulationView of(Read read) {
        Instant now = clock.instant();
        List<Foretold> alerts = new ArrayList<>();
        var looks = runs.looks();
        for (Foreseen foreseen : foresight.of(read.alerts())) {
            alerts.add(foretold(foreseen, looks, now));
        }
        return new SimulationView(now, read.source(), read.faults(), alerts);
    }

    private Foretold foretold(Foreseen foreseen, SimulatedRun.Looks looks, Instant now) {
        Alert alert = foreseen.alert();
        Severity severity = severity(foreseen);
        Optional<Instant> held =
                foreseen.holding().stream().map(MaintenanceWindow::until).max(Comparator.naturalOrder());
        Incident incident = Incident.foreseen(alert.key(), severity, alert.summary(), now, held.orElse(null));
        boolean pages = foreseen.starts() || foreseen.raisedTo().isPresent();
        return new Foretold(
                alert.key().alertName(),
                alert.key().namespace(),
                alert.key().workload(),
                IncidentView.word(foreseen.triage().outcome()),
                foreseen.triage().incident() == null
                        ? null
                        : foreseen.triage().incident().toString(),
                foreseen.triage().reason(),
                inWords(foreseen, held, foreseen.starts() ? causes.wouldHold(incident) : Optional.empty()),
                IncidentView.word(severity),
                held.orElse(null),
                maintenance(foreseen),
                foreseen.starts() ? looks.of(alert.key(), severity) : null,
                pages ? paging.of(incident) : null);
    }

    /** What the incident would be; of an alert without one, its own. */
    private static Severity severity(Foreseen foreseen) {
        return foreseen.raisedTo()
                .or(() -> foreseen.incident().map(Incident::severity))
                .orElse(foreseen.alert().severity());
    }

    private static List<MaintenanceView> maintenance(Foreseen foreseen) {
        return foreseen.holding().isEmpty()
                ? null
                : foreseen.holding().stream()
                        .map(window -> new MaintenanceView(
                                window.id(), window.where(), window.until(), window.by(), window.reason()))
                        .toList();
    }

    private static List<String> inWords(Foreseen foreseen, Optional<Instant> held, Optional<Instant> oneOfMany) {
        List<String> sentences = new ArrayList<>();
        String incident =
                foreseen.incident().map(known -> known.number().toString()).orElse("a new incident");
        sentences.add(
                switch (foreseen.triage().outcome()) {
                    case OPENED -> "It opens a new incident.";
                    case REOPENED -> "It opens " + incident + " again, and its run begins anew.";
                    case ATTACHED -> "It belongs to " + incident + "; nothing is started for it.";
                    case RESOLVED -> "It is the last that fired of " + incident + ".";
                    case RECORDED -> "It is put on the record; nobody is paged, nothing is run.";
                    case SUPPRESSED -> "Nothing is done about it.";
                });
        foreseen.raisedTo()
                .ifPresent(severity -> sentences.add("It is worse than what was known: the incident is "
                        + IncidentView.word(severity) + " from then on, and pages anew."));
        switch (foreseen.resolve()) {
            case ENDS_THE_INCIDENT -> sentences.add("The recovery is verified, and the incident closed.");
            case ENDS_NOTHING -> sentences.add("That ends nothing: only a person ends what its runbook works on.");
            case NONE -> {}
        }
        oneOfMany.ifPresent(until -> sentences.add(
                "It may be one of many: first it is looked whether they have one cause, on whose incident it then waits;"
                        + " else people are paged, at " + until + " at the latest."));
        held.ifPresent(until -> sentences.add(
                "Maintenance keeps it from people until " + until + ": before, nobody is paged and nothing is run."));
        return sentences;
    }
}
