package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.probe.Prometheus;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** A service has recovered once its callers feel nothing any more, and not when its pods are ready (runbook T04). */
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:verify-recovery;DB_CLOSE_DELAY=-1;WRITE_DELAY=0")
class VerifyRecoveryProcessTest extends RunbookScenario {
    /** Prometheus with the numbers of the test. */
    @TestConfiguration
    static class Probes {
        @Bean
        @Primary
        Prometheus preparedPrometheus() {
            return PreparedProbes.prometheus("http://prometheus.example:9090");
        }
    }

    @Test
    void a_service_whose_error_rate_remembers_the_trouble_is_waited_for() {
        measures(8, 120);
        restarted();

        passes(Duration.ofMinutes(5));
        assertThat(incident().open())
                .as("its pods are ready, 8 % of its requests fail")
                .isTrue();
        measures(0.2, 120);
        passes(Duration.ofSeconds(20));

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void a_service_whose_pods_are_ready_and_whose_requests_go_on_failing_has_not_recovered() {
        measures(8, 120);
        restarted();

        passes(Duration.ofMinutes(12));

        assertThat(incident().open()).isTrue();
        assertThat(taskNames()).as("the next remedy is proposed").contains("Decide on remedy");
    }

    @Test
    void a_service_that_answers_late_has_not_recovered() {
        measures(0.1, 2600);
        restarted();

        passes(Duration.ofMinutes(5));

        assertThat(incident().open()).isTrue();
    }

    @Test
    void what_prometheus_does_not_know_keeps_nobody_waiting() {
        PreparedProbes.prepare(JsonNodeFactory.instance.objectNode().put("away", true), Map.of());
        restarted();

        passes(Duration.ofMinutes(3));

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void metrics_that_may_not_be_read_leave_it_unknown() {
        firesAs("SomethingOdd");
        work();
        var run = engine.getRuntimeService()
                .createProcessInstanceByKey("verify-recovery")
                .businessKey(incident().number().toString())
                .setVariables(
                        Map.of("target", "Deployment/kube-system/coredns", "recoveryText", "well", "mode", "EXECUTE"))
                .startBeforeActivity("serviceTask_readKeyMetrics")
                .execute();
        work();

        assertThat(engine.getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(run.getId())
                        .activityId("endEvent_unknown_metrics")
                        .count())
                .isOne();
    }

    /** The crash is over by a restart. */
    private void restarted() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        decides("bob", "apply");
    }

    private static void measures(double errors, double p95) {
        ObjectNode prometheus = JsonNodeFactory.instance.objectNode();
        ArrayNode answers = prometheus.putArray("answers");
        answer(answers, "code=~", errors);
        answer(answers, "histogram_quantile", p95);
        answer(answers, "container_cpu_usage_seconds_total", 40);
        answer(answers, "container_memory_working_set_bytes", 95);
        answer(answers, "http_requests_total", 250);
        PreparedProbes.prepare(prometheus, Map.of());
    }

    private static void answer(ArrayNode answers, String asked, double value) {
        answers.addObject().put("asked", asked).putObject("series").putArray("").add(value);
    }
}
