package org.incidentorchestrator.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A place in the program at which it is killed: the thread that gets there first goes no further, and the process is
 * killed (SIGKILL).
 *
 * @param what where in the journey of an alert that is
 * @param type the class, without {@code org.incidentorchestrator.} where it is ours
 * @param moment as the method is entered, or as it returns
 */
record KillPoint(Phase phase, String what, String type, String method, Moment moment) {
    enum Phase {
        /** While the webhook is stored and becomes an incident. */
        ALERT,
        /** While the second level is paged. */
        PAGE,
        /** While a responder takes a task. */
        CLAIM,
        /** While a responder's decision is written. */
        DECIDE,
        /** From the intent of the change to its result. */
        ACT,
        /** While the incident is closed. */
        CLOSE
    }

    enum Moment {
        ENTRY,
        EXIT
    }

    private static final String REST = "org.camunda.bpm.engine.rest.sub.task.impl.TaskResourceImpl";

    /** All of them; the test fails when one is not reached. */
    static final List<KillPoint> ALL = List.of(
            entry(Phase.ALERT, "webhook received, not stored", "intake.Inbox", "add"),
            exit(Phase.ALERT, "webhook inserted, not committed", "intake.Inbox", "add"),
            entry(Phase.ALERT, "webhook committed, not answered", "incident.IntakePressure", "acknowledged"),
            entry(Phase.ALERT, "incident inserted, its process not started", "runbook.IncidentProcesses", "variables"),
            entry(Phase.ALERT, "incident and process committed", "intake.Letter", "worked"),
            entry(Phase.PAGE, "escalation due, not recorded", "approval.paging.EscalationLadder", "page"),
            exit(Phase.PAGE, "escalation recorded, not committed", "approval.paging.EscalationLadder", "page"),
            exit(
                    Phase.PAGE,
                    "escalation committed",
                    "org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable",
                    "executeJob"),
            exit(Phase.CLAIM, "claim recorded, not committed", "approval.paging.Acknowledgement", "assigned"),
            exit(Phase.CLAIM, "claim committed, not answered", REST, "claim"),
            entry(Phase.DECIDE, "decision received, not recorded", "approval.Decisions", "completed"),
            exit(Phase.DECIDE, "decision recorded, not committed", "approval.Decisions", "completed"),
            exit(Phase.DECIDE, "decision committed, not answered", REST, "complete"),
            entry(Phase.ACT, "before INTENT", "step.StepIntents", "write"),
            exit(Phase.ACT, "INTENT inserted, not committed", "step.StepIntents", "claimDecision"),
            exit(Phase.ACT, "INTENT committed, nothing sent", "step.StepIntents", "write"),
            entry(Phase.ACT, "change sent, not made", "sandbox.ApiServer", "patch"),
            entry(Phase.ACT, "change made, not answered", "sandbox.Wire", "answer"),
            entry(Phase.ACT, "change answered, before RESULT", "step.StepRecord", "settled"),
            exit(Phase.ACT, "RESULT committed, its job not", "step.StepRunner", "carryOut"),
            entry(Phase.CLOSE, "before closing", "runbook.IncidentEnd", "close"),
            exit(Phase.CLOSE, "closing recorded, not committed", "runbook.IncidentEnd", "close"));

    static List<KillPoint> of(Phase phase) {
        return ALL.stream().filter(point -> point.phase() == phase).toList();
    }

    private static KillPoint entry(Phase phase, String what, String type, String method) {
        return new KillPoint(phase, what, type, method, Moment.ENTRY);
    }

    private static KillPoint exit(Phase phase, String what, String type, String method) {
        return new KillPoint(phase, what, type, method, Moment.EXIT);
    }

    String className() {
        return type.startsWith("org.") ? type : "org.incidentorchestrator." + type;
    }

    /** Those that one incident after the other is killed at: of each phase one at most, and what fits together. */
    static List<List<KillPoint>> journeys() {
        List<KillPoint> begin = Stream.concat(of(Phase.ALERT).stream(), of(Phase.CLAIM).stream())
                .toList();
        List<List<KillPoint>> journeys = new ArrayList<>(zip(List.of(begin, of(Phase.ACT))));
        journeys.addAll(zip(List.of(of(Phase.PAGE), of(Phase.DECIDE), of(Phase.CLOSE))));
        return journeys;
    }

    @Override
    public String toString() {
        return what + " (" + className() + "." + method + ", " + moment.name().toLowerCase(Locale.ROOT) + ")";
    }

    private static List<List<KillPoint>> zip(List<List<KillPoint>> lists) {
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, longest)
                .mapToObj(at -> lists.stream()
                        .filter(list -> at < list.size())
                        .map(list -> list.get(at))
                        .toList())
                .toList();
    }
}
