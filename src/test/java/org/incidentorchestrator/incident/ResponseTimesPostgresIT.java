package org.incidentorchestrator.incident;

import org.incidentorchestrator.support.OnPostgres;

@OnPostgres
class ResponseTimesPostgresIT extends ResponseTimesTest {}
