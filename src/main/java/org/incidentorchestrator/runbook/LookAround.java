package org.incidentorchestrator.runbook;

import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.springframework.stereotype.Component;

/** Gives a look that a person asks for to the incident that they work on: what is read is kept with it. */
@Component
class LookAround {
    static final Set<String> FIELDS = Set.of("incident", "namespace");

    private final Incidents incidents;

    LookAround(Incidents incidents) {
        this.incidents = incidents;
    }

    /** @throws BadUserRequestException says what is wrong with the form, and what to do */
    void choose(DelegateExecution execution) {
        StartForm form = StartForm.of(execution, FIELDS);
        StartForm.person(execution);
        String namespace = form.text("namespace");
        if (!Target.isNamespace(namespace)) {
            throw new BadUserRequestException(
                    "namespace is '%s'; name one, such as a1-orchestrator".formatted(namespace));
        }
        Incident incident = find(form.text("incident"))
                .filter(Incident::open)
                .orElseThrow(() -> new BadUserRequestException(
                        "There is no open incident %s: name one, such as INC-1, or declare one and look then"
                                .formatted(form.text("incident"))));
        execution.setProcessBusinessKey(incident.number().toString());
        execution.setVariableLocal("incident", incident.number().toString());
        execution.setVariableLocal("namespace", namespace);
    }

    private Optional<Incident> find(String number) {
        try {
            return incidents.find(IncidentNumber.parse(number));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }
}
