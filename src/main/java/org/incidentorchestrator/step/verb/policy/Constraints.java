package org.incidentorchestrator.step.verb.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.Age;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Table;

/** The constraints of every kind, and what they found together. */
record Constraints(List<Constraint> all) {
    static Constraints of(List<ResourceType> served, ClusterReader cluster) {
        List<Constraint> all = new ArrayList<>();
        for (ResourceType kind : served) {
            try {
                cluster.list(kind, Query.in("")).stream().map(Constraint::of).forEach(all::add);
            } catch (ClusterFailure failure) {
                // Its template was deleted since the kinds were read.
                if (failure.kind() != ClusterFailure.Kind.NOT_INSTALLED) {
                    throw failure;
                }
            }
        }
        return new Constraints(all);
    }

    int count() {
        return all.size();
    }

    int in(String namespace) {
        return all.stream().mapToInt(each -> each.in(namespace).size()).sum();
    }

    int deniedIn(String namespace) {
        return all.stream()
                .filter(Constraint::denies)
                .mapToInt(each -> each.in(namespace).size())
                .sum();
    }

    long unlisted() {
        return all.stream().mapToLong(Constraint::unlisted).sum();
    }

    long total() {
        return all.stream().mapToLong(Constraint::total).sum();
    }

    Optional<Instant> oldestAudit() {
        return all.stream().flatMap(each -> each.audited().stream()).min(Comparator.naturalOrder());
    }

    int notAuditedSince(Instant then) {
        return (int) all.stream()
                .filter(each -> each.audited().filter(at -> !at.isBefore(then)).isEmpty())
                .count();
    }

    Table violations(String namespace) {
        Table table = Table.of("CONSTRAINT", "ACTION", "KIND", "NAME", "MESSAGE");
        all.forEach(constraint -> constraint
                .in(namespace)
                .forEach(violation -> table.row(
                        constraint.title(),
                        violation.text("/enforcementAction", constraint.action()),
                        violation.text("/kind", ""),
                        violation.text("/name", ""),
                        violation.text("/message", ""))));
        return table;
    }

    Table table(Instant now) {
        Table table = Table.of("KIND", "NAME", "ACTION", "AUDITED", "TOTAL", "LISTED", "ERRORS");
        for (Constraint constraint : all) {
            boolean never = constraint.audited().isEmpty();
            table.row(
                    constraint.object().kind(),
                    constraint.object().name(),
                    constraint.action(),
                    never ? "never" : Age.of(constraint.audited(), now) + " ago",
                    never ? "unknown" : constraint.total(),
                    constraint.listed().size(),
                    constraint.errors());
        }
        return table;
    }
}
