package org.incidentorchestrator.console.access;

import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.stereotype.Component;

/** Whose word counts about an incident, where nobody logs in: by a link in a mail, from the pager. */
@Component
public class WorkingAccounts {
    private final IdentityService identities;

    WorkingAccounts(IdentityService identities) {
        this.identities = identities;
    }

    /** Whether the account is there and works incidents, as it is now: one that was removed or demoted does not. */
    public boolean include(String user) {
        List<String> working = List.of(Role.working());
        return identities.createUserQuery().userId(user).count() == 1
                && identities.createGroupQuery().groupMember(user).list().stream()
                        .anyMatch(group -> working.contains(group.getId()));
    }
}
