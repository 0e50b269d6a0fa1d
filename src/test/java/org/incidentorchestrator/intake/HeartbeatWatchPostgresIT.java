package org.incidentorchestrator.intake;

import org.incidentorchestrator.support.OnPostgres;

/** The same cases on PostgreSQL. */
@OnPostgres
class HeartbeatWatchPostgresIT extends HeartbeatWatchTest {}
