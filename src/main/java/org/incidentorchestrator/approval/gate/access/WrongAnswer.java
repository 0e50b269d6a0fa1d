package org.incidentorchestrator.approval.gate.access;

import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;

/** An answer that its task's form does not take; answered with 400, and recorded. Names the fields. */
public final class WrongAnswer extends FormFieldValidationException {
    public WrongAnswer(String why) {
        super(null, why);
    }

    WrongAnswer(String why, Throwable cause) {
        super(null, why, cause);
    }
}
