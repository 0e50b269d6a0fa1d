package org.incidentorchestrator.console.access;

import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The accounts that are made at start, beside {@code admin}, which always is.
 *
 * @param create which of responder, approver and auditor; without it all of them in the sandbox and none on a real
 *     cluster
 */
@Validated
@ConfigurationProperties("accounts")
public record AccountSettings(@DefaultValue Optional<List<FirstAccount>> create) {
    List<FirstAccount> wanted(boolean sandbox) {
        return create.orElse(
                sandbox ? List.of(FirstAccount.RESPONDER, FirstAccount.APPROVER, FirstAccount.AUDITOR) : List.of());
    }

    /** The account that works incidents, where it was made; the administrator otherwise. */
    public String loginAs(boolean sandbox) {
        return (wanted(sandbox).contains(FirstAccount.RESPONDER) ? FirstAccount.RESPONDER : FirstAccount.ADMIN).id();
    }
}
