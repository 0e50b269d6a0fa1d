package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.incidentorchestrator.cluster.ResourceType;

/**
 * Gatekeeper's audit: says in each constraint which pods break it. It lists only the first few, and says how many there
 * are.
 */
final class ConstraintController {
    /** Gatekeeper's own default is 20. */
    static final int LISTED = 5;

    private static final String GATEKEEPER = "gatekeeper";

    private ConstraintController() {}

    static void settle(World world, Instant at) {
        for (ResourceType type : List.of(Served.SECURITY_CONTEXT, Served.ALLOWED_REPOS)) {
            world.all(type.kind()).forEach(constraint -> audit(world, constraint, at));
        }
    }

    static boolean isConstraint(ResourceType type) {
        return type.group().equals(Served.SECURITY_CONTEXT.group());
    }

    /** Audits are made each minute; that one found the same again is seen, and no change in the store. */
    static ObjectNode shown(ObjectNode constraint, Instant now) {
        String audited = constraint.at("/status/auditTimestamp").asText();
        Instant latest = now.truncatedTo(ChronoUnit.MINUTES);
        if (audited.isEmpty() || !latest.isAfter(Instant.parse(audited))) {
            return constraint;
        }
        ObjectNode shown = constraint.deepCopy();
        shown.withObject("/status").put("auditTimestamp", latest.toString());
        return shown;
    }

    private static void audit(World world, ObjectNode constraint, Instant at) {
        List<ObjectNode> broken =
                world.all("Pod").stream().filter(pod -> breaks(constraint, pod)).toList();
        ArrayNode violations = Json.array();
        broken.stream().limit(LISTED).forEach(pod -> violations.add(violation(constraint, pod)));
        boolean same = constraint.at("/status/totalViolations").asInt(-1) == broken.size()
                && constraint.at("/status/violations").equals(violations);
        if (!same) {
            ObjectNode status = Json.object();
            status.put("auditTimestamp", at.toString()).put("totalViolations", broken.size());
            status.set("violations", violations);
            Status.write(world, constraint, status, GATEKEEPER, at);
        }
    }

    private static boolean breaks(ObjectNode constraint, ObjectNode pod) {
        for (JsonNode container : pod.at("/spec/containers")) {
            boolean broken = constraint.path("kind").asText().equals(Served.SECURITY_CONTEXT.kind())
                    ? !container.at("/securityContext/runAsNonRoot").asBoolean()
                    : !allowed(constraint, container.path("image").asText());
            if (broken) {
                return true;
            }
        }
        return false;
    }

    private static boolean allowed(ObjectNode constraint, String image) {
        for (JsonNode prefix : constraint.at("/spec/parameters/repos")) {
            if (image.startsWith(prefix.asText())) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode violation(ObjectNode constraint, ObjectNode pod) {
        JsonNode container = pod.at("/spec/containers/0");
        String message = constraint.path("kind").asText().equals(Served.SECURITY_CONTEXT.kind())
                ? "container <" + container.path("name").asText() + "> has no securityContext.runAsNonRoot"
                : "container <" + container.path("name").asText() + "> has an image of no allowed repository <"
                        + container.path("image").asText() + ">";
        return Json.object()
                .put(
                        "enforcementAction",
                        constraint.at("/spec/enforcementAction").asText("deny"))
                .put("group", "")
                .put("version", "v1")
                .put("kind", "Pod")
                .put("namespace", Pods.namespace(pod))
                .put("name", Pods.name(pod))
                .put("message", message);
    }
}
