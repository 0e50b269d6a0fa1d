package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;

/** What breaks the policies of a namespace, from the alert to the triage. It only looks. */
class PolicyViolationProcessTest extends RunbookScenario {
    private static final Duration A_WHILE = Duration.ofMinutes(20);
    private static final String ALERT = "PolicyViolation";
    private static final String TRIAGE = "Triage violations";
    private static final Target CONSTRAINT = new Target("K8sRequiredSecurityContext", "", "pods-run-as-non-root");
    private static final Target ADMISSION =
            new Target("Deployment", "gatekeeper-system", "gatekeeper-controller-manager");

    @Test
    void a_responder_who_triages_what_was_listed_ends_the_incident_and_nothing_is_changed() {
        firesAs(ALERT);
        work();
        assertThat(facts().get("Violations")).contains("violations in namespace a1-orchestrator");

        answers("alice", TRIAGE, answer("triaged"));
        passes(A_WHILE);

        assertThat(told("DECIDED")).containsExactly("alice settled 'Triage violations': the owners have tickets");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook policy-violation ended: resolved");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(changes()).isEmpty();
    }

    @Test
    void where_gatekeeper_is_not_installed_its_logs_are_unknown_and_a_responder_decides_all_the_same() {
        firesAs(ALERT);
        work();

        assertThat(record()).contains("STEP_REFUSED");
        assertThat(facts()).containsEntry("Logs of the admission controller kept", "unknown");
    }

    @Test
    void what_the_admission_controller_says_is_kept_of_each_of_its_pods() {
        makes(ADMISSION.namespace(), ADMISSION.name(), 2);
        try {
            firesAs(ALERT);
            work();

            assertThat(facts()).containsEntry("Logs of the admission controller kept", "2");
        } finally {
            sandbox.delete(ADMISSION);
        }
    }

    @Test
    void what_violates_nothing_any_more_asks_nobody() {
        makes(ADMISSION.namespace(), ADMISSION.name(), 2);
        KubernetesObject constraint = constraint();
        sandbox.delete(CONSTRAINT);
        try {
            firesAs(ALERT);
            passes(A_WHILE);

            assertThat(record()).doesNotContain("DECIDED", "PERSON_NEEDED");
            assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook policy-violation ended: resolved");
        } finally {
            createAnew(constraint);
            sandbox.delete(ADMISSION);
        }
    }

    @Test
    void a_violation_that_is_a_breach_goes_on_as_one_behind_its_approval() {
        firesAs(ALERT);
        work();
        answers("alice", TRIAGE, answer("breach"));
        work();

        assertThat(told("RUNBOOK_STARTED")).hasSize(2).last().asString().contains("suspected-breach");
        assertThat(taskNames()).contains("Approve change");
        assertThat(changes()).isEmpty();
    }

    @Test
    void looking_again_lists_anew() {
        firesAs(ALERT);
        work();
        answers("alice", TRIAGE, answer("lookAgain"));
        work();

        assertThat(told("NOTE")).hasSize(2);
        assertThat(task(TRIAGE).getAssignee()).isNull();
    }

    @Test
    void a_responder_who_hands_over_leaves_the_incident_open() {
        firesAs(ALERT);
        work();
        answers("alice", TRIAGE, answer("handOver"));
        work();

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook policy-violation ended: handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void resolved_by_the_pager_while_violations_are_listed_asks_a_responder_still() {
        firesAs(ALERT);
        work();
        resolvesAs(ALERT);
        work();

        assertThat(taskNames()).contains(TRIAGE);
    }

    private static Map<String, Object> answer(String triage) {
        return Map.of("triage", triage, "settledNote", "the owners have tickets");
    }

    private Map<String, String> facts() {
        JsonNode findings = json(
                String.valueOf(engine.getTaskService().getVariable(task(TRIAGE).getId(), "findings")));
        return StreamSupport.stream(findings.path("facts").spliterator(), false)
                .collect(Collectors.toMap(fact -> fact.path("what").asText(), fact -> fact.path("seen")
                        .asText()));
    }

    private KubernetesObject constraint() {
        ResourceType type = new ResourceType(
                "constraints.gatekeeper.sh", "v1beta1", CONSTRAINT.kind(), "k8srequiredsecuritycontext", false);
        return sandbox.reader().get(type, "", CONSTRAINT.name()).orElseThrow();
    }
}
