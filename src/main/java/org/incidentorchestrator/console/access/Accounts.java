package org.incidentorchestrator.console.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.incidentorchestrator.approval.gate.access.ConfiguredMembers;
import org.incidentorchestrator.approval.gate.access.SettledMembers;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the groups, their rights and the first accounts, once. Runs when all beans are there and before the port opens:
 * whoever reaches a Camunda without an administrator may make himself one. An account that exists is left as it is.
 */
@Component
final class Accounts implements SmartInitializingSingleton {
    private final IdentityService identities;
    private final List<FirstAccount> wanted;
    private final ConfiguredMembers members;
    private final SettledMembers membership;
    private final PasswordGenerator generator;
    private final FirstPasswords passwords;
    private final Grants grants;
    private final TasklistFilters filters;
    private final TransactionTemplate transaction;

    Accounts(
            IdentityService identities,
            AccountSettings settings,
            ConfiguredMembers members,
            SettledMembers membership,
            ClusterKind cluster,
            PasswordGenerator generator,
            FirstPasswords passwords,
            Grants grants,
            TasklistFilters filters,
            TransactionTemplate transaction) {
        this.identities = identities;
        this.wanted = settings.wanted(cluster.sandbox());
        this.members = members;
        this.membership = membership;
        this.generator = generator;
        this.passwords = passwords;
        this.grants = grants;
        this.filters = filters;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> members.whileSettling(this::make));
    }

    private void make() {
        for (Role role : Role.values()) {
            makeGroup(role);
        }
        grants.give();
        filters.make();
        makeMissing();
        membership.settle();
    }

    private void makeGroup(Role role) {
        if (identities.createGroupQuery().groupId(role.group()).count() == 0) {
            Group group = identities.newGroup(role.group());
            group.setName(role.title());
            group.setType(role == Role.ADMIN ? "SYSTEM" : "WORKFLOW");
            identities.saveGroup(group);
        }
    }

    private void makeMissing() {
        Map<String, String> fresh = new LinkedHashMap<>();
        Stream.concat(members.everybody().stream(), wanted.stream().map(FirstAccount::id))
                .distinct()
                .filter(id -> identities.createUserQuery().userId(id).count() == 0)
                .forEach(id -> fresh.put(id, generator.next(id)));
        if (!fresh.isEmpty()) {
            passwords.keep(fresh);
            fresh.forEach(this::makeUser);
        }
    }

    /** A member of a closed group gets into it with all others; see {@link SettledMembers}. */
    private void makeUser(String id, String password) {
        Optional<FirstAccount> first = FirstAccount.of(id);
        User user = identities.newUser(id);
        user.setPassword(password);
        user.setFirstName(first.isPresent() ? "First" : id);
        user.setLastName(first.map(FirstAccount::title).orElse(""));
        identities.saveUser(user);
        first.map(account -> account.role().group())
                .filter(group -> !members.closed(group))
                .ifPresent(group -> identities.createMembership(id, group));
    }
}
