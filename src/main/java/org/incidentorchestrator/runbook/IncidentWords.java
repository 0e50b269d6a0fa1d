package org.incidentorchestrator.runbook;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.runbook.Declared.Conflict;
import org.incidentorchestrator.runbook.Declared.Invalid;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.incidentorchestrator.step.Stop;
import org.springframework.stereotype.Component;

/** {@code ${incidents.x}}: what the models say about incidents and about all changes. Touches the database only. */
@ForModels("incidents")
@Component
final class IncidentWords extends ModelDelegates {
    static final Set<String> DECLARATION =
            Set.of("kind", "namespace", "workload", "severity", "summary", "runbook", "exercise");
    static final Set<String> PROCEDURE = Set.of("procedure", "namespace", "workload", "summary");
    static final Set<String> REASON = Set.of("reason");

    IncidentWords(
            Declarations declarations,
            ChangeStop stop,
            Hold hold,
            CauseWait causes,
            CauseWatch watch,
            SeverityWeighing severities,
            LookAround looks,
            Findings findings,
            MaintenanceBegin maintenances,
            MaintenanceEntry entry,
            MaintenanceWork work,
            ChecklistItems items,
            DeploymentEntry deployments) {
        super(Map.ofEntries(
                Map.entry("declare", execution -> declare(execution, declarations)),
                Map.entry("beginProcedure", execution -> beginProcedure(execution, declarations)),
                Map.entry("readCalendar", maintenances::readCalendar),
                Map.entry("beginMaintenance", maintenances::begin),
                Map.entry("stop", execution -> stop(execution, stop)),
                Map.entry("lift", execution -> lift(execution, stop)),
                Map.entry("checkHold", hold::check),
                Map.entry("countNeighbours", causes::countNeighbours),
                Map.entry("joinParent", causes::join),
                Map.entry("recallCause", watch::recall),
                Map.entry("weighCause", watch::weigh),
                Map.entry("weighSeverity", severities::weigh),
                Map.entry("lookAround", looks::choose),
                Map.entry("checkEntry", deployments::check),
                Map.entry("noteFindings", findings::note),
                Map.entry("openWindow", entry::open),
                Map.entry("checkCritical", entry::checkCritical),
                Map.entry("warnOfWindowsEnd", work::warn),
                Map.entry("closeWindow", work::close),
                Map.entry("noteItem", items::note),
                Map.entry("concludeMaintenance", work::conclude)));
    }

    private static void declare(DelegateExecution execution, Declarations declarations) {
        StartForm form = StartForm.of(execution, DECLARATION);
        Declaration declaration = new Declaration(
                form.text("kind"),
                form.text("namespace"),
                form.text("workload"),
                form.text("severity"),
                form.text("summary"),
                form.text("runbook"),
                Boolean.parseBoolean(form.text("exercise")));
        open(declaration, execution, declarations);
    }

    private static void beginProcedure(DelegateExecution execution, Declarations declarations) {
        StartForm form = StartForm.of(execution, PROCEDURE);
        Declaration declaration = Declaration.ofProcedure(
                form.text("procedure"), form.text("namespace"), form.text("workload"), form.text("summary"));
        open(declaration, execution, declarations);
    }

    private static void open(Declaration declaration, DelegateExecution execution, Declarations declarations) {
        Declared declared = declarations.declare(declaration, StartForm.person(execution), Optional.empty());
        if (declared instanceof Opened opened) {
            execution.setVariableLocal("declared", opened.incident().number().toString());
        } else if (declared instanceof Conflict conflict) {
            throw new BadUserRequestException(conflict.why());
        } else if (declared instanceof Invalid invalid) {
            throw new BadUserRequestException(String.join(". ", invalid.faults()) + ".");
        }
    }

    private static void stop(DelegateExecution execution, ChangeStop change) {
        StartForm form = StartForm.of(execution, REASON);
        Stop stop = change.set(StartForm.person(execution), form.reason())
                .orElseThrow(() -> new BadUserRequestException(
                        "Every change is stopped already: see the task 'Lift the stop', or GET /api/stop"));
        execution.setVariableLocal("stopped", stop.inWords());
    }

    private static void lift(DelegateExecution execution, ChangeStop change) {
        change.lift(StartForm.person(execution), StartForm.reason(execution));
    }
}
