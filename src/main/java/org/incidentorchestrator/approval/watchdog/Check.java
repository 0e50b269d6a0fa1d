package org.incidentorchestrator.approval.watchdog;

import java.time.Instant;
import java.util.List;

/** One question that the watchdog asks of the database, in each round. */
interface Check {
    /** @throws org.springframework.dao.DataAccessException when it cannot be asked: that is no good round */
    List<Finding> findings(Instant now);
}
