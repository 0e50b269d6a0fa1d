package org.incidentorchestrator.runbook;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.runbook.Declared.Conflict;
import org.incidentorchestrator.runbook.Declared.Invalid;
import org.springframework.stereotype.Component;

/** Begins the maintenance of the calendar (runbook W01, N01): the monthly one includes the weekly one, never both. */
@Component
class MaintenanceBegin {
    private static final int DAYS_OF_WEEK = 7;

    private final Declarations declarations;
    private final EvidenceLog evidence;

    MaintenanceBegin(Declarations declarations, EvidenceLog evidence) {
        this.declarations = declarations;
        this.evidence = evidence;
    }

    /** {@code ${incidents.readCalendar}}: by when the timer was due, however late it fires. */
    void readCalendar(DelegateExecution execution) {
        Instant due = Optional.ofNullable(Context.getCommandContext().getCurrentJob())
                .map(JobEntity::getDuedate)
                .map(Date::toInstant)
                .orElseThrow(() -> new IllegalStateException(
                        "The calendar is read by the timer that begins the maintenance, and by nothing else"));
        execution.setVariableLocal("dueAt", due.toString());
        execution.setVariableLocal("firstOfMonth", due.atOffset(ZoneOffset.UTC).getDayOfMonth() <= DAYS_OF_WEEK);
    }

    /** {@code ${incidents.beginMaintenance}}: one that still runs is not begun twice. */
    void begin(DelegateExecution execution) {
        String procedure = String.valueOf(execution.getVariable("procedure"));
        Instant due = Instant.parse(String.valueOf(execution.getVariable("dueAt")));
        Declaration declaration =
                Declaration.ofProcedure(procedure, "", "", "%s, due at %s".formatted(procedure.replace('-', ' '), due));
        Declared declared = declarations.begin(declaration, due);
        if (declared instanceof Conflict conflict) {
            evidence.append(Entry.of(
                            Entry.Kind.MAINTENANCE,
                            conflict.incident().number(),
                            Entry.SELF,
                            "due again at %s while it still runs: not begun a second time".formatted(due))
                    .with(Map.of("due", due.toString())));
        } else if (declared instanceof Invalid invalid) {
            throw new IllegalStateException(
                    "%s cannot begin: %s".formatted(procedure, String.join(". ", invalid.faults())));
        }
    }
}
