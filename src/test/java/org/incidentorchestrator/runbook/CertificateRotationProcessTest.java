package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/**
 * Certificates by who writes them, their consumers, and what is served in the end. Each test fails when its remedy is
 * taken out of the models.
 */
class CertificateRotationProcessTest extends CertificateScenario {
    @Test
    void a_certificate_that_ends_soon_is_fetched_taken_up_by_what_uses_it_and_served() {
        expires(GATEWAY);
        assertThat(dueText()).startsWith("mcp-gateway-tls: ends ").contains("(9 days)", "written by ExternalSecret");
        chooses("alice", "rotate", "");
        applies();
        assertThat(changes()).containsExactly(SECRET);
        applies();

        assertThat(changes()).containsExactly(SECRET, RESTART + GATEWAY);
        assertThat(looked("good until")).isTrue();
        assertThat(looked("it is the one in the TLS secret")).isTrue();
        assertThat(taskNames()).doesNotContain(CONFIRM);
        ends("done");
    }

    @Test
    void what_is_not_fetched_yet_is_looked_at_again_until_it_is() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        decides("alice", "apply");
        passes(Duration.ofSeconds(2));
        assertThat(looked("mcp-gateway-tls is being fetched")).isTrue();
        assertThat(looked("mcp-gateway-tls was fetched")).isFalse();
        passes(Duration.ofSeconds(2));

