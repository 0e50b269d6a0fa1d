package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.OptionalInt;

/** A ResourceQuota: what a namespace may have of each resource, and what of it is taken. */
public record QuotaView(KubernetesObject quota) {
    public String name() {
        return quota.name();
    }

    public Amounts hard() {
        return Amounts.of(quota, "/spec/hard");
    }

    /** As the quota controller has counted; empty before it has. */
    public Amounts used() {
        return Amounts.of(quota, "/status/used");
    }

    /** Of the resource that is nearest to its bound; empty before anything was counted. */
    public OptionalInt fullestPercent() {
        return resources().stream()
                .map(this::percent)
                .flatMapToInt(OptionalInt::stream)
                .max();
    }

    /** {@code limits.memory 2048Mi of 2048Mi}, of the resource that is nearest to its bound; empty as above. */
    public String fullest() {
        OptionalInt most = fullestPercent();
        return resources().stream()
                .filter(resource -> most.isPresent() && percent(resource).equals(most))
                .findFirst()
                .map(resource -> resource + " " + used().text(resource) + " of " + hard().text(resource))
                .orElse("");
    }

    /** Whether it refuses a pod with a container that has no limit of this resource: what it counts has to be said. */
    public boolean demandsLimitOf(String resource) {
        return hard().get("limits." + resource).isPresent();
    }

    /** A bound of 0 is reached as soon as there is one. */
    private OptionalInt percent(String resource) {
        if (used().get(resource).isEmpty()) {
            return OptionalInt.empty();
        }
        boolean nothing = hard().amount(resource).signum() == 0;
        return nothing
                ? OptionalInt.of(used().amount(resource).signum() > 0 ? 100 : 0)
                : used().percentOf(hard(), resource);
    }

    private List<String> resources() {
        return List.copyOf(hard().byName().keySet());
    }

    /** What {@code kubectl describe resourcequota} would print of these. */
    public static Table table(List<QuotaView> quotas) {
        Table table = Table.of("QUOTA", "RESOURCE", "USED", "HARD", "USED%");
        for (QuotaView quota : quotas) {
            for (String resource : quota.resources()) {
                OptionalInt percent = quota.percent(resource);
                table.row(
                        quota.name(),
                        resource,
                        quota.used().get(resource).isPresent() ? quota.used().text(resource) : "<unknown>",
                        quota.hard().text(resource),
                        percent.isPresent() ? percent.getAsInt() + "%" : "<unknown>");
            }
        }
        return table;
    }
}
