package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/** A service that answers slowly, one test for each cause that the sandbox can have. */
class SlowResponseTimesProcessTest extends DiagnosisScenario {
    @Override
    String runbook() {
        return "slow-response-times";
    }

    @Override
    String alert() {
        return "SlowResponseTimes";
    }

    @Test
    void pods_at_their_cpu_limit_are_throttled() {
        cpu("5m", "10m");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("cpuThrottled");
            assertThat(suggested()).isEqualTo("high-cpu-usage");
        } finally {
            cpu("100m", "500m");
        }
    }

    @Test
    void pods_near_their_memory_limit_are_short_of_memory() {
        sandbox.play(Scenario.MEMORY_LEAKS, GATEWAY);
        passesUnseen(Duration.ofMinutes(16).plusSeconds(30));
        isLookedAt();
        assertThat(cause()).isEqualTo("memoryShort");
        assertThat(suggested()).isEqualTo("high-memory-usage");
    }

    @Test
    void connections_that_the_database_has_closed_are_found_where_netstat_would_show_them() {
        breaksWithItsAlert(Scenario.CONNECTIONS_LEAK);
        assertThat(cause()).isEqualTo("connectionsLeak");
        assertThat(facts().get("Connections to the database")).contains("CLOSE_WAIT");
        assertThat(suggested()).isEqualTo("none");
    }

    @Test
    void a_program_that_is_short_of_nothing_and_slow_waits_for_what_it_calls() {
        breaksWithItsAlert(Scenario.DEPENDENCY_SLOW);
        assertThat(cause()).isEqualTo("slowDependency");
        assertThat(facts().get("Time of an answer")).contains("took 2600 ms at the median");
        assertThat(facts()).containsEntry("P95 of the last minutes, in ms", "unknown");
    }

    @Test
    void pods_that_have_no_room_leave_the_load_to_the_others() {
        breaksWithItsAlert(Scenario.NO_ROOM);
        assertThat(cause()).isEqualTo("podsMissing");
    }

    @Test
    void a_service_that_does_not_answer_at_all_is_not_slow() {
        breaksWithItsAlert(Scenario.POLICY_DENIES);
        assertThat(cause()).isEqualTo("noAnswer");
    }

    @Test
    void a_workload_without_a_service_is_judged_by_the_other_looks() {
        var service = sandbox.reader()
                .get(ResourceType.SERVICES, Sandbox.NAMESPACE, GATEWAY)
                .orElseThrow();
        sandbox.delete(new Target("Service", Sandbox.NAMESPACE, GATEWAY));
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("unknown");
            assertThat(facts()).containsEntry("Time of an answer", "unknown");
            assertThat(facts().get("Connections to the database")).contains("8 connections");
        } finally {
            createAnew(service);
        }
    }

    @Test
    void times_of_before_are_not_taken_for_those_of_a_look_that_finds_no_service() {
        breaksWithItsAlert(Scenario.DEPENDENCY_SLOW);
        assertThat(cause()).isEqualTo("slowDependency");
        var service = sandbox.reader()
                .get(ResourceType.SERVICES, Sandbox.NAMESPACE, GATEWAY)
                .orElseThrow();
        sandbox.delete(new Target("Service", Sandbox.NAMESPACE, GATEWAY));
        try {
            decidesNext("lookAgain");
            assertThat(cause()).isEqualTo("unknown");
            assertThat(facts()).containsEntry("Time of an answer", "unknown");
        } finally {
            createAnew(service);
        }
    }

    @Test
    void health_that_is_quick_says_nothing_of_requests_whose_times_are_not_known() {
        isLookedAt();
        assertThat(cause()).isEqualTo("unknown");
        assertThat(facts().get("Time of an answer")).contains("took 4 ms at the median");
    }

    private void cpu(String request, String limit) {
        patch(
                DEPLOYMENT,
                """
                {'spec': {'template': {'spec': {'containers': [{'name': 'mcp-gateway',
                 'resources': {'requests': {'cpu': '%s'}, 'limits': {'cpu': '%s'}}}]}}}}"""
                        .formatted(request, limit));
    }
}
