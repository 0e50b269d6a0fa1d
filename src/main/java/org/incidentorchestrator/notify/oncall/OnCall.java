package org.incidentorchestrator.notify.oncall;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who is to be told of a level's page at a time. */
@Component
public class OnCall {
    /** @param group {@code l1} to {@code l4}, {@code approver}; nobody is an empty list */
    public List<Contact> of(String group, Instant at) {
        return List.of();
    }
}
