package org.incidentorchestrator.console.access;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
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
    private final PasswordGenerator generator;
    private final FirstPasswords passwords;
    private final Grants grants;
    private final OpenTasksFilter filter;
    private final TransactionTemplate transaction;

    Accounts(
            IdentityService identities,
            AccountSettings settings,
            ClusterKind cluster,
            PasswordGenerator generator,
            FirstPasswords passwords,
            Grants grants,
            OpenTasksFilter filter,
            TransactionTemplate transaction) {
        this.identities = identities;
        this.wanted = Stream.concat(Stream.of(FirstAccount.ADMIN), settings.wanted(cluster.sandbox()).stream())
                .distinct()
                .toList();
        this.generator = generator;
        this.passwords = passwords;
        this.grants = grants;
        this.filter = filter;
        this.transaction = transaction;
    }

    @Override
    public void afterSingletonsInstantiated() {
        transaction.executeWithoutResult(status -> make());
    }

    private void make() {
        for (Role role : Role.values()) {
            makeGroup(role);
        }
        grants.give();
        filter.create();
        makeMissing();
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
        Map<FirstAccount, String> fresh = new LinkedHashMap<>();
        for (FirstAccount account : wanted) {
            if (identities.createUserQuery().userId(account.id()).count() == 0) {
                fresh.put(account, generator.next(account.id()));
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        Map<String, String> lines = new LinkedHashMap<>();
        fresh.forEach((account, password) -> lines.put(account.id(), password));
        passwords.keep(lines);
        fresh.forEach(this::makeUser);
    }

    private void makeUser(FirstAccount account, String password) {
        User user = identities.newUser(account.id());
        user.setPassword(password);
        user.setFirstName("First");
        user.setLastName(account.title());
        identities.saveUser(user);
        identities.createMembership(account.id(), account.role().group());
    }
}
