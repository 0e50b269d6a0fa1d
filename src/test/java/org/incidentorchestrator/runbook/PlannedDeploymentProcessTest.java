package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.BROKEN_REVISION;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;
import static org.incidentorchestrator.sandbox.Scenario.POLICY_DENIES;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** What git has new is deployed: from the plan to the end of the bake, and every way not to begin or to go back. */
class PlannedDeploymentProcessTest extends DeploymentScenario {
    private static final String NEW = "9.0.0";
    /** Long enough for whatever goes wrong, and short enough for the proposal of a way back to be accepted. */
    private static final Duration A_WHILE = Duration.ofMinutes(15);

    @Test
    void a_revision_that_is_approved_is_synced_rolled_out_tested_and_watched_and_then_it_is_done() {
        isAsked();
        plans();
        assertThat(tag()).isNotEqualTo(NEW);
        assertThat(changes()).as("before the approval").isEmpty();
        approves("approve");
        passes(Duration.ofMinutes(14));
        assertThat(tag()).isEqualTo(NEW);
        assertThat(outcome("planned-deployment"))
                .as("it is watched for 15 minutes")
                .startsWith("none yet");
        passes(LONG);

        endsAs("done");
        assertThat(told("PAGED")).as("planned work pages nobody").isEmpty();
        assertThat(changes()).containsExactly(SYNC);
        assertThat(application().text("/status/operationState/syncResult/revision", ""))
                .isEqualTo(gitRevision());
        assertThat(told("STEP_LOOKED"))
                .as("every deployment")
                .filteredOn(look -> look.contains("without a restart for"))
                .hasSizeGreaterThanOrEqualTo(5);
        assertThat(told("NOTE"))
                .first()
                .asString()
                .contains("cause fit", "Script: The script is not available on this host");
    }

    @Test
    void who_planned_it_cannot_approve_it_and_somebody_else_can() {
        isAsked();
        plansAs("carl", APPLICATION, gitRevision());
        assertThatThrownBy(() -> approvesAs("carl", "approve", ""))
                .hasMessageContaining("has " + incident().number());
        assertThat(changes()).isEmpty();

        approves("approve");
        assertThat(changes()).containsExactly(SYNC);
    }

    @Test
    void an_approval_that_is_rejected_abandons_it() {
        isAsked();
        plans();
        approves("reject", "skip");

        endsAs("abandoned");
        assertThat(changes()).isEmpty();
    }

    @Test
    void who_is_to_approve_may_hand_it_to_people() {
        isAsked();
        plans();
        approves("reject", "handOver");

        endsAs("handedToHuman");
        assertThat(changes()).isEmpty();
    }

    @Test
    void an_approval_that_expires_approves_nothing_and_is_asked_for_anew() {
        isAsked();
        plans();
        passes(Duration.ofMinutes(40));
        assertThat(changes()).isEmpty();
        approves("lookAgain");
        approves("approve");
        passes(LONG);

        endsAs("done");
    }

    @Test
    void whoever_plans_may_give_it_up() {
        isAsked();
        answers(
                "alice",
                PLAN,
                Map.of("plan", "abandon", "application", "", "revision", "", "prune", false, "settledNote", "later"));
        work();

        endsAs("abandoned");
    }

    // ---- before it

    @Test
    void a_smoke_test_that_fails_before_stops_it_until_it_passes() {
        plays(NEVER_HEALTHY, "mcp-config");
        isAsked();
        plans();
        assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("smokeTestFailed");
        assertThat(facts(SETTLE).get("What did not pass")).contains("mcp-config");

        plays(HEALTHY_AGAIN, "mcp-config");
        passesUnseen(Duration.ofMinutes(10));
        settles("again");
        approves("approve");
        passes(LONG);
        endsAs("done");
    }

    @Test
    void another_application_that_is_degraded_stops_it() {
        degraded("tenants");
        try {
            isAsked();
            plans();
            assertThat(facts(SETTLE)).containsEntry("Other applications degraded", "tenants");
            settles("goOn");
            assertThat(taskNames()).as("nobody deploys past it").contains(SETTLE);
            settles("abandon");
            endsAs("abandoned");
            assertThat(changes()).isEmpty();
        } finally {
            sandbox.delete(new Target("Application", "argocd", "tenants"));
        }
    }

    @Test
    void an_application_that_is_busy_is_not_fit() {
        application("{\"operation\": {\"sync\": {\"revision\": \"" + gitRevision() + "\"}}}");
        isAsked();
        plans();

        assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("applicationUnfit");
        assertThat(facts(SETTLE)).containsEntry("Operation of the application", "Running");
    }

