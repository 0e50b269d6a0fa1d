package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A service that is down on a real API server, from its alert to its closing, by each of the ways that it can go. */
@TestPropertySource(properties = "step.mode=EXECUTE")
class ServiceDownApiServerIT extends ApiServerScenario {
    @Test
    void a_crashing_service_is_restarted_once_and_the_incident_closes_by_itself() {
        cluster.crashesUntilRestarted("restarted");
        fires("restarted");
        decides("Restart", "apply");

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertChanged("patch deployments/restarted");
        var after = cluster.deployment("restarted");
        assertThat(after.number("/metadata/generation", 0)).isEqualTo(2);
        assertThat(after.number("/status/readyReplicas", 0)).isEqualTo(2);
        assertThat(after.annotation("incident-orchestrator/incident"))
                .hasValue(incident().number().toString());
    }

    @Test
    void an_overloaded_service_is_scaled_and_gets_well_with_the_third_pod() {
        cluster.crashes("scaled");
        fires("scaled");
        decides("Restart", "skip");
        decides("Scale", "apply");
        await("a third pod that runs", () -> running("scaled") == 3 ? true : null);
        cluster.getsWell("scaled");

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertChanged("patch deployments/scaled");
        assertThat(cluster.deployment("scaled").number("/spec/replicas", 0)).isEqualTo(3);
    }

    @Test
    void one_bad_pod_is_evicted_past_its_budget_because_the_others_suffice() {
        cluster.hasOneBadPod("replaced");
        cluster.hasBudget("replaced", 1);
        String bad = bad("replaced").name();
        fires("replaced");
        decides("Restart", "skip");
        decides("Scale", "skip");
        decides("Replace pod " + bad, "apply");

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertChanged("create pods/" + bad + "/eviction");
        assertThat(cluster.pods("replaced")).extracting(PodView::name).doesNotContain(bad);
    }

    @Test
    void an_autoscaled_service_is_scaled_by_its_autoscaler_and_a_guarded_pod_is_not_forced() {
        cluster.hasOneBadPod("guarded");
        cluster.hasBudget("guarded", 2);
        cluster.hasAutoscaler("guarded");
        fires("guarded");
        decides("Restart", "skip");
        await("a proposal to scale", () -> told("STEP_PROPOSED").size() == 2 ? true : null);
        assertThat(told("STEP_PROPOSED").get(1)).contains("utoscaler");
        decides("Scale", "skip");

        awaitTold("RUNBOOK_ENDED", "handedToHuman");
        assertThat(told("STEP_REFUSED").get(0)).contains("PodDisruptionBudget guarded");
        assertThat(incident().open()).isTrue();
        assertNothingSent();
    }

    @Test
    void an_alert_that_is_resolved_between_the_decision_and_the_act_changes_nothing() {
        cluster.crashes("relieved");
        fires("relieved");
        await("a proposal", () -> told("STEP_PROPOSED").isEmpty() ? null : true);
        executor.shutdown();
        try {
            decides("Restart", "apply");
            resolves();
        } finally {
            executor.start();
        }
        awaitTold("STEP_REFUSED", "nothing more is changed for it");
        cluster.getsWell("relieved");

        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertNothingSent();
        assertThat(cluster.deployment("relieved").number("/metadata/generation", 0))
                .isEqualTo(1);
    }

    @Test
    void what_somebody_changed_between_the_proposal_and_the_act_is_proposed_anew() {
        cluster.crashes("overtaken");
        fires("overtaken");
        decides("Restart", "skip");
        await("a proposal to scale", () -> told("STEP_PROPOSED").size() == 2 ? true : null);
        cluster.isScaledTo("overtaken", 1);
        decides("from 2 to 3", "apply");

        awaitTold("STEP_REFUSED", "no longer what would be done");
        assertNothingSent();
        decides("from 1 to 3", "apply");
        await("the third pod", () -> running("overtaken") == 3 ? true : null);
        cluster.getsWell("overtaken");
        assertThat(closed().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertChanged("patch deployments/overtaken");
    }

    private static long running(String workload) {
        return cluster.pods(workload).stream().filter(pod -> pod.restarts() > 0).count();
    }

    private static PodView bad(String workload) {
        return cluster.pods(workload).stream()
                .filter(pod -> !pod.ready())
                .findFirst()
                .orElseThrow();
    }
}
