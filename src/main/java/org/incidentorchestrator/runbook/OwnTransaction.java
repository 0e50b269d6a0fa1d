package org.incidentorchestrator.runbook;

import java.util.concurrent.Callable;
import org.camunda.bpm.engine.context.ProcessEngineContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction and engine commands of their own, from within a step: what is told to waits there has to be in the
 * database before the next word can be told to what follows them, and a unique key that somebody else was first to take
 * must not end the step's own transaction. When that one is lost afterwards, its job comes again and finds this done.
 */
@Component
class OwnTransaction {
    private final TransactionTemplate apart;

    OwnTransaction(PlatformTransactionManager transactions) {
        this.apart = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    }

    void run(Runnable work) {
        apart.executeWithoutResult(status -> withNewEngineContext(() -> {
            work.run();
            return null;
        }));
    }

    private static void withNewEngineContext(Callable<Void> work) {
        try {
            ProcessEngineContext.withNewProcessEngineContext(work);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception checked) {
            throw new IllegalStateException(checked);
        }
    }
}
