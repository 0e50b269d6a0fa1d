package org.incidentorchestrator.step;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import org.incidentorchestrator.incident.Glance;
import org.incidentorchestrator.incident.Glances;
import org.incidentorchestrator.step.Ledger.Open;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.springframework.stereotype.Component;

/** What the sweep does, and the changes whose result nobody knows yet. */
@Component
class SweepMetrics implements MeterBinder {
    private static final String NOT_REACHED = "unreachable";

    private final Glance<Open> open;
    private final Counter runs;
    private final MeterRegistry meters;

    SweepMetrics(Ledger ledger, Glances glances, MeterRegistry meters) {
        this.open = glances.of(ledger::open);
        this.meters = meters;
        this.runs = Counter.builder("incident.orchestrator.sweep.runs")
                .description("Sweeps that came to their end")
                .register(meters);
        // From zero on, so that the first of each kind is an increase.
        List.of(State.APPLIED_RECOVERED, State.ABANDONED, State.UNKNOWN).forEach(this::settled);
        counter(NOT_REACHED);
    }

    void ran() {
        runs.increment();
    }

    void unreachable() {
        counter(NOT_REACHED).increment();
    }

    Counter settled(State state) {
        return counter(state.name().toLowerCase(Locale.ROOT));
    }

    private Counter counter(String result) {
        return Counter.builder("incident.orchestrator.sweep.settled")
                .description("Changes without a result that the sweep looked at")
                .tag("result", result)
                .register(meters);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        open.gauge(
                registry,
                "incident.orchestrator.changes.unsettled",
                "Changes that were intended and have no result yet",
                Open::count);
        open.age(
                registry,
                "incident.orchestrator.changes.unsettled.age",
                "Since when the oldest of them has none",
                Open::oldest);
    }
}
