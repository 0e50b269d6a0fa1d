package org.incidentorchestrator.step;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.step.LedgerEntry.State;
import org.incidentorchestrator.step.Settlement.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Settles each INTENT without a RESULT whose job is gone: a cancelled token gets no retry, so nobody else would ever
 * look. Runs at start and every minute. An INTENT younger than any step may run is left for the next time: its request
 * may still be on its way, and would arrive after it was judged.
 */
@Component
class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    /** Twice what a step may take in all. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private final Ledger ledger;
    private final LiveJobs jobs;
    private final Settlement settlement;
    private final StepRecord record;
    private final SweepMetrics metrics;
    private final Clock clock;

    Sweep(Ledger ledger, LiveJobs jobs, Settlement settlement, StepRecord record, SweepMetrics metrics, Clock clock) {
        this.ledger = ledger;
        this.jobs = jobs;
        this.settlement = settlement;
        this.record = record;
        this.metrics = metrics;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void sweep() {
        List<LedgerEntry> open = ledger.openSince(clock.instant().minus(UNDER_WAY));
        Set<String> alive =
                jobs.alive(open.stream().map(entry -> entry.key().jobId()).toList());
        open.stream().filter(entry -> !alive.contains(entry.key().jobId())).forEach(this::settle);
        metrics.ran();
    }

    private void settle(LedgerEntry entry) {
        if (entry.mode() == Mode.REHEARSE) {
            settle(entry, State.ABANDONED, abandoned());
            return;
        }
        try {
            Finding finding = settlement.find(entry);
            settle(entry, state(finding), note(finding));
        } catch (ClusterFailure unreachable) {
            metrics.unreachable();
            LOG.warn("cannot settle {} of {} yet: {}", entry.step(), entry.incident(), unreachable.getMessage());
        } catch (RuntimeException e) {
            // One that cannot be settled must not hide the others.
            LOG.error("cannot settle {} of {}; it is tried again in a minute", entry.step(), entry.incident(), e);
        }
    }

    private void settle(LedgerEntry entry, State state, String note) {
        if (state == State.UNKNOWN) {
            record.settledForPerson(entry.key().activityId(), entry, note);
        } else {
            record.settled(entry.key().activityId(), entry, state, note);
        }
        metrics.settled(state).increment();
    }

    private static State state(Finding finding) {
        if (finding instanceof Finding.Applied) {
            return State.APPLIED_RECOVERED;
        }
        return finding instanceof Finding.NotApplied ? State.ABANDONED : State.UNKNOWN;
    }

    private static String note(Finding finding) {
        return finding instanceof Finding.NotApplied ? abandoned() : finding.why();
    }

    private static String abandoned() {
        return Json.write(new StepOutcome.Refused(
                RefusalCode.REFUSED, "abandoned", "its run ended before it was applied", "Propose it again."));
    }
}
