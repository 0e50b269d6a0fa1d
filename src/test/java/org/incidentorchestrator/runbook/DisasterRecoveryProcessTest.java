package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RefusingRunner;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A cluster that is gone, from the declaration until the platform is well again; and the rehearsal of it. */
class DisasterRecoveryProcessTest extends DisasterScenario {
    private static final Duration PROOF = Duration.ofMinutes(3);

    @Autowired
    private RefusingRunner runner;

    @Test
    void a_cluster_that_is_gone_is_installed_anew_and_gets_back_what_only_the_back_up_has() {
        isGone();
        isDeclared();
        assertThat(tasks(DECIDE)).as("one silence proves nothing").isEmpty();
        passes(PROOF);

        recovers();
        assertThat(ran()).isEmpty();
        approves("Install K3s anew");
        isReached(LOAD);
        isInstalledAnew();
        credentialsAreLoaded();
        approves("Bootstrap the platform");
        isReached(APPROVE);
        approves("Restore the applications");
        isReached(APPROVE);
        assertThat(there(ROOT)).isTrue();
        assertThat(there(CONFIG)).isFalse();
        approves("Restore what is missing in a1-orchestrator");
        passes(Duration.ofMinutes(6));
        assertThat(obstacle()).as("nobody runs Argo CD here").contains("a1-orchestrator-root: Argo CD does not know");
        clears("byHand");

        assertThat(ran()).containsExactly("k3s-install", "terraform-bootstrap");
        assertThat(object(SECRET).map("/data")).containsEntry("password", VALUE);
        assertThat(object(CONFIG).map("/data")).containsEntry("retries", "3");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: done");
        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(told("APPROVAL_DECIDED")).hasSize(4).allMatch(told -> told.startsWith("bea approved"));
        noValueIsOnTheRecord();
    }

    @Test
    void a_cluster_that_answers_is_not_recovered_unless_the_name_is_right_and_somebody_says_why() {
        isDeclared();
        assertThat(seen()).contains("it is sandbox (");
        lea(Map.of("recovery", "recover", "typedCluster", "sandbox"));
        assertThat(tasks(APPROVE)).as("nobody said why").isEmpty();
        lea(Map.of("recovery", "recover", "typedCluster", "prod", "overrideReason", "its disk dies"));
        assertThat(tasks(APPROVE)).as("another cluster's name").isEmpty();
        assertThat(seen()).contains("prod");

        recoversAnyway();

        assertThat(tasks(APPROVE)).hasSize(1);
        assertThat(ran()).isEmpty();
    }

