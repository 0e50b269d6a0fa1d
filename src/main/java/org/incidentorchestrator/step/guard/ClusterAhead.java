package org.incidentorchestrator.step.guard;

import java.util.Locale;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Marks;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepGuard;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An object that carries the mark of a step which the ledger does not know is newer than the ledger: the database was
 * restored from a back-up, or another installation changes the same cluster. What was done to it since, nobody here knows,
 * so a person looks at it before it is changed again. Rows of the ledger stay for ever: what is only old is known.
 */
@Component
@Order(60)
final class ClusterAhead implements StepGuard {
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate ownTransaction;

    ClusterAhead(JdbcClient jdbc, ApplicationEventPublisher events, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.events = events;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Override
    public Verdict examine(Effect effect, StepContext context, StepCall call) {
        if (!(effect instanceof Effect.OnCluster on)
                || !on.now().path("metadata").isObject()) {
            return Verdict.ALLOWED;
        }
        KubernetesObject object = KubernetesObject.of(on.now());
        return Marks.on(object)
                .filter(mark -> !isKnown(mark))
                .findFirst()
                .map(mark -> refused(effect.target(), mark, Marks.incident(object), call))
                .orElse(Verdict.ALLOWED);
    }

    private boolean isKnown(String mark) {
        return jdbc.sql("select count(*) from step_ledger where mark = :mark")
                        .param("mark", mark)
                        .query(Long.class)
                        .single()
                > 0;
    }

    private Verdict refused(Target target, String mark, Optional<String> incident, StepCall call) {
        String message =
                "%s was changed by a step that the ledger does not know (mark %s%s): the cluster is newer than this database."
                        .formatted(
                                target,
                                mark,
                                incident.map(number -> ", for " + number).orElse(""));
        String remedy =
                "See what it is like, and whether that was meant. Then let it be changed again: kubectl annotate%s %s/%s %s- %s-"
                        .formatted(
                                target.namespace().isEmpty() ? "" : " -n " + target.namespace(),
                                target.kind().toLowerCase(Locale.ROOT),
                                target.name(),
                                Marks.STEP,
                                Marks.APPLIED_BY);
        ownTransaction.executeWithoutResult(status -> events.publishEvent(
                new PersonNeeded(message + " " + remedy, Optional.of(call.incident()), "ledger/" + target.id())));
        return Verdict.refused("clusterAhead", message, remedy);
    }
}
