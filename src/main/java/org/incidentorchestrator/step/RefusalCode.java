package org.incidentorchestrator.step;

/** The codes of the BPMN errors that steps raise: few, so that a model can catch each; the reason says more. */
public enum RefusalCode {
    /** A guard or the step itself said no. */
    REFUSED("stepRefused"),
    /** The incident has ended meanwhile: nothing may be changed any more. */
    ALERT_RESOLVED("alertResolved"),
    /** What was proposed is no longer what would be done. */
    PLAN_CHANGED("planChanged"),
    /** The object is not there, or is another one. */
    NOT_FOUND("targetNotFound"),
    /** A change may or may not have been made: a person has to look. */
    OUTCOME_UNKNOWN("outcomeUnknown");

    private final String code;

    RefusalCode(String code) {
        this.code = code;
    }

    /** As it stands in the models. */
    public String code() {
        return code;
    }
}
