package org.incidentorchestrator.runbook;

import java.util.Set;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.springframework.stereotype.Component;

/**
 * What an incident can be sent to and what people can begin: the models of their folders, whose file names are their keys.
 */
@Component
public class Runbooks {
    /** It works on what this program has found out, and on nothing that a person could say. */
    private static final String OF_THE_PROGRAM = "common-cause";

    private static final String PAGING = "page-responders";

    private final Set<String> keys;
    private final Set<String> procedures;

    /** What a process is to the incident that it runs for. */
    public enum Kind {
        /** Lasts as long as the incident. */
        ROOT,
        /** The ladder. */
        PAGING,
        /** What an incident is sent to. */
        RUNBOOK,
        /** What is planned or scheduled. */
        PROCEDURE,
        /** Whatever else is called, or is begun for it by hand. */
        PART
    }

    Runbooks(ModelFiles models) {
        this.keys = models.keysIn("runbooks");
        this.keys.remove(OF_THE_PROGRAM);
        this.procedures = models.keysIn("procedures");
    }

    /** Process keys of what a person can send an incident to, in the order of the alphabet: {@code service-down}. */
    public Set<String> keys() {
        return keys;
    }

    /** @param key of a process */
    public Kind kind(String key) {
        if (IncidentProcesses.ROOTS.contains(key)) {
            return Kind.ROOT;
        }
        if (keys.contains(key) || OF_THE_PROGRAM.equals(key)) {
            return Kind.RUNBOOK;
        }
        if (procedures.contains(key)) {
            return Kind.PROCEDURE;
        }
        return PAGING.equals(key) ? Kind.PAGING : Kind.PART;
    }

    /** Process keys of what is planned or scheduled, in the order of the alphabet: {@code planned-deployment}. */
    public Set<String> procedures() {
        return procedures;
    }
}
