package org.incidentorchestrator.approval.gate.access;

import java.util.Optional;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.IdentityOperationResult;
import org.camunda.bpm.engine.impl.identity.db.DbIdentityServiceProvider;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;

/**
 * The engine's accounts, in which nobody can make themselves a member of a closed group, nor become one who is: no
 * membership is written, and no account of a member is made, deleted, or given another password but by themselves. Holds
 * for administrators and for this program's own code too; only the start is let through.
 */
final class SettledIdentities extends DbIdentityServiceProvider {
    /** Two ids that people cannot tell apart would be two actors on the record. */
    static final Pattern USER_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private static final int LONGEST_TOLD = 80;

    private final ConfiguredMembers members;

    SettledIdentities(ConfiguredMembers members) {
        this.members = members;
    }

    @Override
    public IdentityOperationResult createMembership(String userId, String groupId) {
        refuseMembership(groupId);
        return super.createMembership(userId, groupId);
    }

    @Override
    public IdentityOperationResult deleteMembership(String userId, String groupId) {
        refuseMembership(groupId);
        return super.deleteMembership(userId, groupId);
    }

    private void refuseMembership(String group) {
        if (members.closed(group) && !members.settling()) {
            throw refused(
                    "change members of a group",
                    "Who belongs to %s comes from the settings alone; change accounts.members.%s and start the program anew"
                            .formatted(group, group));
        }
    }

    @Override
    public IdentityOperationResult saveUser(User user) {
        if (!members.settling()) {
            boolean fresh = ((UserEntity) user).getRevision() == 0;
            refuseId(fresh, user.getId());
            refuseMember(fresh ? "make an account" : "change another's account", user.getId(), !fresh);
        }
        return super.saveUser(user);
    }

    private static void refuseId(boolean fresh, String id) {
        if (fresh && !USER_ID.matcher(id).matches()) {
            throw refused(
                    "make an account",
                    ("'%s' is no user id: that is lower-case ASCII letters, digits, '.', '_' and '-', at most 64 of them,"
                                    + " so that no two look alike; choose one that is")
                            .formatted(id.substring(0, Math.min(id.length(), LONGEST_TOLD))));
        }
    }

    @Override
    public IdentityOperationResult deleteUser(String userId) {
        if (!members.settling()) {
            refuseMember("delete an account", userId, false);
        }
        return super.deleteUser(userId);
    }

    private void refuseMember(String operation, String id, boolean selfMay) {
        boolean self = selfMay && id.equals(Context.getCommandContext().getAuthenticatedUserId());
        if (members.everybody().contains(id) && !self) {
            throw refused(
                    operation,
                    ("%s belongs to a group whose members come from the settings: the account is made at the start, its"
                                    + " password is changed by its owner, and it is deleted after it was taken out of"
                                    + " accounts.members")
                            .formatted(id));
        }
    }

    @Override
    public IdentityOperationResult saveGroup(Group group) {
        refuseGroup();
        return super.saveGroup(group);
    }

    @Override
    public IdentityOperationResult deleteGroup(String groupId) {
        refuseGroup();
        return super.deleteGroup(groupId);
    }

    private void refuseGroup() {
        if (!members.settling()) {
            throw refused(
                    "change a group",
                    "The groups are the program's, made at its start; put people into those there are");
        }
    }

    private static AccessRefused refused(String operation, String why) {
        return new AccessRefused("Refused: %s. %s.".formatted(operation, why), Optional.empty());
    }
}
