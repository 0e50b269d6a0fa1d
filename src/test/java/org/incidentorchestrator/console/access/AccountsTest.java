package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ConsoleTest
class AccountsTest {
    @Autowired
    private IdentityService identities;

    @Autowired
    private AuthorizationService authorizations;

    @Autowired
    private FilterService filters;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FirstPasswords passwords;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcTemplate database;

    @AfterEach
    void forgetTheUser() {
        identities.clearAuthentication();
    }

    @Test
    void the_sandbox_has_an_account_for_each_role_with_its_group() {
        assertThat(groupsOf("admin")).containsExactly("camunda-admin");
        assertThat(groupsOf("responder")).containsExactly("l1");
        assertThat(groupsOf("approver")).containsExactly("approver");
        assertThat(groupsOf("auditor")).containsExactly("auditor");
    }

    @Test
    void every_group_exists() {
        assertThat(identities.createGroupQuery().list())
                .extracting(Group::getId)
                .containsExactlyInAnyOrder("l1", "l2", "l3", "l4", "approver", "auditor", "camunda-admin");
    }

    @Test
    void the_first_passwords_lie_in_a_file_and_are_kept_as_bcrypt() throws Exception {
        assertThat(passwords.read()).containsOnlyKeys("admin", "responder", "approver", "auditor");
        assertThat(Files.getPosixFilePermissions(passwords.file())).hasSize(2);
        assertThat(identities.checkPassword("auditor", passwords.read().get("auditor")))
                .isTrue();
        assertThat(database.queryForList("select PWD_ from ACT_ID_USER", String.class))
                .hasSize(4)
                .allMatch(hash -> hash.startsWith("{bcrypt}$2a$"));
    }

    @Test
    void a_second_start_changes_nothing() throws Exception {
        var before = passwords.read();
        long grants = authorizations.createAuthorizationQuery().count();
        accounts.afterSingletonsInstantiated();
        assertThat(passwords.read()).isEqualTo(before);
        assertThat(authorizations.createAuthorizationQuery().count()).isEqualTo(grants);
        assertThat(filters.createFilterQuery().filterName(OpenTasksFilter.NAME).count())
                .isOne();
    }

    @Test
    void a_real_cluster_gets_only_the_accounts_that_are_named() {
        assertThat(new AccountSettings(Optional.empty()).wanted(false)).isEmpty();
        assertThat(new AccountSettings(Optional.of(List.of(FirstAccount.AUDITOR))).wanted(false))
                .containsExactly(FirstAccount.AUDITOR);
    }

    @Test
    void a_responder_finds_every_open_task_and_may_work_on_those_of_the_group() {
        Task own = open("Respond to incident", "l1");
        Task others = open("Approve change", "approver");
        try {
            actAs("responder", "l1");
            Filter filter =
                    filters.createFilterQuery().filterName(OpenTasksFilter.NAME).singleResult();
            assertThat(filters.<Task>list(filter.getId()))
                    .extracting(Task::getId)
                    .contains(own.getId(), others.getId());
            assertThat(mayWork(own)).isTrue();
            assertThat(mayWork(others)).isFalse();
        } finally {
            identities.clearAuthentication();
            tasks.deleteTask(own.getId(), true);
            tasks.deleteTask(others.getId(), true);
        }
    }

    @Test
    void nobody_may_deploy_and_only_administrators_may_start_a_process() {
        for (Role role : Role.values()) {
            assertThat(may(role, Permissions.CREATE, Resources.DEPLOYMENT))
                    .as(role.group())
                    .isFalse();
            assertThat(may(role, Permissions.CREATE_INSTANCE, Resources.PROCESS_DEFINITION))
                    .as(role.group())
                    .isEqualTo(role == Role.ADMIN);
        }
    }

    @Test
    void an_auditor_reads_and_changes_nothing() {
        assertThat(may(Role.AUDITOR, Permissions.READ_HISTORY, Resources.PROCESS_DEFINITION))
                .isTrue();
        for (var permission : Set.of(Permissions.CREATE, Permissions.UPDATE, Permissions.DELETE)) {
            for (var resource : permission.getTypes()) {
                assertThat(may(Role.AUDITOR, permission, resource))
                        .as(resource + " " + permission)
                        .isFalse();
            }
        }
    }

    private List<String> groupsOf(String user) {
        return identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
    }

    private Task open(String name, String group) {
        Task task = tasks.newTask();
        task.setName(name);
        tasks.saveTask(task);
        tasks.addCandidateGroup(task.getId(), group);
        return task;
    }

    private boolean mayWork(Task task) {
        return authorizations.isUserAuthorized(
                "responder", List.of("l1"), Permissions.TASK_WORK, Resources.TASK, task.getId());
    }

    private boolean may(Role role, Permissions permission, Resource resource) {
        return authorizations.isUserAuthorized("nobody", List.of(role.group()), permission, resource);
    }

    private void actAs(String user, String group) {
        identities.setAuthentication(user, List.of(group));
    }
}
