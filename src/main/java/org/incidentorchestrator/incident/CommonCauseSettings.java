package org.incidentorchestrator.incident;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When several incidents are taken for one, and for how long they wait on it.
 *
 * @param services how many services have to be down at once to be one trouble; a number that is never reached turns that
 *     off, and then nothing waits for a look before it pages either, unless a common cause is open
 * @param within how far apart their incidents may be opened
 * @param waitAtMost how long one incident waits in all; then its own runbook goes on and people are paged for it
 * @param pageWithin how long the first page of one of many waits for the look at what they have in common
 * @param silentLooks after how many looks without an answer the API server is the cause
 * @param dns the service that answers for the cluster's DNS, {@code namespace/name}; it is looked at where its namespace
 *     is one of cluster.namespaces or look.namespaces
 * @param notFor runbooks that go on whatever else is wrong; procedures do too
 */
@Validated
@ConfigurationProperties("common-cause")
public record CommonCauseSettings(
        @DefaultValue("3") @Min(2) int services,
        @DefaultValue("5m") @NotNull Duration within,
        @DefaultValue("30m") @NotNull Duration waitAtMost,
        @DefaultValue("1m") @NotNull Duration pageWithin,
        @DefaultValue("3") @Min(1) int silentLooks,
        @DefaultValue("kube-system/kube-dns") @NotNull String dns,
        @DefaultValue({"suspected-breach", "policy-violation", "unknown-alert", "common-cause"}) @NotNull
                Set<String> notFor) {
    public CommonCauseSettings {
        positive("within", within);
        positive("wait-at-most", waitAtMost);
        positive("page-within", pageWithin);
        if (!dns.matches("[a-z0-9-]+/[a-z0-9.-]+")) {
            throw new IllegalArgumentException("common-cause.dns: '" + dns
                    + "' is no service; write namespace/name, such as kube-system/kube-dns");
        }
        notFor = Set.copyOf(notFor);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("common-cause." + name + " has to be a positive duration, such as 5m");
        }
    }
}
