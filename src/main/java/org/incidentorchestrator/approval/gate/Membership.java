package org.incidentorchestrator.approval.gate;

import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.incidentorchestrator.approval.gate.access.ConfiguredMembers;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The groups of an account as the identity service has them now, whoever asks: not as a login or a session had them. A
 * group whose members the settings name counts only where they do: a row in the database makes no approver.
 */
@Component
class Membership {
    private final ProcessEngine engine;
    private final ConfiguredMembers configured;

    /** Lazy, since the engine's models name steps, and those ask for permits. */
    Membership(@Lazy ProcessEngine engine, ConfiguredMembers configured) {
        this.engine = engine;
        this.configured = configured;
    }

    /** @return none for whoever has no account of exactly this id */
    Set<String> of(String user) {
        var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        return configuration
                .getCommandExecutorTxRequired()
                .execute(context ->
                        context.runWithoutAuthorization(() -> groups(user, configuration.getIdentityService())));
    }

    private Set<String> groups(String user, IdentityService identities) {
        var account = identities.createUserQuery().userId(user).singleResult();
        return account == null || !account.getId().equals(user)
                ? Set.of()
                : identities.createGroupQuery().groupMember(user).list().stream()
                        .map(Group::getId)
                        .filter(group -> !configured.closed(group) || configured.holds(user, group))
                        .collect(Collectors.toUnmodifiableSet());
    }
}
