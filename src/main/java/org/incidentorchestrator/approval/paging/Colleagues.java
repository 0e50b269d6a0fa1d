package org.incidentorchestrator.approval.paging;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.identity.Group;
import org.incidentorchestrator.approval.IncidentTasks;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Who may work on incidents, as the accounts are now. */
@Component
class Colleagues {
    private static final List<String> LEVELS = List.of("l1", "l2", "l3", "l4");

    private final ProcessEngine engine;

    Colleagues(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    /**
     * The levels that a person belongs to; none for an administrator who belongs to no level.
     *
     * @throws ResponseRefused when there is no such account, or it may not work on incidents
     */
    Set<String> levelsOf(String person) {
        Set<String> groups = groups(person);
        Set<String> levels = new TreeSet<>(groups);
        levels.retainAll(LEVELS);
        if (levels.isEmpty() && !groups.contains(Groups.CAMUNDA_ADMIN)) {
            throw new ResponseRefused("'%s' may not work on incidents: name somebody who is in one of %s"
                    .formatted(person, String.join(", ", LEVELS)));
        }
        return levels;
    }

    /** @throws ResponseRefused when it is none that works on incidents */
    void refuseOther(String group) {
        if (!LEVELS.contains(group)) {
            throw new ResponseRefused(
                    "'%s' is no level that can be asked: name one of %s".formatted(group, String.join(", ", LEVELS)));
        }
    }

    /** Whoever is asking now, where somebody is. */
    boolean callerIsAdministrator() {
        var caller = engine.getIdentityService().getCurrentAuthentication();
        return caller != null
                && caller.getGroupIds() != null
                && caller.getGroupIds().contains(Groups.CAMUNDA_ADMIN);
    }

    private Set<String> groups(String person) {
        return IncidentTasks.unrestricted(engine, () -> {
            IdentityService identities = engine.getIdentityService();
            // The account as it is stored: an id that differs in case only would be another person on the record.
            var account = identities.createUserQuery().userId(person).singleResult();
            if (account == null || !account.getId().equals(person)) {
                throw new ResponseRefused(
                        "There is no account '%s': write the user id as it stands in Admin, Users".formatted(person));
            }
            Set<String> groups = new TreeSet<>();
            identities.createGroupQuery().groupMember(person).list().stream()
                    .map(Group::getId)
                    .forEach(groups::add);
            return groups;
        });
    }
}
