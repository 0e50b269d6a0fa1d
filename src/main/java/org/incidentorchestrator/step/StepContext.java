package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.incident.Incident;

/**
 * What a step may know beside its input.
 *
 * @param incident the incident's row, if the run belongs to one; read when planning begins
 * @param plannedAt the time that values born at planning come from; of the proposal, where there is one
 */
public record StepContext(ClusterReader cluster, Optional<Incident> incident, Mode mode, Instant plannedAt) {}
