package org.incidentorchestrator.approval.gate;

import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What was refused at the gate is on the record, also when the refusal rolls everything else back; a forgery is a person's. */
@Component
class GateAlarm {
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate ownTransaction;

    GateAlarm(EvidenceLog evidence, ApplicationEventPublisher events, PlatformTransactionManager transactions) {
        this.evidence = evidence;
        this.events = events;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    void refused(IncidentNumber incident, String person, String reason, String message) {
        ownTransaction.executeWithoutResult(tx -> append(incident, person, reason, message));
    }

    void forged(Approval approval, String message) {
        ownTransaction.executeWithoutResult(tx -> {
            append(approval.incident(), Entry.SELF, "approvalForged", message);
            events.publishEvent(new PersonNeeded(
                    message + " Find out who writes to the database; the change was not made.",
                    Optional.of(approval.incident()),
                    "approval/" + approval.id() + "/forged"));
        });
    }

    private void append(IncidentNumber incident, String person, String reason, String message) {
        evidence.append(Entry.of(Entry.Kind.ACCESS_REFUSED, incident, person, message)
                .at("userTask_approveChange")
                .with(Map.of("reason", reason)));
    }
}
