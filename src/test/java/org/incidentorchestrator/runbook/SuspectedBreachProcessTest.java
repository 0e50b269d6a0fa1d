package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/** A suspected breach from its alert to its sign-off, by each of the ways that it can go. */
class SuspectedBreachProcessTest extends BreachScenario {
    private static final Target TRACEHUB = new Target("Deployment", Sandbox.NAMESPACE, "mcp-tracehub");
    private static final Duration NIGHT_AND_DAY = Duration.ofHours(24);

    @Test
    void a_breach_goes_all_the_way_from_capture_to_sign_off() {
        suspected();
        assertThat(looked())
                .contains("readLogs", "listProcesses", "countConnections", "collectForensics", "readEvents");
        assertThat(changes()).isEmpty();

        approves();
        assertThat(changes())
                .hasSize(3)
                .satisfies(all -> assertThat(all.get(0)).startsWith("apply NetworkPolicy/"))
                .satisfies(all -> assertThat(all.get(1)).startsWith("patch Pod/"))
                .satisfies(all -> assertThat(all.get(2)).isEqualTo(OFF));
        assertThat(replicas()).isZero();
        assertThat(quarantined()).hasSize(1);

        passes(Duration.ofMinutes(2));
        assertThat(quarantined()).as("it survives the scaling to 0").hasSize(1);
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("is isolated:"));
        rotates();
        assertThat(taskNames()).contains("Approve change");
        approves();
        assertThat(replicas()).isEqualTo(2);

        nightsWentBy(2);
        passes(Duration.ofMinutes(3));
        Instant began = watchBegan();
        passes(Duration.between(now(), began.plus(NIGHT_AND_DAY).minusSeconds(1)));
        assertThat(tasks("Sign off")).as("a second before the day is over").isEmpty();
        passes(Duration.ofSeconds(1));
        assertThat(rounds()).isEqualTo(97);
        assertThat(told("GIVEN_BACK")).as("nothing was asked of anybody").isEmpty();
        assertThat(told("PAGED")).hasSize(1);
        signsOff("done");
        approves();
        passes(Duration.ofMinutes(1));
        assertThat(quarantined()).isEmpty();
        assertThat(policies()).as("gone with its pod").isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void people_may_have_only_a_pod_quarantined() {
        suspected();
        rejects("quarantine");
        approves();
        assertThat(changes()).hasSize(2).noneMatch(OFF::equals);
        assertThat(replicas()).isEqualTo(2);

        passes(Duration.ofMinutes(2));
        assertThat(tasks("Rotate at the source")).hasSize(1);
        assertThat(told("STEP_LOOKED")).anyMatch(look -> look.contains("is isolated: no ready address, in quarantine"));
    }

    @Test
    void people_may_have_it_only_scaled_to_0() {
        suspected();
        rejects("off");
        approves();
        assertThat(changes()).containsExactly(OFF);
        assertThat(quarantined()).isEmpty();
    }

