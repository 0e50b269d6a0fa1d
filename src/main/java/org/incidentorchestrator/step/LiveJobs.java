package org.incidentorchestrator.step;

import java.util.Collection;
import java.util.Set;

/** Which jobs may still retry: what the sweep asks of whoever runs the jobs. */
public interface LiveJobs {
    /** @return those of the given job ids that still exist */
    Set<String> alive(Collection<String> jobIds);
}
