package org.incidentorchestrator.runbook;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;

/**
 * What the program itself does in the engine, also on the thread of somebody who asked for it: who may ask was decided
 * before, so that the engine does not ask whether they could have done it with their own hands ({@code
 * approval.gate.access} refuses most of that).
 */
public final class AsProgram {
    private AsProgram() {}

    /** In nobody's name. */
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

    /** As one engine command; whoever asked stays the caller, for listeners and on the engine's operation log. */
    public static <T> T call(ProcessEngineServices engine, Callable<T> work) {
        return configuration(engine)
                .getCommandExecutorTxRequired()
                .execute(context -> context.runWithoutAuthorization(work));
    }

    public static void run(ProcessEngineServices engine, Runnable work) {
        call(engine, () -> {
            work.run();
            return null;
        });
    }

    /** To a listener the engine shows its configuration as its services. */
    private static ProcessEngineConfigurationImpl configuration(ProcessEngineServices engine) {
        return (ProcessEngineConfigurationImpl)
                (engine instanceof ProcessEngine whole ? whole.getProcessEngineConfiguration() : engine);
    }
}
