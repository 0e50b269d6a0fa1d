package org.incidentorchestrator.intake;

/** One paging system: how it proves itself and how its messages read. Each has a class of its own. */
interface AlertSource {
    /** Its name in URLs, settings and rows: {@code alertmanager}. */
    String name();

    /** @param authorization the header as it was sent; may be null */
    boolean admits(String authorization);

    /** Never throws for what a sender can send: what cannot be understood is a fault of the message. */
    Message read(byte[] body);
}
