package org.incidentorchestrator.intake;

import java.nio.charset.StandardCharsets;
import org.springframework.boot.test.context.TestComponent;

/** Takes a message in and works on it at once, in the test's own thread. */
@TestComponent
public class Deliveries {
    private final InboxWriter writer;
    private final InboxPass pass;
    private final InboxWorker worker;

    Deliveries(InboxWriter writer, InboxPass pass, InboxWorker worker) {
        this.writer = writer;
        this.pass = pass;
        this.worker = worker;
    }

    public void deliver(String alertmanagerMessage) {
        worker.stop();
        writer.store("alertmanager", alertmanagerMessage.getBytes(StandardCharsets.UTF_8));
        pass.run();
    }
}
