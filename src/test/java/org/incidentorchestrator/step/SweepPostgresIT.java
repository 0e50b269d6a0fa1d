package org.incidentorchestrator.step;

import org.incidentorchestrator.support.OnPostgres;

/** The same cases on PostgreSQL. */
@OnPostgres
class SweepPostgresIT extends SweepTest {}
