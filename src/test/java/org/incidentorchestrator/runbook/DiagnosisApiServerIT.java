package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Each diagnosis once on a real API server, whose own words the causes are told from. It is asked, and nothing is sent. */
@TestPropertySource(properties = "step.mode=EXECUTE")
class DiagnosisApiServerIT extends ApiServerScenario {
    private static final String DECIDE = "Decide on next step";

    @Test
    void pods_that_request_more_than_any_node_has_are_pending_in_the_schedulers_words() {
        cluster.isWell("roomless");
        requests("roomless", "900");
        await("a pod without a node", () -> pending("roomless") ? true : null);
        fires("roomless", "KubePodNotScheduled");

        awaitTold("NOTE", "cause noRoom: No node has room");
        awaitTold("NOTE", "Insufficient cpu");
        answers("alice", DECIDE, next("handOver"));
        awaitTold("RUNBOOK_ENDED", "pod-stuck-pending ended: handedToHuman");
        assertThat(incident().open()).isTrue();
        assertNothingSent();
    }

    @Test
    void a_selector_that_fits_no_pod_leaves_a_service_without_endpoints() {
        cluster.isWell("unselected");
        KubernetesObject service = cluster.object(new Target("Service", cluster.name(), "unselected"))
                .orElseThrow();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/selector").put("app", "somebody-else");
        cluster.merge(ResourceType.SERVICES, service, "", body);
        fires("unselected", "ServiceUnreachable");

        awaitTold("NOTE", "cause selectorMisses: ");
        answers("alice", DECIDE, next("handOver"));
        awaitTold("RUNBOOK_ENDED", "service-unreachable ended: handedToHuman");
        assertNothingSent();
    }

    @Test
    void errors_of_pods_that_crash_lead_to_the_runbook_that_restarts_them() {
        cluster.crashesUntilRestarted("failing");
        fires("failing", "HighErrorRate");
        awaitTold("NOTE", "cause crashLoop: ");
        answers("alice", DECIDE, next("apply"));
        decides("Restart", "apply");

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(told("RUNBOOK_ENDED"))
                .containsExactly("runbook service-down ended: resolved", "runbook high-error-rate ended: resolved");
        assertChanged("patch deployments/failing");
    }

    /** Whether anything answers at the address of a pod that no container runs in depends on the machine. */
    @Test
    void slowness_that_nothing_explains_is_handed_on_with_what_was_seen_and_what_was_not() {
        cluster.isWell("silent");
        fires("silent", "SlowResponseTimes");
        awaitTold("NOTE", " Seen: Pods: nothing; CPU, in % of the limit: unknown; ");
        assertThat(told("NOTE"))
                .last()
                .asString()
                .matches("cause (unknown|noAnswer): .*")
                .contains("0 connections on port 5432 in 2 pods", "P95 of the last minutes, in ms: unknown");
        answers("alice", DECIDE, next("handOver"));
        awaitTold("RUNBOOK_ENDED", "slow-response-times ended: handedToHuman");
        assertNothingSent();
    }

    @Test
    void an_alert_that_no_runbook_fits_goes_to_people_with_what_was_seen() {
        cluster.isWell("strange");
        fires("strange", "SomethingThatNobodyHasNamed");

        awaitTold("RUNBOOK_ENDED", "unknown-alert ended: handedToHuman");
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("2 of 2 pods of Deployment"));
        assertThat(told("PAGED")).isNotEmpty();
        assertThat(incident().open()).isTrue();
        assertNothingSent();
    }

    private static Map<String, Object> next(String decision) {
        return Map.of("decision", decision, "decisionNote", "");
    }

    private static boolean pending(String workload) {
        return cluster.pods(workload).stream().map(PodView::status).anyMatch("Pending"::equals);
    }

    private static void requests(String workload, String cpu) {
        KubernetesObject deployment = cluster.deployment(workload);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode container = body.withObject("/spec/template/spec")
                .putArray("containers")
                .addObject()
                .put("name", deployment.text("/spec/template/spec/containers/0/name", ""))
                .put("image", deployment.text("/spec/template/spec/containers/0/image", ""));
        container.withObject("/resources/requests").put("cpu", cpu);
        cluster.merge(ResourceType.DEPLOYMENTS, deployment, "", body);
    }
}
