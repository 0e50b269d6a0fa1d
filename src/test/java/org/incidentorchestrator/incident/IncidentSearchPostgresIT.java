package org.incidentorchestrator.incident;

import org.incidentorchestrator.support.OnPostgres;

@OnPostgres
class IncidentSearchPostgresIT extends IncidentSearchTest {}
