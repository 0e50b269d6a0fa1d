package org.incidentorchestrator.approval.paging;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.incidentorchestrator.approval.IncidentTasks;
import org.incidentorchestrator.approval.PersonTaskMade;
import org.incidentorchestrator.incident.ChildrenChanged;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.IncidentWorsened;
import org.incidentorchestrator.incident.PagingMoved;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people do about an incident from outside of Tasklist: over the API, from the pager, by the link in a mail. Whether
 * they may is decided by whoever calls. What does not fit is a {@link ResponseRefused}, and nothing is changed.
 */
@Component
public class Responders {
    private static final int TRIES = 5;

    private final Acknowledgement acknowledgement;
    private final Responses responses;
    private final ResponderTask tasks;
    private final ProcessEngine engine;
    private final TransactionTemplate transaction;

    Responders(
            Acknowledgement acknowledgement,
            Responses responses,
            ResponderTask tasks,
            @Lazy ProcessEngine engine,
            PlatformTransactionManager transactions) {
        this.acknowledgement = acknowledgement;
        this.responses = responses;
        this.tasks = tasks;
        this.engine = engine;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Takes an open incident that nobody has, as claiming one of its tasks does; without effect on any other.
     *
     * @param person a user id
     */
    public void acknowledge(IncidentNumber incident, String person) {
        write(incident, engine -> acknowledgement.acknowledge(incident, person, engine, ""));
    }

    /**
     * As {@link #acknowledge}, by something that is good for one time.
     *
     * @param use uses it up, in the same transaction, again with each try of it; false when it was not good any more:
     *     then nothing is changed
     */
    public void acknowledgeOnce(IncidentNumber incident, String person, BooleanSupplier use) {
        write(incident, engine -> {
            if (use.getAsBoolean()) {
                acknowledgement.acknowledge(incident, person, engine, "");
            }
        });
    }

    /** Takes it, and refuses when somebody else has it. */
    public void take(IncidentNumber incident, String person) {
        write(incident, engine -> responses.take(incident, person, engine));
    }

    public void giveBack(IncidentNumber incident, String person, String note) {
        write(incident, engine -> responses.giveBack(incident, person, note, engine));
    }

    /** Pages the next level at once; it has to take the incident, which nobody has from then on. */
    public void escalate(IncidentNumber incident, String person, String reason) {
        write(incident, engine -> responses.escalate(incident, person, reason, engine));
    }

    /** @param to the user id of somebody who may work on incidents */
    public void handOver(IncidentNumber incident, String person, String to, String note) {
        write(incident, engine -> responses.handOver(incident, person, to, note, engine));
    }

    /** @param asked a user id: who is told, and sees the incident's tasks beside whoever has it */
    public void askPerson(IncidentNumber incident, String person, String asked, String note) {
        write(incident, engine -> responses.askPerson(incident, person, asked, note, engine));
    }

    /** @param group {@code l1} to {@code l4} */
    public void askGroup(IncidentNumber incident, String person, String group, String note) {
        write(incident, engine -> responses.askGroup(incident, person, group, note, engine));
    }

    public void note(IncidentNumber incident, String person, String text) {
        write(incident, engine -> responses.note(incident, person, text));
    }

    /** It pages otherwise from now on, and at once: whoever has it may have gone home with a warning. */
    @EventListener
    void worsened(IncidentWorsened worse) {
        write(worse.incident().number(), engine -> {
            responses.pageAnew(worse.incident(), engine);
            IncidentTasks.unrestricted(engine, () -> {
                tasks.worsen(worse.incident(), engine);
                return null;
            });
        });
    }

    @EventListener
    void asked(PersonTaskMade made) {
        tasks.begin(made.task(), made.incident(), engine);
    }

    /** It pages at another time from now on, later or at once: what counts is its row. */
    @EventListener
    void moved(PagingMoved moved) {
        write(moved.incident().number(), engine -> responses.countAnew(moved.incident(), engine));
    }

    @EventListener
    void changed(ChildrenChanged changed) {
        align(changed.parent().number());
    }

    /** Lets an incident wait no longer on the one of its common cause: its own runbook goes on at once. */
    public void workAnyway(IncidentNumber incident, String person, String reason) {
        write(incident, engine -> responses.workAnyway(incident, person, reason, engine));
    }

    /** Done again, whole, when it met a timer in the same moment: what has become impossible is refused by the next try. */
    private void write(IncidentNumber incident, Consumer<ProcessEngineServices> word) {
        boolean alone = !TransactionSynchronizationManager.isActualTransactionActive();
        for (int left = alone ? TRIES : 1; ; left--) {
            try {
                transaction.executeWithoutResult(status -> {
                    word.accept(engine);
                    align(incident);
                });
                return;
            } catch (OptimisticLockingException met) {
                if (left == 1) {
                    throw met;
                }
            }
        }
    }

    private void align(IncidentNumber incident) {
        IncidentTasks.unrestricted(engine, () -> {
            tasks.align(incident, engine);
            return null;
        });
    }
}
