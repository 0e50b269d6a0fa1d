package org.incidentorchestrator.approval.gate;

import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The groups of an account as the identity service has them now, whoever asks: not as a login or a session had them. */
@Component
class Membership {
    private final ProcessEngine engine;

    /** Lazy, since the engine's models name steps, and those ask for permits. */
    Membership(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /** @return none for whoever has no account of exactly this id */
    Set<String> of(String user) {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        return configuration
                .getCommandExecutorTxRequired()
                .execute(context ->
                        context.runWithoutAuthorization(() -> groups(user, configuration.getIdentityService())));
    }

    private static Set<String> groups(String user, IdentityService identities) {
        var account = identities.createUserQuery().userId(user).singleResult();
        return account == null || !account.getId().equals(user)
                ? Set.of()
                : identities.createGroupQuery().groupMember(user).list().stream()
                        .map(Group::getId)
                        .collect(Collectors.toUnmodifiableSet());
    }
}
