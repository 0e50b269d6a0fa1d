package org.incidentorchestrator.step.guard;

import org.incidentorchestrator.support.OnPostgres;

/** The same cases on PostgreSQL. */
@OnPostgres
class LedgerGuardPostgresIT extends LedgerGuardTest {}
