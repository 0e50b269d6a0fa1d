package org.incidentorchestrator.host;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts the script "job" and then waits to be killed. */
final class StartScript {
    private StartScript() {}

    /** @param args the test's folder, the run's name, the script's text */
    public static void main(String[] args) throws InterruptedException {
        ScriptHost host = new ScriptHost(Path.of(args[0])).with("job", args[2]);
        host.runner().start(host.catalogue().examine("job"), args[1]);
        new CountDownLatch(1).await();
    }
}
