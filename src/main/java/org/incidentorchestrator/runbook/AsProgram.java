package org.incidentorchestrator.runbook;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngineServices;

/**
 * What the program itself does in the engine on somebody's behalf: who may ask for it was decided before, so that the
 * engine does not ask whether they could have done it with their own hands.
 */
public final class AsProgram {
    private AsProgram() {}

    public static <T> T in(ProcessEngineServices engine, Supplier<T> work) {
        var identity = engine.getIdentityService();
        var caller = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return work.get();
        } finally {
            identity.setAuthentication(caller);
        }
    }

    public static void in(ProcessEngineServices engine, Runnable work) {
        in(engine, () -> {
            work.run();
            return null;
        });
    }
}
