package org.incidentorchestrator.approval.gate;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a second person approves a change.
 *
 * @param expiry how long a request can be approved; then it escalates, and can only be looked at again
 * @param keyFile what approvals are sealed with, made at random when absent, for its owner alone: whoever can write the
 *     database cannot make an approval without it. Programs that share a database need the same one.
 * @param breakGlass the groups that may approve without a second person, with a reason
 */
@Validated
@ConfigurationProperties("approval")
record ApprovalSettings(
        @DefaultValue("15m") @NotNull Duration expiry,
        @DefaultValue("./.data/approval.key") @NotBlank String keyFile,
        @DefaultValue({"l3", "l4"}) @NotEmpty
                Set<@Pattern(regexp = "l[1-4]", message = "has to name groups of l1 to l4") String> breakGlass) {
    ApprovalSettings {
        if (expiry != null && (expiry.isNegative() || expiry.isZero())) {
            throw new IllegalArgumentException("approval.expiry has to be a positive duration, such as 15m");
        }
    }
}
