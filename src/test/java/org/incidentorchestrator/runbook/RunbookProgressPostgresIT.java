package org.incidentorchestrator.runbook;

import org.incidentorchestrator.support.OnPostgres;

@OnPostgres
class RunbookProgressPostgresIT extends RunbookProgressProcessTest {}
