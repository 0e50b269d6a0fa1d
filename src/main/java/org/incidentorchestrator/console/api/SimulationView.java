package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.List;

/**
 * What alerts would do, as things are now. What does not apply is left out.
 *
 * @param source the paging system whose message it is
 * @param faults what of the message was not understood; such a message is parked for a person
 */
public record SimulationView(Instant asOf, String source, List<String> faults, List<Foretold> alerts) {

    /**
     * One alert.
     *
     * @param outcome {@code opened}, {@code attached}, {@code reopened}, {@code resolved}, {@code recorded}, {@code
     *     suppressed}
     * @param incident the one that it belongs to; left out for a new one, and where it belongs to none
     * @param reason why it has this outcome
     * @param inWords what would happen, in sentences
     * @param severity what its incident would be: {@code critical}, {@code warning}, {@code unknown}
     * @param maintenance what would keep it from people
     * @param run what would be run; left out when nothing is started
     * @param paging who would be told when, as long as nobody takes it
     */
    public record Foretold(
            String alertName,
            String namespace,
            String workload,
            String outcome,
            String incident,
            String reason,
            List<String> inWords,
            String severity,
            Instant heldUntil,
            List<MaintenanceView> maintenance,
            RunView run,
            PagingView paging) {}

    public record MaintenanceView(long id, String where, Instant until, String by, String reason) {}

    /**
     * @param mode {@code REHEARSE} or {@code EXECUTE}
     * @param refusals what would refuse every change now
     * @param changes what the runbook may change, and who decides on it; not that it would
     */
    public record RunView(
            TargetView target,
            RunbookView runbook,
            String mode,
            List<RefusalView> refusals,
            List<ChangeView> changes) {}

    /**
     * @param state {@code found}, {@code notFound}, {@code notSeen}: the cluster did not answer
     * @param lock who works on it already
     */
    public record TargetView(String state, String id, Integer replicas, String why, LockView lock) {}

    /** @param state {@code free} or {@code held} */
    public record LockView(String state, String incident, String run, Instant lastStep) {}

    /**
     * @param row of the table choose-runbook
     * @param ifFound where it is not known whether the target is there: the runbook if it is
     * @param links its diagram in Cockpit, and its model as XML
     */
    public record RunbookView(String key, String row, String because, String ifFound, LinksView links) {}

    public record LinksView(String diagram, String model) {}

    public record RefusalView(String reason, String message, String remedy) {}

    /**
     * @param decider {@code alone}, {@code responder}, {@code approval}
     * @param because the row of the table autonomy, or the step itself
     * @param process the model that the step is in
     */
    public record ChangeView(String step, String action, String decider, String because, String process) {}

    /** @param hours in which it pages only; left out when always */
    public record PagingView(List<PageView> pages, String hours) {}

    /** @param onCall who is told then, by name; empty: nobody outside of Tasklist */
    public record PageView(int level, String title, Instant at, List<String> onCall) {}
}
