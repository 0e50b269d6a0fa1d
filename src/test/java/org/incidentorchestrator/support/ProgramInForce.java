package org.incidentorchestrator.support;

import org.camunda.bpm.admin.Admin;
import org.camunda.bpm.admin.impl.DefaultAdminRuntimeDelegate;
import org.camunda.bpm.cockpit.Cockpit;
import org.camunda.bpm.cockpit.impl.DefaultCockpitRuntimeDelegate;
import org.camunda.bpm.container.RuntimeContainerDelegate;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngines;
import org.camunda.bpm.tasklist.Tasklist;
import org.camunda.bpm.tasklist.impl.DefaultTasklistRuntimeDelegate;
import org.camunda.bpm.welcome.Welcome;
import org.camunda.bpm.welcome.impl.DefaultWelcomeRuntimeDelegate;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * The engine's REST API and the web apps find the engine by its name, each in a register of the JVM: it is that of the
 * program that was started last, and none once that was closed. Gives name and web apps to the program that is tested.
 */
public final class ProgramInForce implements BeforeAllCallback {
    @Override
    public void beforeAll(ExtensionContext test) {
        giveName(SpringExtension.getApplicationContext(test).getBean(ProcessEngine.class));
        startWebApps();
    }

    private static void giveName(ProcessEngine ours) {
        RuntimeContainerDelegate named = RuntimeContainerDelegate.INSTANCE.get();
        ProcessEngine other = named.getProcessEngineService().getProcessEngine(ours.getName());
        if (other != null) {
            named.unregisterProcessEngine(other);
        }
        named.registerProcessEngine(ours);
        ProcessEngines.registerProcessEngine(ours);
    }

    private static void startWebApps() {
        Admin.setAdminRuntimeDelegate(new DefaultAdminRuntimeDelegate());
        Cockpit.setCockpitRuntimeDelegate(new DefaultCockpitRuntimeDelegate());
        Tasklist.setTasklistRuntimeDelegate(new DefaultTasklistRuntimeDelegate());
        Welcome.setRuntimeDelegate(new DefaultWelcomeRuntimeDelegate());
    }
}
