package org.incidentorchestrator.console.access;

import java.util.List;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** An account that has proved itself, with its groups as they are now. */
record Caller(String id, List<String> groups) implements AuthenticatedPrincipal {
    Caller {
        groups = List.copyOf(groups);
    }

    boolean is(Role role) {
        return groups.contains(role.group());
    }

    /** As Spring Security carries it: each group is an authority of the same name. */
    Authentication authentication() {
        return new PreAuthenticatedAuthenticationToken(this, "", AuthorityUtils.createAuthorityList(groups));
    }

    @Override
    public String getName() {
        return id;
    }
}
