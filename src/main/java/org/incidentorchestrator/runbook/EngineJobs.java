package org.incidentorchestrator.runbook;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.incidentorchestrator.step.LiveJobs;
import org.springframework.stereotype.Component;

/** The engine's jobs, as the sweep asks for them. */
@Component
class EngineJobs implements LiveJobs {
    private final ManagementService management;

    EngineJobs(ManagementService management) {
        this.management = management;
    }

    @Override
    public Set<String> alive(Collection<String> jobIds) {
        if (jobIds.isEmpty()) {
            return Set.of();
        }
        return management.createJobQuery().jobIds(Set.copyOf(jobIds)).list().stream()
                .map(Job::getId)
                .collect(Collectors.toUnmodifiableSet());
    }
}
