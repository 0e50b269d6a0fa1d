package org.incidentorchestrator.evidence;

import java.util.List;
import org.incidentorchestrator.incident.IncidentNumber;

/** Keeps artefacts beside the entry they belong to, in the caller's transaction. */
public interface Artefacts {
    /** @return the ordinals they are reached by: {@code /api/incidents/INC-1/evidence/{ordinal}} */
    List<Integer> keep(IncidentNumber incident, long evidence, List<Artefact> artefacts);
}
