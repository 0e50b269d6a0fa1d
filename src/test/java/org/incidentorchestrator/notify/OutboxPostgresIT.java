package org.incidentorchestrator.notify;

import org.incidentorchestrator.support.OnPostgres;

/** The cases of {@link OutboxTest} on PostgreSQL. */
@OnPostgres
class OutboxPostgresIT extends OutboxTest {}
