package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/** The stages of a recovery, each by itself: what is in its way, and who goes on then. */
class DisasterRecoveryStagesProcessTest extends DisasterScenario {
    @Test
    void ended_at_an_obstacle_or_before_one_is_cleared_the_rest_is_for_people() {
        firesAs("SomethingElse");
        claims("alice", "Respond to incident");
        part("run-script", Map.of("script", "k3s-install", "stage", "Install K3s anew"));
        says("reject", "no");
        assertThat(tasks(CLEAR)).hasSize(1);
        ends("alice", "notAnIncident");
        assertThat(outcome()).isEqualTo("handedToHuman");

        part("run-script", Map.of("script", "k3s-install", "stage", "Install K3s anew"));
        assertThat(outcome()).as("its incident has ended already").isEqualTo("handedToHuman");
    }

    @Test
    void credentials_are_asked_for_until_the_cluster_answers_or_people_take_over() {
        firesAs("SomethingElse");
        isGone();
        part("load-credentials", Map.of("clusterName", "sandbox"));
        lea(LOAD, Map.of("credentialsAnswer", "loaded"));
        assertThat(String.valueOf(engine.getTaskService().getVariable(task(LOAD).getId(), "clusterText")))
                .contains("no answer");
        lea(LOAD, Map.of("credentialsAnswer", "handOver"));

        assertThat(outcome()).isEqualTo("handedToHuman");
    }

    @Test
    void a_restore_without_its_key_leaves_the_secrets_to_whoever_has_it() {
        firesAs("SomethingElse");
        sandbox.delete(CONFIG);
        sandbox.delete(SECRET);
        theKeyIs(anotherKey());
        part("restore-namespaces", Map.of("clusterName", "sandbox"));
        assertThat(obstacle()).contains("cannot be decrypted");
        clears("byHand");

        assertThat(outcome()).isEqualTo("done");
        assertThat(changes()).isEmpty();
    }

    @Test
    void what_is_missing_again_after_it_was_proposed_is_proposed_anew() {
        firesAs("SomethingElse");
        sandbox.delete(CONFIG);
        part("restore-namespaces", Map.of("clusterName", "sandbox"));
        sandbox.delete(SECRET);
        says("approve", "");
        assertThat(tasks(APPROVE)).as("the plan has changed").hasSize(1);
        says("lookAgain", "");
        says("approve", "");

        assertThat(outcome()).isEqualTo("done");
        assertThat(there(CONFIG)).isTrue();
        assertThat(there(SECRET)).isTrue();
        assertThat(changes()).hasSize(2).allMatch(change -> change.toLowerCase(Locale.ROOT)
                .startsWith("apply"));
    }

    @Test
    void a_rehearsal_finds_the_script_that_is_gone_and_whoever_puts_it_back_rehearses_again() throws IOException {
        firesAs("SomethingElse");
        Files.move(SCRIPTS.resolve("terraform-bootstrap.sh"), SCRIPTS.resolve("away"));
        try {
            begins("rehearse-recovery", Map.of());
            assertThat(told("NOTE")).last().asString().contains("Bootstrap, terraform-bootstrap: cannot be run");
        } finally {
            Files.move(SCRIPTS.resolve("away"), SCRIPTS.resolve("terraform-bootstrap.sh"));
        }
        answers("alice", "Read rehearsal", Map.of("rehearsalAnswer", "again", "settledNote", "it is back"));
        work();

        assertThat(outcome()).isEqualTo("rehearsed");
    }

    @Test
    void applications_that_are_not_approved_or_refused_are_proposed_again_or_applied_by_hand() {
        firesAs("SomethingElse");
        claims("alice", "Respond to incident");
        part("apply-applications", Map.of());
        says("reject", "no");
        clears("again");
        says("lookAgain", "");
        says("approve", "");
        assertThat(there(ROOT)).isTrue();
        ends("alice", "notAnIncident");
        assertThat(outcome()).isEqualTo("handedToHuman");

        part("apply-applications", Map.of());
        assertThat(outcome()).as("its incident has ended already").isEqualTo("handedToHuman");
        part("restore-namespaces", Map.of("clusterName", "sandbox"));
        assertThat(outcome()).as("nothing is missing").isEqualTo("done");
        begins("rehearse-recovery", Map.of());
        assertThat(outcome()).as("nothing is proposed any more").isEqualTo("abandoned");
    }

    @Test
    void while_all_changes_are_stopped_nothing_is_made_and_people_may_do_it_by_hand() {
        firesAs("SomethingElse");
        sandbox.delete(CONFIG);
        stops("lea", "nobody changes anything");
        try {
            part("apply-applications", Map.of());
            clears("byHand");
            assertThat(outcome()).isEqualTo("done");
            part("restore-namespaces", Map.of("clusterName", "sandbox"));
            assertThat(tasks(CLEAR)).hasSize(1);
        } finally {
            lifts("lea");
        }
        clears("again");
        says("reject", "no");
        clears("handOver");

        assertThat(outcome()).isEqualTo("handedToHuman");
        assertThat(changes()).isEmpty();
    }

    @Test
    void a_platform_that_is_well_as_a_whole_asks_nobody() {
        firesAs("SomethingElse");
        part("confirm-platform", Map.of());

        assertThat(outcome()).isEqualTo("done");
        assertThat(tasks(CLEAR)).isEmpty();
    }

    @Test
    void a_platform_that_does_not_get_well_is_for_people() {
        breaks(Scenario.NEVER_HEALTHY);
        claims("alice", "Respond to incident");
        part("confirm-platform", Map.of());
        passes(Duration.ofMinutes(6));
        clears("again");
        passes(Duration.ofMinutes(6));
        clears("byHand");
        assertThat(outcome()).isEqualTo("done");

        part("confirm-platform", Map.of());
        ends("alice", "resolved");
        assertThat(outcome()).isEqualTo("handedToHuman");
    }

    @Test
    void applications_that_somebody_else_made_while_the_answer_was_lost_are_for_people() {
        firesAs("SomethingElse");
        part("apply-applications", Map.of());
        approvesAndHearsNothing(ROOT);

        assertThat(outcome()).isEqualTo("handedToHuman");
        assertThat(unknown()).contains("Application argocd/a1-orchestrator-root was not there");
        assertThat(tasks(CLEAR)).as("nobody is asked to go on").isEmpty();
    }

    @Test
    void what_somebody_else_restored_while_the_answer_was_lost_is_for_people() {
        firesAs("SomethingElse");
        sandbox.delete(CONFIG);
        part("restore-namespaces", Map.of("clusterName", "sandbox"));
        approvesAndHearsNothing(CONFIG);

        assertThat(outcome()).isEqualTo("handedToHuman");
        assertThat(unknown()).contains("ConfigMap a1-orchestrator/by-hand was not there");
        assertThat(tasks(CLEAR)).as("nobody is asked to go on").isEmpty();
    }

    /** It is made, nobody hears of it, and before it is looked at somebody deletes it and makes one by hand. */
    private void approvesAndHearsNothing(Target target) {
        sandbox.loseNextAnswer();
        says("approve", "");
        KubernetesObject made = object(target);
        sandbox.delete(target);
        createAnew(made);
        passes(Duration.ofMinutes(2));
    }

    private String unknown() {
        assertThat(told("STEP_UNKNOWN")).hasSize(1);
        return told("STEP_UNKNOWN").get(0);
    }
}
