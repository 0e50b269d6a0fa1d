package org.incidentorchestrator.notify.pager;

import java.util.Optional;
import org.incidentorchestrator.incident.IncidentNumber;

/** What a message of the pager says. */
public sealed interface PagerNews {
    /**
     * A person has acknowledged there.
     *
     * @param account that the pager's user is here; none where no setting says so
     * @param pagerUser {@code pagerduty:PLH1HKV}
     */
    record Acknowledged(IncidentNumber incident, Optional<String> account, String pagerUser) implements PagerNews {}

    /**
     * Anything else. It changes nothing here.
     *
     * @param incident that it is about, where it is about one of ours
     * @param text a sentence, for the record
     */
    record Other(Optional<IncidentNumber> incident, String text) implements PagerNews {}
}
