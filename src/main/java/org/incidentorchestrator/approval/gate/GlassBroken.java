package org.incidentorchestrator.approval.gate;

import org.incidentorchestrator.incident.IncidentNumber;

/** Somebody has approved without a second person. @param approval the first row of the request */
record GlassBroken(long approval, IncidentNumber incident, String by, String question) {}
