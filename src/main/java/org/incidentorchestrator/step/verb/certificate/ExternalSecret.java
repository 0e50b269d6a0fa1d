package org.incidentorchestrator.step.verb.certificate;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.Age;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.Table;

/**
 * An ExternalSecret (external-secrets.io): what it writes, from where, and when it did last.
 *
 * @param target the secret that it writes, of its own name when it says none
 * @param ready the status of its condition Ready: True, False, Unknown, or empty when it was never worked on
 */
record ExternalSecret(KubernetesObject object, String target, String ready, String reason, String message) {

    static ExternalSecret of(KubernetesObject object) {
        Optional<KubernetesObject> condition = object.items("/status/conditions").stream()
                .filter(each -> each.text("/type", "").equals("Ready"))
                .findFirst();
        return new ExternalSecret(
                object,
                object.text("/spec/target/name").filter(name -> !name.isEmpty()).orElse(object.name()),
                condition.map(it -> it.text("/status", "")).orElse(""),
                condition.map(it -> it.text("/reason", "")).orElse(""),
                condition.map(it -> it.text("/message", "")).orElse(""));
    }

    String name() {
        return object.name();
    }

    boolean isReady() {
        return ready.equals("True");
    }

    /** When it last fetched from its store and wrote; empty when it never did, or not in a form that is a time. */
    Optional<Instant> refreshed() {
        try {
            return object.time("/status/refreshTime");
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether anything but a new ExternalSecret makes it fetch again (spec.refreshPolicy and spec.refreshInterval). */
    boolean refreshable() {
        return refreshed().isEmpty() || !createdOnce() && !(policy().equals("Periodic") && intervalIsZero());
    }

    boolean createdOnce() {
        return policy().equals("CreatedOnce");
    }

    private String policy() {
        return object.text("/spec/refreshPolicy").filter(it -> !it.isEmpty()).orElse("Periodic");
    }

    private String interval() {
        return object.text("/spec/refreshInterval").filter(it -> !it.isEmpty()).orElse("1h");
    }

    /** A duration as Go writes it: {@code 0}, {@code 0s}, {@code 0h0m0s}. */
    private boolean intervalIsZero() {
        return !interval().matches(".*[1-9].*");
    }

    private String store() {
        return object.text("/spec/secretStoreRef/kind", "SecretStore") + " "
                + object.text("/spec/secretStoreRef/name", "");
    }

    static Table table(List<ExternalSecret> all, Instant now) {
        Table table = Table.of(
                "NAME", "TARGET", "STORE", "POLICY", "REFRESH INTERVAL", "READY", "REASON", "REFRESHED", "MESSAGE");
        all.forEach(each -> table.row(
                each.name(),
                each.target,
                each.store(),
                each.policy(),
                each.interval(),
                each.ready,
                each.reason,
                each.refreshed().isEmpty() ? "never" : Age.of(each.refreshed(), now) + " ago",
                each.message));
        return table;
    }
}
