package org.incidentorchestrator.notify;

import org.incidentorchestrator.support.OnPostgres;

/** The cases of {@link UnreachedTest} on PostgreSQL. */
@OnPostgres
class UnreachedPostgresIT extends UnreachedTest {}
