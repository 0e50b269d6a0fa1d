package org.incidentorchestrator.approval.watchdog;

import org.incidentorchestrator.support.OnPostgres;

@OnPostgres
class StuckWorkPostgresIT extends StuckWorkTest {}
