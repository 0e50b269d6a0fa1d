package org.incidentorchestrator.console.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.console.api.SimulationView.ChangeView;
import org.incidentorchestrator.console.api.SimulationView.LinksView;
import org.incidentorchestrator.console.api.SimulationView.LockView;
import org.incidentorchestrator.console.api.SimulationView.RefusalView;
import org.incidentorchestrator.console.api.SimulationView.RunView;
import org.incidentorchestrator.console.api.SimulationView.RunbookView;
import org.incidentorchestrator.console.api.SimulationView.TargetView;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.runbook.DecisionLook;
import org.incidentorchestrator.runbook.DecisionLook.Decided;
import org.incidentorchestrator.runbook.RunbookChanges;
import org.incidentorchestrator.runbook.RunbookChanges.Change;
import org.incidentorchestrator.runbook.RunbookChanges.Changes;
import org.incidentorchestrator.step.ModeLimit;
import org.incidentorchestrator.step.StepSettings;
import org.incidentorchestrator.step.TargetLook;
import org.incidentorchestrator.step.TargetLook.Seen;
import org.incidentorchestrator.step.TargetLook.Seen.Found;
import org.incidentorchestrator.step.TargetLook.Seen.NotFound;
import org.incidentorchestrator.step.TargetLook.Seen.NotSeen;
import org.springframework.stereotype.Component;

/** What would be run for an incident: on what, by which runbook and why, and who would decide on its changes. */
@Component
final class SimulatedRun {
    private static final String APPROVED = "the step refuses without the approval of a second person";

    private final TargetLook targets;
    private final DecisionLook decisions;
    private final RunbookChanges models;
    private final StepSettings settings;
    private final ModeLimit limit;

    SimulatedRun(
            TargetLook targets, DecisionLook decisions, RunbookChanges models, StepSettings settings, ModeLimit limit) {
        this.targets = targets;
        this.decisions = decisions;
        this.models = models;
        this.settings = settings;
        this.limit = limit;
    }

    Looks looks() {
        return new Looks();
    }

    /** The looks of one request: each place is looked at once, and a cluster that did not answer is not asked again. */
    final class Looks {
        private final Map<IncidentKey, Seen> seen = new HashMap<>();
        private NotSeen unanswered;

        RunView of(IncidentKey key, Severity severity) {
            Seen target = seen.computeIfAbsent(key, this::look);
            return run(key, severity, target);
        }

        private Seen look(IncidentKey key) {
            Seen look = unanswered == null ? targets.find(key) : unanswered;
            if (look instanceof NotSeen notSeen) {
                unanswered = notSeen;
            }
            return look;
        }
    }

    private RunView run(IncidentKey key, Severity severity, Seen seen) {
        Decided runbook = decisions.runbook(key.alertName(), seen instanceof Found);
        Decided chosen = seen instanceof NotSeen ? decisions.runbook(key.alertName(), true) : runbook;
        Optional<Changes> changes = models.of(chosen.answer());
        return new RunView(
                target(seen),
                view(seen, runbook, chosen, changes),
                limit.mode().name(),
                targets.refusals().stream()
                        .map(no -> new RefusalView(no.reason(), no.message(), no.remedy()))
                        .toList(),
                changes.map(all -> all.changes().stream()
                                .map(change -> view(change, severity, seen))
                                .toList())
                        .orElse(List.of()));
    }

    private TargetView target(Seen seen) {
        if (seen instanceof Found found) {
            return new TargetView("found", found.target().id(), found.replicas(), found.why(), lock(found.target()));
        }
        return new TargetView(seen instanceof NotFound ? "notFound" : "notSeen", null, null, seen.why(), null);
    }

    private LockView lock(Target target) {
        return targets.heldBy(target)
                .map(hold -> new LockView("held", hold.incident().toString(), hold.runId(), hold.touchedAt()))
                .orElse(new LockView("free", null, null, null));
    }

    /** A run waits for a cluster that does not answer, and goes on once it knows whether the target is there. */
    private static RunbookView view(Seen seen, Decided now, Decided ifFound, Optional<Changes> changes) {
        boolean known = !(seen instanceof NotSeen);
        LinksView links = changes.map(all -> links(ifFound.answer(), all)).orElse(null);
        return new RunbookView(
                known ? now.answer() : null,
                known ? now.row() : null,
                known ? now.because() : "It is chosen once the cluster has said whether the target is there.",
                known ? null : ifFound.answer(),
                links);
    }

    private static LinksView links(String runbook, Changes changes) {
        return new LinksView(
                "/camunda/app/cockpit/default/#/process-definition/" + changes.definition() + "/runtime",
                "/engine-rest/process-definition/key/" + runbook + "/xml");
    }

    private ChangeView view(Change change, Severity severity, Seen seen) {
        int pods = seen instanceof Found found ? found.replicas() : 0;
        Decided decided = decisions.decider(change.action(), severity, pods, settings.unattended());
        return change.approval()
                ? new ChangeView(change.step(), change.action(), "approval", APPROVED, change.process())
                : new ChangeView(
                        change.step(),
                        change.action(),
                        decided.answer(),
                        decided.row() + ": " + decided.because(),
                        change.process());
    }
}
