package org.incidentorchestrator.runbook;

import org.incidentorchestrator.support.OnPostgres;

/** The same cases with the engine on PostgreSQL. */
@OnPostgres
class StepDelegateProcessPostgresIT extends StepDelegateProcessTest {}
