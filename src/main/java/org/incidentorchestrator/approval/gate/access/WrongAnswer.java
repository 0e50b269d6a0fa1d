package org.incidentorchestrator.approval.gate.access;

import java.util.Optional;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.incidentorchestrator.incident.IncidentNumber;

/** An answer that its task's form does not take; answered with 400, and recorded. Names the fields. */
public final class WrongAnswer extends FormFieldValidationException {
    private final transient Optional<IncidentNumber> incident;

    WrongAnswer(String why, Optional<IncidentNumber> incident) {
        super(null, why);
        this.incident = incident;
    }

    WrongAnswer(String why, Throwable cause) {
        super(null, why, cause);
        this.incident = Optional.empty();
    }

    Optional<IncidentNumber> incident() {
        return incident;
    }
}