    @Test
    void an_application_that_is_not_there_is_planned_anew() {
        isAsked();
        plans("a2-orchestrator", gitRevision());
        assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("applicationUnfit");
        settles("planAnew");
        plans();
        approves("approve");
        passes(LONG);

        endsAs("done");
    }

    @Test
    void a_critical_incident_that_is_open_in_the_namespace_stops_it() {
        firesFor("mcp-tracehub");
        isAsked();
        plans();

        assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("criticalIncident");
        assertThat(facts(SETTLE).get("Critical incidents open")).contains("(ServiceDown)");
        settles("abandon");
        endsAs("abandoned");
    }

    @Test
    void a_critical_incident_that_is_opened_while_it_is_approved_stops_it_too() {
        isAsked();
        plans();
        var work = incident().number();
        firesFor("mcp-tracehub");
        isAbout(work);
        approves("approve");

        assertThat(changes()).isEmpty();
        assertThat(taskNames()).as("it is planned anew").contains(PLAN);
        assertThat(shown(PLAN, "lastRefusal").toString()).contains("Critical incidents are open: ", "(ServiceDown)");
    }

    @Test
    void a_stop_of_all_changes_stops_it_and_its_end_lets_it_go_on() {
        stops("lea", "the data centre moves");
        isAsked();
        plans();
        assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("frozen");
        assertThat(facts(SETTLE).get("Freeze or stop")).contains("the data centre moves");
        lifts("lea");
        settles("again");

        assertThat(taskNames()).contains(APPROVE);
    }

    @Test
    void nodes_without_room_for_what_a_rollout_makes_at_once_stop_it() {
        cordons(true);
        try {
            isAsked();
            plans();
            assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("noRoom");
            assertThat(facts(SETTLE).get("Short of room")).startsWith("Deployment/a1-orchestrator/");
        } finally {
            cordons(false);
        }
    }

    @Test
    void what_cannot_be_told_before_and_after_is_answered_for_by_people() {
        plays(POLICY_DENIES, "mcp-orchestrator-api");
        isAsked();
        plans();
        assertThat(shown(SETTLE, "mayDeploy")).isEqualTo("unknown");
        settles("goOn");
        approves("approve");
        passes(LONG);
        assertThat(found()).contains("Verification: unknown", "Metrics against those before: same");
        assertThat(shown(DECIDE, "recoveryText").toString()).startsWith("unknown; sync: ");
        rollsBack("skip");

        endsAs("done");
        assertThat(tag()).isEqualTo(NEW);
        assertThat(changes()).containsExactly(SYNC);
    }

    @Test
    void a_revision_that_is_a_branch_is_refused_with_the_reason_and_planned_anew() {
        isAsked();
        plans(APPLICATION, "main");

        assertThat(shown(PLAN, "lastRefusal").toString()).contains("does not name one revision for good");
        plans();
        approves("approve");
        passes(LONG);
        endsAs("done");
    }

    // ---- after it

    @Test
    void a_rollout_that_stalls_is_rolled_back_by_a_persons_word_and_that_is_verified() {
        plays(BROKEN_REVISION, GATEWAY);
        syncs();
        passes(A_WHILE);
        assertThat(found()).contains("Rollouts: stalled", "Waited for last: Deployment/a1-orchestrator/mcp-gateway");
        assertThat(tag()).isEqualTo("unbuilt");
        rollsBack("apply");
        passes(LONG);

        endsAs("abandoned");
        assertThat(tag()).isNotEqualTo("unbuilt");
        assertThat(changes()).containsExactly(SYNC, SYNC);
    }

    @Test
    void what_is_broken_is_not_kept_and_who_skips_the_way_back_leaves_it_to_people() {
        plays(BROKEN_REVISION, GATEWAY);
        syncs();
        passes(LONG);
        rollsBack("skip");

        endsAs("handedToHuman");
        assertThat(changes()).containsExactly(SYNC);
    }

    @Test
    void a_rollback_that_leaves_something_broken_goes_to_people() {
        plays(BROKEN_REVISION, GATEWAY);
        syncs();
        passes(A_WHILE);
        plays(NEVER_HEALTHY, "mcp-config");
        rollsBack("apply");
        passes(LONG);

        endsAs("handedToHuman");
    }

    @Test
    void what_somebody_else_synced_meanwhile_is_not_taken_for_what_was_approved() {
        String before = application().text("/status/operationState/syncResult/revision", "");
        syncs();
        passesUnseen(Duration.ofSeconds(30));
        application("{\"operation\": {\"sync\": {\"revision\": \"" + before + "\"}}}");
        passesUnseen(Duration.ofSeconds(30));
        passes(LONG);

        assertThat(found()).contains("the latest sync was to " + before);
        assertThat(shown(REVERT, "lastRefusal").toString()).as("too soon").contains("a moment ago");
        reverts("lookAgain");
        rollsBack("handOver");
        endsAs("handedToHuman");
    }

