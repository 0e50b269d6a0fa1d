package org.incidentorchestrator.console.access;

import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.approval.gate.access.ConfiguredMembers;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The accounts that are made at start, and who belongs to the groups that decide.
 *
 * @param create which of responder, approver and auditor; without it all of them in the sandbox and none on a real
 *     cluster
 * @param members the members of the closed groups: nobody can be put into them in any other way
 */
@Validated
@ConfigurationProperties("accounts")
public record AccountSettings(@DefaultValue Optional<List<FirstAccount>> create, @DefaultValue @Valid Members members) {
    /**
     * User ids. Who has no account yet gets one at the start.
     *
     * @param approver who may approve; without it {@code approver}, where that account is made
     * @param camundaAdmin administrators; without it {@code admin}
     * @param l3 platform architects: they may break the glass
     * @param l4 the CTO: so may they
     */
    public record Members(
            @DefaultValue Optional<List<@UserId String>> approver,
            @DefaultValue Optional<List<@UserId String>> camundaAdmin,
            @DefaultValue List<@UserId String> l3,
            @DefaultValue List<@UserId String> l4) {}

    List<FirstAccount> wanted(boolean sandbox) {
        return create.orElse(
                sandbox ? List.of(FirstAccount.RESPONDER, FirstAccount.APPROVER, FirstAccount.AUDITOR) : List.of());
    }

    ConfiguredMembers configured(boolean sandbox) {
        List<String> firstApprover =
                wanted(sandbox).contains(FirstAccount.APPROVER) ? List.of(FirstAccount.APPROVER.id()) : List.of();
        return new ConfiguredMembers(Map.of(
                Role.ADMIN.group(), Set.copyOf(administrators()),
                Role.APPROVER.group(), Set.copyOf(members.approver().orElse(firstApprover)),
                Role.L3.group(), Set.copyOf(members.l3()),
                Role.L4.group(), Set.copyOf(members.l4())));
    }

    private List<String> administrators() {
        // Nobody could let people in without one.
        return members.camundaAdmin().filter(named -> !named.isEmpty()).orElse(List.of(FirstAccount.ADMIN.id()));
    }

    /** The account that works incidents, where it was made; an administrator otherwise. */
    public String loginAs(boolean sandbox) {
        return wanted(sandbox).contains(FirstAccount.RESPONDER)
                ? FirstAccount.RESPONDER.id()
                : administrators().get(0);
    }
}