    @Test
    void whoever_declines_the_isolation_leaves_it_to_people() {
        suspected();
        rejects("none");
        assertThat(changes()).isEmpty();
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void nothing_is_isolated_by_whoever_has_the_incident() {
        suspected();
        claims("responder", "Respond to incident");
        assertThatThrownBy(() -> answers("responder", "approve", "")).isInstanceOf(RuntimeException.class);
        assertThat(changes()).isEmpty();
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void a_restoring_that_is_rejected_stays_isolated() {
        suspected();
        approves();
        passes(Duration.ofMinutes(2));
        rotates();
        rejects("keep");
        assertThat(replicas()).isZero();
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
    }

    @Test
    void a_restoring_is_refused_to_whoever_rotated_the_secrets() {
        suspected();
        approves();
        passes(Duration.ofMinutes(2));
        complete("approver", "Rotate at the source", Map.of("remediation", "rotated", "settledNote", "all of them"));
        work();
        assertThatThrownBy(() -> answers("approver", "approve", "")).isInstanceOf(RuntimeException.class);
        assertThat(replicas()).isZero();
    }

    @Test
    void self_heal_is_paused_before_anything_is_taken_off_and_resumed_last() {
        sandbox.play(Scenario.ARGO_CD_HEALS, GATEWAY);
        passesUnseen(Duration.ofMinutes(1));
        suspected();
        approves();
        assertThat(changes()).hasSize(4);
        assertThat(changes().get(0)).startsWith("patch Application/");
        passes(Duration.ofMinutes(2));
        assertThat(replicas()).isZero();
        rotates();
        approves();
        assertThat(changes()).hasSize(6);
        assertThat(changes().get(5)).startsWith("patch Application/");
    }

    @Test
    void keda_is_paused_by_what_takes_the_workload_off() {
        sandbox.play(Scenario.KEDA_SCALES, GATEWAY);
        passesUnseen(Duration.ofMinutes(1));
        suspected();
        approves();
        assertThat(changes().get(2)).startsWith("patch ScaledObject/");
        passes(Duration.ofMinutes(3));
        assertThat(replicas()).isZero();
        assertThat(tasks("Rotate at the source")).hasSize(1);
    }

    @Test
    void the_proof_names_who_took_the_isolation_back() {
        suspected();
        approves();
        passes(Duration.ofSeconds(30));
        ObjectNode back = JsonNodeFactory.instance.objectNode();
        back.withObject("/spec").put("replicas", 2);
        sandbox.patch(DEPLOYMENT, back);
        passes(Duration.ofMinutes(1));
        assertThat(told("PERSON_NEEDED")).anyMatch(asked -> asked.contains("was set back to 2, by kubectl"));
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
    }

    @Test
    void an_approved_isolation_waits_for_the_evidence_and_no_longer_than_2_minutes() {
        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        firesAs("SuspectedBreach");
        untilAsked();
        holdsCapture();
        approves();
        assertThat(changes()).as("the evidence is not captured yet").isEmpty();
        passes(Duration.ofSeconds(110));
        assertThat(changes()).isEmpty();
        passes(Duration.ofSeconds(20));
        assertThat(changes()).contains(OFF);
    }

    @Test
    void what_the_monitoring_finds_leads_back_to_the_gate() {
        suspected();
        approves();
        passes(Duration.ofMinutes(2));
        rotates();
        approves();
        passes(Duration.ofMinutes(20));
        sandbox.create(binding());
        passes(Duration.ofMinutes(15));
        assertThat(told("PERSON_NEEDED")).anyMatch(asked -> asked.contains("RoleBinding intruder gives it new rights"));
        assertThat(tasks("Approve change")).hasSize(1);
        sandbox.delete(new Target("RoleBinding", Sandbox.NAMESPACE, "intruder"));
        approves();
        assertThat(replicas()).isZero();
    }

    @Test
    void a_resolve_of_the_pager_ends_nothing() {
        suspected();
        resolvesAs("SuspectedBreach");
        assertThat(incident().firing()).isTrue();
        assertThat(told("NOTE")).anyMatch(note -> note.contains("only a person ends"));
        approves();
        assertThat(replicas()).isZero();
    }

    @Test
    void a_person_who_ends_the_incident_ends_the_asking() {
        suspected();
        ends("responder", "notAnIncident");
        assertThat(tasks("Approve change")).isEmpty();
        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.NOT_AN_INCIDENT);
    }

    @Test
    void a_person_who_ends_the_incident_ends_the_monitoring() {
        suspected();
        approves();
        passes(Duration.ofMinutes(2));
        rotates();
        approves();
        passes(Duration.ofHours(1));
        ends("responder", "continuedElsewhere");
        passes(Duration.ofMinutes(1));
        assertThat(incident().outcome()).isEqualTo(Outcome.CONTINUED_ELSEWHERE);
    }

    @Test
    void an_unknown_outcome_is_a_persons() {
        suspected();
        answers("approver", "approve", "");
        sandbox.loseNextAnswer();
        work();
        passes(Duration.ofMinutes(5));
        assertThat(replicas()).as("found by looking, and gone on with").isZero();
    }

    @Test
    void a_change_that_is_refused_leads_to_people() {
        suspected();
        answers("approver", "approve", "");
        sandbox.failNextChange(ClusterFailure.Kind.INVALID);
        work();
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
    }

    @Test
    void what_changed_since_it_was_proposed_is_proposed_anew() {
        suspected();
        somebodyRestartsWith(3);
        passesUnseen(Duration.ofSeconds(30));
        approves();
        passes(Duration.ofSeconds(30));
        assertThat(tasks("Approve change")).hasSize(1);
        approves();
        assertThat(replicas()).isZero();
    }

    @Test
    void a_workload_whose_cron_jobs_start_pods_of_it_has_them_suspended_and_resumed_with_it() {
        firesFor("SuspectedBreach", TRACEHUB.name());
        work();
        approves();
        assertThat(changes()).contains("patch CronJob/" + Sandbox.NAMESPACE + "/mcp-tracehub-compaction");
        assertThat(suspended()).isTrue();

        passes(Duration.ofMinutes(2));
        rotates();
        approves();
        assertThat(suspended()).isFalse();
        assertThat(told("STEP_APPLIED")).last().asString().contains("resumeCronJobs");
        passes(Duration.ofMinutes(3));
        assertThat(watchBegan()).isNotNull();
    }

    @Test
    void looking_again_surveys_and_asks_anew_each_time() {
        suspected();
        looksAgain();
        assertThat(tasks("Approve change")).hasSize(1);
        assertThat(changes()).isEmpty();
        approves();
        passes(Duration.ofMinutes(2));
        rotates();
        looksAgain();
        assertThat(replicas()).isZero();
        approves();
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void what_is_isolated_already_is_not_asked_for_again() {
        isolated();
        assertThat(endOf(starts("decide-isolation", DEPLOYMENT, Map.of()))).isEqualTo("endEvent_isolatedAlready");
        assertThat(tasks("Approve change")).isEmpty();
    }

    @Test
    void what_runs_already_is_not_restored() {
        anIncident();
        assertThat(endOf(starts("restore-workload", DEPLOYMENT, Map.of()))).isEqualTo("endEvent_restored_already");
    }

    @Test
    void a_person_who_ends_the_incident_while_a_restoring_is_asked_for_ends_the_asking() {
        isolated();
        rotates();
        ends("responder", "continuedElsewhere");
        assertThat(taskNames()).isEmpty();
        assertThat(replicas()).isZero();
        assertThat(incident().outcome()).isEqualTo(Outcome.CONTINUED_ELSEWHERE);
    }

    @Test
    void whoever_does_not_rotate_leaves_it_isolated_and_to_people() {
        isolated();
        complete(
                "responder",
                "Rotate at the source",
                Map.of("remediation", "handOver", "settledNote", "the store is not ours"));
        work();
        assertThat(replicas()).isZero();
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
    }

    @Test
    void what_does_not_recover_after_it_was_restored_is_for_people() {
        isolated();
        rotates();
        sandbox.play(Scenario.NEVER_HEALTHY, GATEWAY);
        approves();
        passes(Duration.ofMinutes(15));
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void whoever_signs_off_may_watch_on_or_hand_over() {
        watched();
        signsOff("watchOn");
        assertThat(tasks("Sign off")).isEmpty();
        passes(NIGHT_AND_DAY.plusMinutes(1));
        signsOff("handOver");
        assertThat(told("RUNBOOK_ENDED")).contains("runbook suspected-breach ended: handedToHuman");
        assertThat(quarantined()).hasSize(1);
    }

    @Test
    void the_sign_off_waits_for_a_person_though_something_says_that_it_is_over() {
        watched();
        engine.getRuntimeService()
                .createMessageCorrelation("incident.alertResolved")
                .processInstanceBusinessKey(incident().number().toString())
                .correlateAll();
        work();
        assertThat(tasks("Sign off")).hasSize(1);
        ends("responder", "resolved");
        assertThat(taskNames()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_PERSON);
    }

    private void watched() {
        isolated();
        rotates();
        approves();
        nightsWentBy(3);
        passes(NIGHT_AND_DAY.plusMinutes(5));
        assertThat(tasks("Sign off")).hasSize(1);
    }

    private boolean suspended() {
        return sandbox.reader()
                .get(ResourceType.CRON_JOBS, Sandbox.NAMESPACE, "mcp-tracehub-compaction")
                .orElseThrow()
                .flag("/spec/suspend");
    }

    /** Plays the executor until people are asked, and leaves what else is due. */
    private void untilAsked() {
        for (int round = 0; tasks("Approve change").isEmpty() && round < 100; round++) {
            executable().stream()
                    .filter(job -> !capturing(job.getJobDefinitionId()))
                    .findFirst()
                    .ifPresent(job -> engine.getManagementService().executeJob(job.getId()));
        }
        assertThat(tasks("Approve change")).hasSize(1);
    }

    /** The looks of the capture have failed, and are not tried again before a person says so. */
    private void holdsCapture() {
        executable().stream()
                .filter(job -> capturing(job.getJobDefinitionId()))
                .forEach(job -> engine.getManagementService().setJobRetries(job.getId(), 0));
    }

    private boolean capturing(String definition) {
        String process = engine.getManagementService()
                .createJobDefinitionQuery()
                .jobDefinitionId(definition)
                .singleResult()
                .getProcessDefinitionKey();
        return process.startsWith("capture-");
    }

    private List<String> looked() {
        return jdbc.sql("select distinct step from step_ledger where incident = :incident")
                .param("incident", incident().number().value())
                .query(String.class)
                .list();
    }

    private long rounds() {
        return jdbc.sql("select count(*) from step_ledger where incident = :incident and step = 'watchForBreach'")
                .param("incident", incident().number().value())
                .query(Long.class)
                .single();
    }

    private Instant watchBegan() {
        return jdbc.sql(
                        "select min(at) from evidence where incident = :incident and summary like '%sign% of a breach%'")
                .param("incident", incident().number().value())
                .query((row, i) ->
                        row.getObject(1, java.time.OffsetDateTime.class).toInstant())
                .single();
    }

    private List<String> policies() {
        return sandbox.reader().list(ResourceType.NETWORK_POLICIES, Query.in(Sandbox.NAMESPACE)).stream()
                .map(KubernetesObject::name)
                .filter(name -> name.startsWith("quarantine-"))
                .toList();
    }

    private static ObjectNode binding() {
        ObjectNode binding = JsonNodeFactory.instance.objectNode();
        binding.put("apiVersion", "rbac.authorization.k8s.io/v1").put("kind", "RoleBinding");
        binding.putObject("metadata").put("name", "intruder").put("namespace", Sandbox.NAMESPACE);
        binding.putObject("roleRef").put("kind", "ClusterRole").put("name", "cluster-admin");
        binding.putArray("subjects").addObject().put("kind", "ServiceAccount").put("name", "default");
        return binding;
    }
}
