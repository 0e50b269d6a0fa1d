package org.incidentorchestrator.console.access;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.UserOperationLogCategoryPermissions;
import org.springframework.stereotype.Component;

/**
 * What each group may do in the engine. What a responder may do with a task comes from the task itself: its candidate
 * groups may work on it. A grant that is there is left as it is, so that an administrator's change outlives a restart.
 */
@Component
final class Grants {
    private static final List<Role> PEOPLE = List.of(Role.L1, Role.L2, Role.L3, Role.L4, Role.APPROVER);

    private final AuthorizationService authorizations;

    Grants(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    void give() {
        for (Resource resource : Resources.values()) {
            // Nobody may create or delete a deployment: a deployed model is code.
            give(Role.ADMIN, resource, ANY, resource == Resources.DEPLOYMENT ? Permissions.READ : Permissions.ALL);
        }
        for (Role role : PEOPLE) {
            give(role, Resources.APPLICATION, "tasklist", Permissions.ACCESS);
            give(role, Resources.TASK, ANY, taskRights(role));
            give(role, Resources.PROCESS_DEFINITION, ANY, Permissions.READ);
            // A task names the groups that it is for: by their names, where they may be read.
            give(role, Resources.GROUP, ANY, Permissions.READ);
        }
        begin();
        audit();
    }

    /** Giving a task back is assigning it to nobody; to somebody else only an administrator may (EngineOperations). */
    private static Permission[] taskRights(Role role) {
        return role == Role.APPROVER
                ? new Permission[] {Permissions.READ}
                : new Permission[] {Permissions.READ, Permissions.TASK_ASSIGN};
    }

    /** What people begin by a form. To begin takes both rights, so that the second one opens nothing else. */
    private void begin() {
        for (Role role : List.of(Role.L1, Role.L2, Role.L3, Role.L4)) {
            give(role, Resources.PROCESS_DEFINITION, "declare-incident", Permissions.CREATE_INSTANCE);
            give(role, Resources.PROCESS_DEFINITION, "begin-procedure", Permissions.CREATE_INSTANCE);
            give(role, Resources.PROCESS_DEFINITION, "look-around-by-hand", Permissions.CREATE_INSTANCE);
            give(role, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
        }
        for (Role role : List.of(Role.L2, Role.L3, Role.L4)) {
            give(role, Resources.PROCESS_DEFINITION, "stop-changes", Permissions.CREATE_INSTANCE);
        }
    }

    void read(Role role, Resource resource, String id) {
        give(role, resource, id, Permissions.READ);
    }

    private void audit() {
        give(Role.AUDITOR, Resources.APPLICATION, "cockpit", Permissions.ACCESS);
        give(
                Role.AUDITOR,
                Resources.PROCESS_DEFINITION,
                ANY,
                Permissions.READ,
                Permissions.READ_INSTANCE,
                Permissions.READ_TASK,
                Permissions.READ_HISTORY,
                ProcessDefinitionPermissions.READ_INSTANCE_VARIABLE,
                ProcessDefinitionPermissions.READ_HISTORY_VARIABLE);
        give(Role.AUDITOR, Resources.DECISION_DEFINITION, ANY, Permissions.READ, Permissions.READ_HISTORY);
        for (Resource resource : List.of(
                Resources.PROCESS_INSTANCE,
                Resources.TASK,
                Resources.GROUP,
                Resources.DECISION_REQUIREMENTS_DEFINITION,
                Resources.DEPLOYMENT,
                Resources.BATCH)) {
            give(Role.AUDITOR, resource, ANY, Permissions.READ);
        }
        give(Role.AUDITOR, Resources.OPERATION_LOG_CATEGORY, ANY, UserOperationLogCategoryPermissions.READ);
    }

    private void give(Role role, Resource resource, String id, Permission... permissions) {
        long present = authorizations
                .createAuthorizationQuery()
                .groupIdIn(role.group())
                .resourceType(resource)
                .resourceId(id)
                .count();
        if (present == 0) {
            Authorization grant = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
            grant.setGroupId(role.group());
            grant.setResource(resource);
            grant.setResourceId(id);
            grant.setPermissions(permissions);
            authorizations.saveAuthorization(grant);
        }
    }
}
