package org.incidentorchestrator.notify.oncall;

import java.util.Optional;

/** Says whether something can be sent to an address as the program is set. Answered by whoever has the channels. */
public interface Reachability {
    /**
     * @return why nothing can be sent there, as half a sentence with its remedy: {@code names no webhook of
     *     notify.slack; name one of [ops]}; nothing when it can
     */
    Optional<String> refusal(Contact.Address address);
}
