package org.incidentorchestrator.runbook;

import org.incidentorchestrator.support.OnPostgres;

@OnPostgres
class LineUsePostgresIT extends LineUseTest {}