        assertThat(looked("mcp-gateway-tls was fetched")).isTrue();
    }

    @Test
    void no_key_gets_into_a_variable_or_on_the_record() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        applies();

        assertThat(engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .list())
                .isNotEmpty()
                .noneMatch(variable -> String.valueOf(variable.getValue()).contains("PRIVATE KEY"));
        assertThat(jdbc.sql("select summary || coalesce(details, '') from evidence")
                        .query(String.class)
                        .list())
                .noneMatch(entry -> entry.contains("PRIVATE KEY"));
    }

    @Test
    void planned_work_that_finds_nothing_due_does_nothing_and_pages_nobody() {
        plans("certificate-rotation");
        chooses("alice", "rotate", "");

        assertThat(changes()).isEmpty();
        assertThat(incident().outcome()).isEqualTo(Outcome.WORK_DONE);
        assertThat(told("PAGED")).isEmpty();
    }

    @Test
    void where_nothing_is_due_nothing_is_done() {
        asked();
        assertThat(dueText()).isEqualTo("none is due");
        chooses("alice", "rotate", "");

        assertThat(changes()).isEmpty();
        ends("done");
    }

    @Test
    void a_secret_that_a_person_names_is_shown_first_and_renewed_though_it_is_not_due() {
        asked();
        chooses("alice", "rotate", "mcp-gateway-tls, no-such-tls");
        assertThat(changes()).isEmpty();
        assertThat(dueText()).startsWith("mcp-gateway-tls: ends ").endsWith("no TLS secret is called no-such-tls");
        chooses("alice", "lookAgain", "");
        chooses("alice", "rotate", "");
        applies();

        assertThat(changes()).as("nothing mounts it").containsExactly(SECRET);
        assertThat(task(CONFIRM)).as("nobody knows where it is served").isNotNull();
        confirms("alice", "seen");
        ends("done");
    }

    @Test
    void fetched_and_the_same_again_is_rotated_at_its_source_and_fetched_once_more() {
        sandbox.play(Scenario.CERTIFICATE_STAYS, GATEWAY);
        asked();
        chooses("alice", "rotate", "mcp-gateway-tls");
        chooses("alice", "rotate", "");
        applies();
        assertThat(taskNames()).contains(ROTATE);
        assertThat(renewalText()).contains("its store has no newer one");

        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        rotates("bob", "rotated");
        applies();
        confirms("alice", "seen");

        assertThat(changes()).containsExactly(SECRET, SECRET);
        ends("done");
    }

    @Test
    void one_that_is_brought_in_by_hand_is_asked_for_until_another_is_there() {
        expires(CONFIG);
        chooses("alice", "rotate", "");
        rotates("bob", "rotated");
        assertThat(taskNames()).as("it is the same still").contains(ROTATE);
        passes(Duration.ofMinutes(1));
        brings(CONFIG);
        rotates("bob", "rotated");
        assertThat(changes()).isEmpty();
        applies();

        assertThat(changes()).containsExactly(RESTART + CONFIG);
        assertThat(looked("it is the one in the TLS secret")).isTrue();
        ends("done");
    }

    @Test
    void one_that_people_leave_out_is_skipped_and_none_renewed_is_abandoned() {
        expires(CONFIG);
        chooses("alice", "rotate", "");
        rotates("bob", "skip");

        ends("abandoned");
    }

    @Test
    void one_that_people_take_over_stops_those_that_follow() {
        expires(CONFIG, GATEWAY);
        chooses("alice", "rotate", "");
        rotates("bob", "handOver");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("PERSON_NEEDED")).anyMatch(reason -> reason.contains("Certificates are not all renewed"));
        ends("handedToHuman");
    }

    @Test
    void one_after_the_other_each_with_what_uses_it() {
        expires(CONFIG, GATEWAY);
        chooses("alice", "rotate", "");
        rotates("bob", "skip");
        applies();
        applies();

        assertThat(changes()).containsExactly(SECRET, RESTART + GATEWAY);
        ends("done");
    }

    @Test
    void an_alert_that_ends_while_people_rotate_leaves_all_as_it_is() {
        expires(CONFIG);
        chooses("alice", "rotate", "");
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(taskNames()).doesNotContain(ROTATE);
        ends("abandoned");
    }

    @Test
    void an_alert_that_ends_before_the_next_one_is_looked_at_leaves_that_as_it_is() {
        expires(CONFIG, GATEWAY);
        chooses("alice", "rotate", "");
        answers("bob", ROTATE, Map.of("rotation", "skip", "settledNote", ""));
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(told("STEP_PROPOSED")).isEmpty();
        ends("abandoned");
    }

    @Test
    void an_alert_that_ends_before_anything_was_chosen_leaves_all_as_it_is() {
        expires(CONFIG);
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(taskNames()).doesNotContain(CHOOSE);
        ends("abandoned");
    }

    @Test
    void a_person_who_wants_none_of_it_abandons_it() {
        expires(GATEWAY);
        chooses("alice", "abandon", "");

        assertThat(changes()).isEmpty();
        ends("abandoned");
    }

    @Test
    void a_refresh_that_a_responder_skips_is_not_made() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        decides("alice", "lookAgain");
        decides("alice", "skip");

        assertThat(changes()).isEmpty();
        ends("abandoned");
    }

    @Test
    void a_refresh_that_a_responder_hands_over_is_for_people() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        decides("alice", "handOver");

        assertThat(changes()).isEmpty();
        ends("handedToHuman");
    }

    @Test
    void an_alert_that_ends_while_the_refresh_is_decided_leaves_all_as_it_is() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        ends("abandoned");
    }

    @Test
    void an_alert_that_ends_while_it_is_fetched_leaves_the_rest_as_it_is() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        decides("alice", "apply");
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(SECRET);
        ends("abandoned");
    }

    @Test
    void an_alert_that_ends_before_what_uses_it_was_restarted_is_for_people_who_know_that_it_holds_the_old_one() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(changes()).containsExactly(SECRET);
        assertThat(told("PERSON_NEEDED"))
                .anyMatch(reason -> reason.contains("not all that uses it is known to have the new certificate"));
        ends("handedToHuman");
    }

    @Test
    void what_keeps_the_old_one_after_a_restart_that_was_skipped_is_looked_at_until_a_person_is_asked() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        decides("alice", "lookAgain");
        decides("alice", "skip");
        assertThat(taskNames()).doesNotContain(CONFIRM);
        passes(Duration.ofMinutes(5));
        assertThat(taskNames()).contains(CONFIRM);
        assertThat(looked("the one in the TLS secret is serial")).isTrue();
        confirms("alice", "lookAgain");
        confirms("alice", "handOver");

        assertThat(changes()).containsExactly(SECRET);
        ends("handedToHuman");
    }

    @Test
    void an_alert_that_ends_while_a_person_looks_at_what_is_served_is_for_people() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        decides("alice", "skip");
        passes(Duration.ofMinutes(5));
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(taskNames()).doesNotContain(CONFIRM);
        ends("handedToHuman");
    }

    @Test
    void an_alert_that_ends_while_the_old_one_is_served_still_is_for_people() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        decides("alice", "skip");
        resolvesFor("CertificateExpiring", "some-secret");
        passes(A_WHILE);

        assertThat(taskNames()).doesNotContain(CONFIRM);
        ends("handedToHuman");
    }

    @Test
    void a_restart_that_a_responder_hands_over_is_for_people() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        decides("alice", "handOver");

        assertThat(changes()).containsExactly(SECRET);
        ends("handedToHuman");
    }

    @Test
    void what_runs_no_pods_needs_no_restart() {
        expires(GATEWAY);
        somebodyRestartsWith(0);
        passesUnseen(Duration.ofMinutes(2));
        chooses("alice", "rotate", "");
        applies();

        assertThat(changes()).containsExactly(SECRET);
        assertThat(told("STEP_PROPOSED")).hasSize(1);
    }

    @Test
    void a_restart_that_never_rolls_out_is_for_people() {
        expires(GATEWAY);
        chooses("alice", "rotate", "");
        applies();
        decides("alice", "apply");
        placedOn("none");
        passes(Duration.ofHours(1));

        ends("handedToHuman");
        placedOn(null);
    }

    /** Somebody with kubectl is at work meanwhile: its pods are to run on such disks only. */
    private void placedOn(String disk) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec/template/spec").putObject("nodeSelector").put("disk", disk);
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
    }

    private String dueText() {
        return variable(CHOOSE, "dueText");
    }

    private String renewalText() {
        return variable(ROTATE, "renewalText");
    }

    private String variable(String task, String name) {
        return (String) engine.getTaskService().getVariable(task(task).getId(), name);
    }
}
