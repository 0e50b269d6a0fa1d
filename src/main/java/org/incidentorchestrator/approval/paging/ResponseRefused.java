package org.incidentorchestrator.approval.paging;

/** What a person wants to do about an incident does not fit; nothing was changed. The message says why, and what to do. */
public final class ResponseRefused extends RuntimeException {
    ResponseRefused(String why) {
        super(why);
    }
}
