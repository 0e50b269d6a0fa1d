package org.incidentorchestrator.step.verb.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.verb.Fields;
import org.incidentorchestrator.step.verb.Notes;

/**
 * What an application says about who paused its self-heal: the incident, and since when. Only what carries it is ever
 * resumed.
 *
 * @param owner {@code INC-7}
 */
record Pause(String owner, String since) {
    /** Pointer to what is switched. */
    static final String SELF_HEAL = Fields.SELF_HEAL;

    private static final String OWNER = Notes.SELF_HEAL_PAUSED_FOR;
    private static final String SINCE = "incident-orchestrator/self-heal-paused-at";
    private static final String BEFORE = "incident-orchestrator/self-heal-before";

    static Optional<Pause> of(KubernetesObject application) {
        return application
                .annotation(OWNER)
                .map(owner -> new Pause(owner, application.annotation(SINCE).orElse("?")));
    }

    static ObjectNode begin(String owner, Instant at) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/metadata/annotations")
                .put(OWNER, owner)
                .put(SINCE, at.truncatedTo(ChronoUnit.SECONDS).toString())
                .put(BEFORE, "true");
        body.withObject("/spec/syncPolicy/automated").put("selfHeal", false);
        return body;
    }

    static ObjectNode end() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/metadata/annotations").putNull(OWNER).putNull(SINCE).putNull(BEFORE);
        body.withObject("/spec/syncPolicy/automated").put("selfHeal", true);
        return body;
    }
}
