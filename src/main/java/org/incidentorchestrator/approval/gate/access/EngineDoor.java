package org.incidentorchestrator.approval.gate.access;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.identity.WritableIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Puts into the engine what stands between it and people; after all others that set it up. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class EngineDoor extends AbstractProcessEnginePlugin {
    private final LookedAt lookedAt;
    private final Refusals refusals;
    private final ConfiguredMembers members;

    EngineDoor(LookedAt lookedAt, Refusals refusals, ConfiguredMembers members) {
        this.lookedAt = lookedAt;
        this.refusals = refusals;
        this.members = members;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<CommandInterceptor> interceptors = new ArrayList<>();
        interceptors.add(new CommandDoor(engine.getIdentityService(), refusals));
        if (engine.getCustomPreCommandInterceptorsTxRequired() != null) {
            interceptors.addAll(engine.getCustomPreCommandInterceptorsTxRequired());
        }
        engine.setCustomPreCommandInterceptorsTxRequired(interceptors);
        engine.setIdentityProviderSessionFactory(identities());
    }

    private SessionFactory identities() {
        return new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return WritableIdentityProvider.class;
            }

            @Override
            public Session openSession() {
                return new SettledIdentities(members);
            }
        };
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        // Before the engine's own: theirs would say which permission is missing, and not what to do.
        engine.getCommandCheckers().add(0, ClosedChecks.of(engine.getIdentityService(), lookedAt));
    }
}