    @Test
    void pods_that_do_not_stay_ready_are_no_deployment() {
        syncs();
        untilPodsAreWatched();
        plays(NEVER_HEALTHY, GATEWAY);
        passes(LONG);

        assertThat(found()).contains("Rollouts: unstable", "Waited for last: Deployment/a1-orchestrator/mcp-gateway");
        reverts("handOver");
        endsAs("handedToHuman");
    }

    @Test
    void a_smoke_test_that_fails_after_it_asks_a_person() {
        syncs();
        extra();
        try {
            passes(LONG);
            assertThat(found()).contains("Verification: not good", "Rollouts: rolled out", "extra");
            reverts("handOver");
            endsAs("handedToHuman");
        } finally {
            sandbox.delete(new Target("Deployment", Sandbox.NAMESPACE, "extra"));
        }
    }

    @Test
    void metrics_that_are_worse_than_before_ask_a_person_at_once_and_the_way_back_is_verified() {
        syncs();
        failsFromNowOn(4);
        passes(Duration.ofMinutes(12));
        assertThat(found()).contains("Verification: good", "Metrics against those before: worse", "error");
        rollsBack("lookAgain");
        rollsBack("apply");
        passes(LONG);

        endsAs("abandoned");
        assertThat(tag()).isNotEqualTo(NEW);
    }

    @Test
    void metrics_that_are_worse_may_be_borne_by_a_persons_word() {
        syncs();
        failsFromNowOn(4);
        passes(LONG);
        rollsBack("skip");

        endsAs("done");
        assertThat(tag()).isEqualTo(NEW);
        assertThat(told("DECIDED")).last().asString().isEqualTo("alice decided: skip: seen");
    }

    @Test
    void metrics_that_are_not_known_are_not_taken_for_good() {
        measuresNothing();
        syncs();
        passes(LONG);

        assertThat(found()).contains("Metrics against those before: unknown");
        rollsBack("handOver");
        endsAs("handedToHuman");
    }

    // ---- where Argo CD syncs by itself

    @Test
    void what_argo_cd_syncs_by_itself_cannot_be_synced_back_and_is_reverted_in_git() {
        revertIsAsked();
        reverts("lookAgain");
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        reverts("yes");
        passes(LONG);

        endsAs("abandoned");
        assertThat(changes()).as("nothing but the first sync").containsExactly(SYNC);
    }

    @Test
    void a_revert_that_nobody_makes_goes_to_people() {
        revertIsAsked();
        reverts("handOver");

        endsAs("handedToHuman");
    }

    @Test
    void what_cannot_be_synced_back_may_be_kept() {
        revertIsAsked();
        reverts("keep");

        endsAs("done");
    }

    @Test
    void a_way_back_that_is_refused_is_said_with_the_reason() {
        syncs();
        failsFromNowOn(4);
        passes(A_WHILE);
        stops("lea", "the data centre moves");
        rollsBack("apply");

        assertThat(shown(REVERT, "lastRefusal").toString()).contains("the data centre moves");
        lifts("lea");
        reverts("lookAgain");
        assertThat(taskNames()).contains(DECIDE);
    }

    /** Its metrics are worse, and its auto-sync is on. */
    private void revertIsAsked() {
        application("{\"spec\": {\"syncPolicy\": {\"automated\": {\"prune\": false, \"selfHeal\": false}}}}");
        syncs();
        failsFromNowOn(4);
        passes(LONG);
        assertThat(facts(REVERT)).containsEntry("Metrics against those before", "worse");
        assertThat(tasks(DECIDE)).isEmpty();
    }

    // ---- ended by a person

    @Test
    void a_person_who_ends_it_while_it_is_planned_abandons_it() {
        isAsked();
        aborts();

        endsAs("abandoned");
    }

    @Test
    void a_person_who_ends_it_while_checks_are_settled_abandons_it() {
        plays(NEVER_HEALTHY, "mcp-config");
        isAsked();
        plans();
        aborts();

        endsAs("abandoned");
    }

    @Test
    void a_person_who_ends_it_while_it_is_approved_abandons_it() {
        isAsked();
        plans();
        aborts();

        endsAs("abandoned");
        assertThat(changes()).isEmpty();
    }

    @Test
    void a_person_who_ends_it_during_the_sync_has_it() {
        syncs();
        aborts();

        endsAs("handedToHuman");
        assertThat(outcome("verify-deployment")).isEqualTo("noLongerAsked");
    }

