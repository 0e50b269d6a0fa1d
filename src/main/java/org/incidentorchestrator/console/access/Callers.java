package org.incidentorchestrator.console.access;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.springframework.stereotype.Component;

/**
 * Says who a caller is: by password, by token, or by the session of the web apps. Groups are read each time, so that an
 * account that was removed or demoted loses its rights with its next request.
 */
@Component
final class Callers {
    private final ProcessEngine engine;
    private final IdentityService identities;
    private final ApiTokens tokens;

    Callers(ProcessEngine engine, IdentityService identities, ApiTokens tokens) {
        this.engine = engine;
        this.identities = identities;
        this.tokens = tokens;
    }

    /** A wrong password locks the account for some seconds (the engine's throttling), for the right one too. */
    Optional<Caller> byPassword(String user, String password) {
        return identities.checkPassword(user, password) ? known(user) : Optional.empty();
    }

    Optional<Caller> byToken(String token) {
        return tokens.ownerOf(token).flatMap(this::known);
    }

    Optional<Caller> bySession(HttpSession session) {
        if (session == null) {
            return Optional.empty();
        }
        var login = AuthenticationUtil.getAuthsFromSession(session).getAuthenticationForProcessEngine(engine.getName());
        return Optional.ofNullable(login).flatMap(known -> known(known.getIdentityId()));
    }

    private Optional<Caller> known(String user) {
        // The account as it is stored: an id that differs in case only would be another actor on the record.
        return Optional.ofNullable(identities.createUserQuery().userId(user).singleResult())
                .map(account -> new Caller(
                        account.getId(),
                        identities.createGroupQuery().groupMember(account.getId()).list().stream()
                                .map(Group::getId)
                                .toList()));
    }
}
