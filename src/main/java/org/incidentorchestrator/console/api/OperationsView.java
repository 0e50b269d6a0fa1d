package org.incidentorchestrator.console.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.watchdog.Stuck;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.ResponseTimes.Of;
import org.incidentorchestrator.incident.ResponseTimes.Spread;
import org.incidentorchestrator.incident.ResponseTimes.Times;
import org.incidentorchestrator.incident.ResponseTimes.Week;
import org.incidentorchestrator.runbook.Leases.Lease;
import org.incidentorchestrator.runbook.RunbookProgress.Due;

/**
 * How it goes, all at once. What is not known is left out; durations are ISO-8601.
 *
 * @param open newest first, 200 at most
 * @param stuck what does not go on by itself
 * @param leases what is to be taken back, the first to end first
 * @param times services first; of what came back, was played or planned they tell nothing
 */
record OperationsView(
        Instant at, List<OpenView> open, List<StuckView> stuck, List<LeaseView> leases, List<TimesView> times) {

    /** @param next sentences, the most urgent first @param nextAt when the next timer fires, and its name */
    record OpenView(IncidentView incident, List<String> next, Instant nextAt, String nextName) {
        static OpenView of(Incident incident, Next next) {
            Optional<Due> due = next.timers().stream().findFirst();
            return new OpenView(
                    IncidentView.of(incident),
                    next.inWords(),
                    due.map(Due::at).orElse(null),
                    due.map(Due::name).orElse(null));
        }
    }

    record StuckView(String incident, String what, String why, Instant since) {
        static StuckView of(Stuck stuck) {
            return new StuckView(
                    stuck.incident().map(Object::toString).orElse(null), stuck.what(), stuck.why(), stuck.since());
        }
    }

    /** @param endsAt left out while it has not been looked at @param who has the incident */
    record LeaseView(String incident, String what, String target, Instant endsAt, String who) {
        static LeaseView of(Lease lease) {
            return new LeaseView(
                    lease.incident().toString(),
                    lease.step(),
                    lease.target(),
                    lease.endsAt().orElse(null),
                    lease.who().orElse(null));
        }
    }

    record SpreadView(String p50, String p90, String max) {
        static SpreadView of(Spread spread) {
            return new SpreadView(word(spread.p50()), word(spread.p90()), word(spread.max()));
        }

        private static String word(Optional<Duration> length) {
            return length.map(Duration::toString).orElse(null);
        }
    }

    record WeekView(Instant at, long incidents, SpreadView acknowledge, SpreadView resolve) {
        static WeekView of(Week week) {
            return new WeekView(
                    week.at(), week.incidents(), SpreadView.of(week.acknowledge()), SpreadView.of(week.resolve()));
        }
    }

    /** One of service and runbook is there. */
    record TimesView(
            String service,
            String runbook,
            long incidents,
            SpreadView acknowledge,
            SpreadView resolve,
            List<WeekView> series) {
        static TimesView of(Times times) {
            return new TimesView(
                    times.of() == Of.SERVICE ? times.name() : null,
                    times.of() == Of.RUNBOOK ? times.name() : null,
                    times.incidents(),
                    SpreadView.of(times.acknowledge()),
                    SpreadView.of(times.resolve()),
                    times.weeks().stream().map(WeekView::of).toList());
        }
    }
}