    @Test
    void a_person_who_ends_it_during_the_rollouts_has_it() {
        syncs();
        passes(Duration.ofSeconds(12));
        aborts();

        endsAs("handedToHuman");
        assertThat(outcome("await-deployments")).isEqualTo("noLongerAsked");
    }

    @Test
    void a_person_who_ends_it_while_its_pods_settle_has_it() {
        syncs();
        untilPodsAreWatched();
        aborts();

        endsAs("handedToHuman");
        assertThat(outcome("await-deployments")).isEqualTo("noLongerAsked");
    }

    @Test
    void a_person_who_ends_it_while_it_is_watched_has_it() {
        syncs();
        passes(Duration.ofMinutes(8));
        aborts();

        endsAs("handedToHuman");
        assertThat(outcome("bake-deployment")).isEqualTo("noLongerAsked");
    }

    @Test
    void a_person_who_ends_it_instead_of_deciding_on_the_way_back_has_it() {
        syncs();
        failsFromNowOn(4);
        passes(LONG);
        aborts();

        endsAs("handedToHuman");
        assertThat(changes()).containsExactly(SYNC);
    }

    @Test
    void a_person_who_ends_it_instead_of_reverting_has_it() {
        revertIsAsked();
        aborts();

        endsAs("handedToHuman");
    }

    // ---- what goes away meanwhile

    @Test
    void an_application_that_goes_away_while_it_is_approved_is_refused() {
        isAsked();
        plans();
        withoutTheApplication(() -> approves("approve"));

        assertThat(taskNames()).contains(PLAN);
        assertThat(shown(PLAN, "lastRefusal").toString()).contains("has no application");
    }

    @Test
    void an_application_that_changed_since_it_was_proposed_is_proposed_anew() {
        isAsked();
        plans();
        application("{\"spec\": {\"source\": {\"path\": \"apps/elsewhere\"}}}");
        try {
            approves("approve");
            assertThat(changes()).isEmpty();
            assertThat(taskNames()).contains(APPROVE);
        } finally {
            application("{\"spec\": {\"source\": {\"path\": \"apps/a1-orchestrator\"}}}");
        }
    }

    @Test
    void a_sync_whose_answer_was_lost_is_asked_for_once() {
        isAsked();
        plans();
        sandbox.loseNextAnswer();
        approves("approve");
        passes(LONG);

        endsAs("done");
        assertThat(changes()).containsExactly(SYNC);
    }

    /** Its rollout is complete, and its pods have yet to show that they stay ready. */
    private void untilPodsAreWatched() {
        for (int seconds = 0; seconds < 120 && !podsAreWatched(); seconds++) {
            passes(Duration.ofSeconds(1));
        }
        assertThat(podsAreWatched()).isTrue();
    }

    private boolean podsAreWatched() {
        return engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey("await-deployments")
                        .activityIdIn("gateway_wait")
                        .count()
                > 0;
    }

    private void withoutTheApplication(Runnable meanwhile) {
        var kept = application();
        sandbox.delete(ARGO_APPLICATION);
        try {
            meanwhile.run();
        } finally {
            var manifest = kept.toJson();
            var metadata = (com.fasterxml.jackson.databind.node.ObjectNode) manifest.path("metadata");
            metadata.retain("name", "namespace", "labels", "annotations");
            sandbox.create(manifest);
        }
    }

    private void degraded(String name) {
        sandbox.create(json(
                """
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
                 "metadata": {"name": "%s", "namespace": "argocd"},
                 "spec": {"project": "default", "destination": {"namespace": "tenants"},
                  "source": {"repoURL": "https://git.example/tenants.git", "path": "all", "targetRevision": "main"}},
                 "status": {"sync": {"status": "Synced"}, "health": {"status": "Degraded"}}}"""
                        .formatted(name)));
    }

    /** One that no application delivers, and whose image nobody has built. */
    private void extra() {
        sandbox.create(json(
                """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "extra", "namespace": "%s"},
                 "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "extra"}},
                  "template": {"metadata": {"labels": {"app": "extra"}},
                   "spec": {"containers": [{"name": "extra", "image": "a1/extra:unbuilt"}]}}}}"""
                        .formatted(Sandbox.NAMESPACE)));
    }

    private void cordons(boolean cordoned) {
        List<String> nodes =
                sandbox
                        .reader()
                        .list(ResourceType.NODES, org.incidentorchestrator.cluster.ClusterReader.Query.in(""))
                        .stream()
                        .map(node -> node.name())
                        .toList();
        assertThat(nodes).isNotEmpty();
        nodes.forEach(node ->
                sandbox.patch(new Target("Node", "", node), json("{\"spec\": {\"unschedulable\": " + cordoned + "}}")));
    }
}
