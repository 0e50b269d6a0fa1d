package org.incidentorchestrator.step.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.step.guard.Situation.CLOCK;
import static org.incidentorchestrator.step.guard.Situation.GATEWAY;
import static org.incidentorchestrator.step.guard.Situation.NOW;
import static org.incidentorchestrator.step.guard.Situation.evicting;
import static org.incidentorchestrator.step.guard.Situation.restarting;
import static org.incidentorchestrator.step.guard.Situation.scalingTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.step.StopSwitch;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guards that ask the database: the global stop, and what was done a moment ago. */
class LedgerGuardTest {
    private static final String TARGET = "Deployment/a1-orchestrator/mcp-gateway";

    private final List<PersonNeeded> asked = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_global_stop_holds_every_change_and_says_who_and_why() {
        var guard = new GlobalStop(new StopSwitch(database.jdbc()));
        assertThat(restarting(GATEWAY).reasonOf(guard)).isEqualTo("allowed");
        database.jdbc()
                .sql("insert into global_stop (id, by_whom, reason, at) values (1, 'ada', 'storage moves', :at)")
                .param("at", Incidents.utc(NOW))
                .update();
        assertThat(restarting(GATEWAY).reasonOf(guard)).isEqualTo("globalStop");
        assertThat(restarting(GATEWAY).messageOf(guard)).contains("ada", "storage moves", "2026-11-24T12:00:00Z");
    }

    @ParameterizedTest(name = "{0} {1} of {2} {3} s ago: {4}")
    @CsvSource({
        "restartWorkload, APPLIED,           Deployment/a1-orchestrator/mcp-gateway, 119, coolingDown",
        "restartWorkload, APPLIED_RECOVERED, Deployment/a1-orchestrator/mcp-gateway, 0,   coolingDown",
        "restartWorkload, APPLIED,           Deployment/a1-orchestrator/mcp-gateway, 120, allowed",
        "restartWorkload, REHEARSED,         Deployment/a1-orchestrator/mcp-gateway, 5,   allowed",
        "restartWorkload, FAILED,            Deployment/a1-orchestrator/mcp-gateway, 5,   allowed",
        "scaleWorkload,   APPLIED,           Deployment/a1-orchestrator/mcp-gateway, 5,   allowed",
        "restartWorkload, APPLIED,           Deployment/a1-orchestrator/mcp-config,  5,   allowed"
    })
    void the_same_action_on_the_same_target_has_to_cool_down(
            String step, String state, String target, int secondsAgo, String answer) {
        done(step, state, target, secondsAgo);
        assertThat(restarting(GATEWAY).reasonOf(coolDown())).isEqualTo(answer);
    }

    @Test
    void the_last_of_several_counts() {
        done("restartWorkload", "APPLIED", TARGET, 600);
        done("restartWorkload", "APPLIED", TARGET, 30);
        assertThat(restarting(GATEWAY).messageOf(coolDown())).contains("12:01:30 UTC");
        assertThat(scalingTo(3).reasonOf(coolDown())).isEqualTo("allowed");
    }

    @Test
    void replacing_the_next_pod_of_a_workload_need_not_wait_for_the_first() {
        String pod = "kind: Pod\nmetadata: {name: %s, namespace: a1-orchestrator, uid: u2}\n";
        done("replacePod", "APPLIED", "Pod/a1-orchestrator/gateway-a", 5);
        assertThat(evicting(pod.formatted("gateway-a")).reasonOf(coolDown())).isEqualTo("coolingDown");
        assertThat(evicting(pod.formatted("gateway-b")).reasonOf(coolDown())).isEqualTo("allowed");
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource({
        "incident-orchestrator/step,            known,   allowed",
        "incident-orchestrator/step,            unknown, clusterAhead",
        "incident-orchestrator/applied-by-step, unknown, clusterAhead",
        "somebody.else/step,                    unknown, allowed"
    })
    void what_a_step_changed_that_the_ledger_does_not_know_is_not_changed(String name, String mark, String answer) {
        done("restartWorkload", "APPLIED", TARGET, 600);
        assertThat(restarting(marked(name, mark)).reasonOf(clusterAhead())).isEqualTo(answer);
        assertThat(asked).hasSize(answer.equals("allowed") ? 0 : 1);
    }

    @Test
    void a_person_is_asked_to_look_and_told_how_to_let_it_be_changed_again() {
        restarting(marked("incident-orchestrator/step", "f00")).reasonOf(clusterAhead());

        assertThat(asked).singleElement().satisfies(needed -> {
            assertThat(needed.subject()).isEqualTo("ledger/" + TARGET);
            assertThat(needed.reason())
                    .contains("mark f00, for INC-99", "newer than this database")
                    .contains("kubectl annotate -n a1-orchestrator deployment/mcp-gateway incident-orchestrator/step-"
                            + " incident-orchestrator/applied-by-step-");
        });
    }

    private static String marked(String name, String mark) {
        return GATEWAY.replace(
                "uid: u1",
                "annotations: {%s: %s, incident-orchestrator/incident: INC-99}, uid: u1".formatted(name, mark));
    }

    private ClusterAhead clusterAhead() {
        return new ClusterAhead(database.jdbc(), event -> asked.add((PersonNeeded) event), database.transactions());
    }

    private CoolDown coolDown() {
        return new CoolDown(Situation.settings(), database.jdbc(), CLOCK);
    }

    private void done(String step, String state, String target, int secondsAgo) {
        database.jdbc()
                .sql(
                        """
                        insert into step_ledger (job_id, activity_id, loop_counter, ordinal, mark, incident, run_id, step, mode,
                            target, state, planned_at, result_at)
                        values (:job, 'act', 0, 0, 'known', 7, 'run', :step, 'EXECUTE', :target, :state, :at, :at)""")
                .param("job", UUID.randomUUID().toString())
                .param("step", step)
                .param("target", target)
                .param("state", state)
                .param("at", Incidents.utc(NOW.minus(Duration.ofSeconds(secondsAgo))))
                .update();
    }
}
