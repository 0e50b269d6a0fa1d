package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/** Too many errors, one test for each cause that the sandbox can have. */
class HighErrorRateProcessTest extends DiagnosisScenario {
    @Override
    String runbook() {
        return "high-error-rate";
    }

    @Override
    String alert() {
        return "HighErrorRate";
    }

    @Test
    void pods_that_are_killed_for_memory_come_before_what_they_write() {
        breaksWithItsAlert(Scenario.CRASH_UNTIL_SCALED);
        assertThat(cause()).isEqualTo("oomKilled");
        assertThat(facts().get("Killed for want of memory")).contains(GATEWAY);
        assertThat(suggested()).isEqualTo("high-memory-usage");
        assertThat(facts().get("Not asked for that")).contains("kernel log");
    }

    @Test
    void what_is_killed_for_memory_elsewhere_in_the_namespace_is_shown_and_names_no_cause() {
        sandbox.play(Scenario.CRASH_UNTIL_SCALED, "mcp-config");
        isLookedAt();
        assertThat(cause()).isEqualTo("unknown");
        assertThat(facts().get("Killed for want of memory")).contains("mcp-config");
    }

    @Test
    void a_node_that_ran_out_of_memory_is_found_by_what_its_kubelet_tells() {
        create(
                """
                {'apiVersion': 'v1', 'kind': 'Event', 'metadata': {'name': 'oom', 'namespace': 'default'},
                 'type': 'Warning', 'reason': 'SystemOOM', 'message': 'System OOM encountered, victim process: java',
                 'lastTimestamp': '%s', 'count': 1,
                 'involvedObject': {'apiVersion': 'v1', 'kind': 'Node', 'name': 'node-1'}}"""
                        .formatted(now()));
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("nodeOutOfMemory");
            assertThat(facts().get("Killed for want of memory")).contains("node-1");
        } finally {
            sandbox.delete(new Target("Event", "default", "oom"));
        }
    }

    @Test
    void a_release_that_does_not_start_leaves_the_load_to_the_pods_before() {
        image("no-such-tag");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("brokenRelease");
        } finally {
            image("2.8.1");
        }
    }

    @Test
    void pods_that_have_no_room_leave_the_load_to_the_others() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        assertThat(cause()).isEqualTo("podsMissing");
        assertThat(facts()).containsEntry("Errors now, in %", "unknown");
    }

    @Test
    void pods_that_are_not_ready_are_for_the_runbook_of_a_service_that_is_down() {
        breaksWithItsAlert(Scenario.NEVER_HEALTHY);
        assertThat(cause()).isEqualTo("podsNotReady");
        assertThat(suggested()).isEqualTo("service-down");
    }

    @Test
    void errors_that_the_program_writes_while_its_pods_are_well_are_its_own() {
        breaksWithItsAlert(Scenario.CONNECTIONS_LEAK);
        assertThat(cause()).isEqualTo("programErrors");
        assertThat(facts()).containsEntry("Of so many kinds", "1").containsEntry("In so many logs", "2");
        assertThat(suggested()).isEqualTo("none");
    }

    @Test
    void pods_that_are_well_and_silent_leave_the_cause_unknown_and_the_incident_open() {
        isLookedAt();
        assertThat(cause()).isEqualTo("unknown");
        assertThat(facts()).containsEntry("Lines that tell of errors", "0");

        decidesNext("handOver");
        passes(A_WHILE);
        assertThat(incident().open()).isTrue();
    }

    private void image(String tag) {
        patch(
                DEPLOYMENT,
                "{'spec': {'template': {'spec': {'containers': [{'name': 'mcp-gateway', 'image': 'a1/mcp-gateway:%s'}]}}}}"
                        .formatted(tag));
    }
}
