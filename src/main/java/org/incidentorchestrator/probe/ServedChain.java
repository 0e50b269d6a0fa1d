package org.incidentorchestrator.probe;

import java.security.cert.X509Certificate;
import java.util.List;

/** What a server showed in a TLS handshake, or that and why nothing is known of it. */
public sealed interface ServedChain {
    /**
     * Whether it is to be trusted was not asked.
     *
     * @param certificates as they were sent, the server's own first; at least one
     */
    record Shown(List<X509Certificate> certificates) implements ServedChain {
        public Shown {
            certificates = List.copyOf(certificates);
        }
    }

    /** @param text one sentence or two: what was seen, and what to do */
    record Unknown(Why why, String text) implements ServedChain {}

    enum Why {
        /** No connection, or no answer in time. */
        UNREACHABLE,
        /** What listens there speaks no TLS, or has no certificate for this name. */
        REFUSED
    }
}
