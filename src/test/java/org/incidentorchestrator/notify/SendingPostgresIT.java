package org.incidentorchestrator.notify;

import org.incidentorchestrator.support.OnPostgres;

/** The cases of {@link SendingTest} on PostgreSQL. */
@OnPostgres
class SendingPostgresIT extends SendingTest {}
