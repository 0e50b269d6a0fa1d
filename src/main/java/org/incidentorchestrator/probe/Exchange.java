package org.incidentorchestrator.probe;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The network: where a question leaves this program. */
interface Exchange {
    /** @throws IOException without a complete answer in time, in words for people */
    Reply get(URI address, Optional<String> bearer) throws IOException;

    record Reply(int status, String body) {}
}
