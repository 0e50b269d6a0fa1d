package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.gate.access.AccessRefused;
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
        assertThat(passwords.read()).containsOnlyKeys("admin", "responder", "approver", "auditor", "architect");
        assertThat(Files.getPosixFilePermissions(passwords.file())).hasSize(2);
        assertThat(identities.checkPassword("auditor", passwords.read().get("auditor")))
                .isTrue();
        assertThat(database.queryForList("select PWD_ from ACT_ID_USER", String.class))
                .hasSizeGreaterThanOrEqualTo(5)
                .allMatch(hash -> hash.startsWith("{bcrypt}$2a$"));
    }

    @Test
    void a_second_start_changes_nothing() throws Exception {
        var before = passwords.read();
        long grants = authorizations.createAuthorizationQuery().count();
        accounts.afterSingletonsInstantiated();
        assertThat(passwords.read()).isEqualTo(before);
        assertThat(authorizations.createAuthorizationQuery().count()).isEqualTo(grants);
        assertThat(filters.createFilterQuery().count()).isEqualTo(TasklistFilter.values().length);
    }

    @Test
    void a_real_cluster_gets_only_the_accounts_that_are_named() {
        assertThat(settings(Optional.empty()).wanted(false)).isEmpty();
        assertThat(settings(Optional.of(List.of(FirstAccount.AUDITOR))).wanted(false))
                .containsExactly(FirstAccount.AUDITOR);
    }

    @Test
    void whoever_the_settings_name_is_all_there_is_of_a_group_that_decides() {
        var named = new AccountSettings(
                        Optional.empty(),
                        new AccountSettings.Members(
                                Optional.of(List.of("dora", "erik")), Optional.empty(), List.of("frida"), List.of()))
                .configured(false);
        assertThat(named.everybody()).containsExactly("admin", "dora", "erik", "frida");
        assertThat(named.holds("dora", "approver")).isTrue();
        assertThat(named.holds("approver", "approver")).isFalse();
        assertThat(named.closed("l4")).isTrue();
        assertThat(named.closed("l1")).isFalse();
    }

    @Test
    void nobody_gets_into_a_group_that_decides_or_becomes_one_of_its_members() {
        refused(() -> identities.createMembership("responder", "approver"));
        refused(() -> identities.createMembership("responder", "camunda-admin"));
        refused(() -> identities.createMembership("responder", "l3"));
        refused(() -> identities.deleteMembership("approver", "approver"));
        refused(() -> identities.deleteGroup("approver"));
        refused(() -> identities.saveGroup(identities.newGroup("Approver")));
        refused(() -> identities.deleteUser("approver"));
        for (String alike : List.of("Approver", "APPROVER", "appr\u043ever", "approver ")) {
            refused(() -> identities.saveUser(identities.newUser(alike)));
        }
        actAs("admin", "camunda-admin");
        User approver = identities.createUserQuery().userId("approver").singleResult();
        approver.setPassword("Chosen-by-4n-admin!");
        refused(() -> identities.saveUser(approver));
        assertThat(groupsOf("responder")).containsExactly("l1");
        assertThat(groupsOf("approver")).containsExactly("approver");
    }

    @Test
    void what_was_written_past_the_program_is_put_right_by_the_next_start_and_recorded() {
        database.update("insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values ('responder', 'approver')");
        database.update("delete from ACT_ID_MEMBERSHIP where USER_ID_ = 'approver'");
        accounts.afterSingletonsInstantiated();
        assertThat(groupsOf("responder")).containsExactly("l1");
        assertThat(groupsOf("approver")).containsExactly("approver");
        assertThat(database.queryForList(
                        "select summary from evidence where kind = 'MEMBERSHIP_CHANGED' order by id desc limit 2",
                        String.class))
                .containsExactlyInAnyOrder(
                        "responder is no more a member of approver, by the settings",
                        "approver is a member of approver, by the settings");
    }

    @Test
    void a_member_changes_the_own_password() throws Exception {
        actAs("approver", "approver");
        User self = identities.createUserQuery().userId("approver").singleResult();
        self.setPassword(passwords.read().get("approver"));
        identities.saveUser(self);
        assertThat(identities.checkPassword("approver", passwords.read().get("approver")))
                .isTrue();
    }

    private static void refused(ThrowingCallable write) {
        assertThatThrownBy(write).isInstanceOf(AccessRefused.class).hasMessageStartingWith("Refused: ");
    }

    private static AccountSettings settings(Optional<List<FirstAccount>> create) {
        return new AccountSettings(
                create, new AccountSettings.Members(Optional.empty(), Optional.empty(), List.of(), List.of()));
    }

    @Test
    void a_responder_finds_every_open_task_and_may_work_on_those_of_the_group() {
        Task own = open("Respond to incident", "l1");
        Task others = open("Approve change", "approver");
        try {
            actAs("responder", "l1");
            Filter filter = filters.createFilterQuery()
                    .filterName(TasklistFilter.ALL.title())
                    .singleResult();
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