    @Test
    void whoever_leaves_it_or_hands_it_over_begins_nothing() {
        isDeclared();
        lea(Map.of("recovery", "lookAgain"));
        lea(Map.of("recovery", "handOver"));
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: handedToHuman");
        assertThat(incident().open()).isTrue();
        ends("lea", "notAnIncident");

        isDeclared();
        lea(Map.of("recovery", "abandon"));
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: abandoned");
        assertThat(ran()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void a_time_that_is_none_is_refused_and_asked_for_again() {
        isDeclared();
        lea(Map.of("recovery", "lookAgain", "takenBefore", "yesterday"));
        assertThat(seen()).contains("'yesterday' is no time");
        lea(Map.of("recovery", "lookAgain", "takenBefore", "2037-01-01T00:00:00Z"));

        assertThat(seen()).contains("none of a1-orchestrator");
    }

    @Test
    void it_can_be_ended_while_the_outage_is_proven() {
        isGone();
        isDeclared();
        ends("alice", "notAnIncident");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: abandoned");
    }

    @Test
    void it_can_be_ended_while_it_is_decided_on() {
        isDeclared();
        assertThat(tasks(DECIDE)).hasSize(1);
        ends("alice", "notAnIncident");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: abandoned");
        assertThat(tasks(DECIDE)).isEmpty();
    }

    @Test
    void a_stage_that_nobody_approves_or_that_fails_is_put_right_done_by_hand_or_handed_over() throws IOException {
        isDeclared();
        recoversAnyway();
        says("lookAgain", "");
        says("reject", "no");
        assertThat(obstacle()).contains("bea rejected");
        clears("again");
        scriptsFail(true);
        says("approve", "");
        isReached(CLEAR);
        assertThat(obstacle()).contains("exit status 1");
        clears("byHand");
        lea(LOAD, Map.of("credentialsAnswer", "loaded"));
        says("reject", "no");
        clears("handOver");

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: handedToHuman");
        assertThat(ran()).containsExactly("k3s-install");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void a_script_that_was_exchanged_is_not_run() throws IOException {
        isDeclared();
        String was = Files.readString(SCRIPTS.resolve("k3s-install.sh"));
        write(SCRIPTS.resolve("k3s-install.sh"), "#!/bin/sh\nrm -rf /\n");
        try {
            recoversAnyway();
            assertThat(obstacle()).contains("SHA-256");
        } finally {
            write(SCRIPTS.resolve("k3s-install.sh"), was);
        }
        clears("again");
        assertThat(tasks(APPROVE)).hasSize(1);
        says("approve", "");
        isReached(LOAD);
        ends("lea", "notAnIncident");
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: handedToHuman");
    }

    @Test
    void a_script_of_which_nobody_knows_whether_it_has_begun_is_for_people_and_nothing_follows() {
        isDeclared();
        recoversAnyway();
        runner.refuseNext("serviceTask_runScript", RefusalCode.OUTCOME_UNKNOWN);
        says("approve", "");

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: handedToHuman");
        assertThat(taskNames()).containsExactly("Respond to incident");
        assertThat(incident().open()).isTrue();
    }

    @Test
    void whoever_ends_it_while_a_script_runs_has_the_rest() throws IOException {
        scriptsGoOn(true);
        isDeclared();
        recoversAnyway();
        says("approve", "");
        passes(Duration.ofMinutes(1));
        assertThat(told("RUNBOOK_ENDED")).as("it runs").isEmpty();
        ends("lea", "notAnIncident");

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: handedToHuman");
        assertThat(tasks(CLEAR)).isEmpty();
    }

    @Test
    void a_rehearsal_changes_nothing_and_says_that_it_could_be_done() {
        isDeclared();
        lea(Map.of("recovery", "rehearse"));

        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: rehearsed");
        assertThat(told("NOTE"))
                .last()
                .asString()
                .contains("Installation, k3s-install: could be run", "Back-ups: done");
        assertThat(ran()).isEmpty();
        assertThat(changes()).isEmpty();
    }

    @Test
    void a_rehearsal_that_fails_may_be_left_or_handed_over() throws IOException {
        Files.move(SCRIPTS.resolve("terraform-bootstrap.sh"), SCRIPTS.resolve("away"));
        try {
            isDeclared();
            lea(Map.of("recovery", "rehearse"));
            reads("handOver");
            assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: handedToHuman");
            ends("lea", "notAnIncident");

            isDeclared();
            lea(Map.of("recovery", "rehearse"));
            reads("abandon");
            assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: abandoned");
            ends("lea", "notAnIncident");
        } finally {
            Files.move(SCRIPTS.resolve("away"), SCRIPTS.resolve("terraform-bootstrap.sh"));
        }
    }

    @Test
    void whoever_ends_it_while_a_rehearsal_that_failed_is_read_abandons_it() throws IOException {
        Files.move(SCRIPTS.resolve("terraform-bootstrap.sh"), SCRIPTS.resolve("away"));
        try {
            isDeclared();
            lea(Map.of("recovery", "rehearse"));
            assertThat(tasks("Read rehearsal")).hasSize(1);
            ends("lea", "notAnIncident");

            assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook disaster-recovery ended: abandoned");
            assertThat(tasks("Read rehearsal")).isEmpty();
        } finally {
            Files.move(SCRIPTS.resolve("away"), SCRIPTS.resolve("terraform-bootstrap.sh"));
        }
    }

    // ---- what the tests do

    private void reads(String answer) {
        answers("alice", "Read rehearsal", Map.of("rehearsalAnswer", answer, "settledNote", "seen"));
        work();
    }

    /** What Git has is there again, what only the back-up has is not. */
    private void isInstalledAnew() {
        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        sandbox.delete(SECRET);
        sandbox.delete(CONFIG);
        passesUnseen(Duration.ofMinutes(1));
    }

    /** Though the cluster answers. */
    private void recoversAnyway() {
        lea(Map.of("recovery", "recover", "typedCluster", "sandbox", "overrideReason", "its disk dies"));
    }

    private void recovers() {
        lea(Map.of("recovery", "recover", "typedCluster", "sandbox"));
    }

    private void credentialsAreLoaded() {
        lea(LOAD, Map.of("credentialsAnswer", "loaded"));
    }

    private void lea(Map<String, Object> answer) {
        lea(DECIDE, answer);
    }

    private String seen() {
        return String.valueOf(engine.getTaskService().getVariable(task(DECIDE).getId(), "findings"));
    }

    private void noValueIsOnTheRecord() {
        for (String column : List.of(
                "step_ledger.output",
                "step_ledger.effect",
                "proposal.diff",
                "proposal.kubectl",
                "evidence.details",
                "evidence.summary")) {
            String[] parts = column.split("\\.");
            assertThat(jdbc.sql("select count(*) from " + parts[0] + " where " + parts[1] + " like :value")
                            .param("value", "%" + VALUE + "%")
                            .query(Integer.class)
                            .single())
                    .as(column)
                    .isZero();
        }
    }
}
