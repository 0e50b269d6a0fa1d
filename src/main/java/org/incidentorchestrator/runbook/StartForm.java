package org.incidentorchestrator.runbook;

import java.util.Set;
import java.util.TreeSet;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** What a person sent with a start form: its own fields, and nothing beside them. */
final class StartForm {
    private static final int LONGEST = 1000;

    private final DelegateExecution execution;

    private StartForm(DelegateExecution execution) {
        this.execution = execution;
    }

    /**
     * @param fields the keys of the form
     * @throws BadUserRequestException when a variable, a business key or an anonymous caller came with it
     */
    static StartForm of(DelegateExecution execution, Set<String> fields) {
        Set<String> foreign = new TreeSet<>(execution.getVariables().keySet());
        foreign.removeAll(fields);
        if (!foreign.isEmpty()) {
            throw new BadUserRequestException("This form has no field %s; it has %s"
                    .formatted(String.join(", ", foreign), String.join(", ", new TreeSet<>(fields))));
        }
        String key = execution.getProcessBusinessKey();
        if (key != null && !key.isBlank()) {
            throw new BadUserRequestException("Leave the business key empty; it would make this a part of " + key);
        }
        return new StartForm(execution);
    }

    String text(String field) {
        Object value = execution.getVariable(field);
        return value == null ? "" : value.toString().strip();
    }

    /** @throws BadUserRequestException when it says nothing, or too much */
    String reason() {
        return reason(execution);
    }

    static String reason(DelegateExecution execution) {
        Object value = execution.getVariable("reason");
        String reason = value == null ? "" : value.toString().strip();
        if (reason.length() < 3 || reason.length() > LONGEST) {
            throw new BadUserRequestException("Say in 'reason' why, in 3 to %d characters".formatted(LONGEST));
        }
        return reason;
    }

    /** @throws BadUserRequestException when nobody has proved who they are */
    static String person(DelegateExecution execution) {
        Authentication caller =
                execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        if (caller == null || caller.getUserId() == null) {
            throw new BadUserRequestException("Nobody is logged in: the record has to name who did it");
        }
        return caller.getUserId();
    }
}
