package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.probe.Prometheus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** What the key metrics say of an alert that no runbook fits (runbook T01–T04): it is only ever raised by them. */
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:judge-severity;DB_CLOSE_DELAY=-1;WRITE_DELAY=0")
class JudgeSeverityProcessTest extends RunbookScenario {
    private static final String ALERT = "SomethingOdd";

    /** Prometheus with the numbers of the test. */
    @TestConfiguration
    static class Probes {
        @Bean
        @Primary
        Prometheus preparedPrometheus() {
            return PreparedProbes.prometheus("http://prometheus.example:9090");
        }
    }

    @BeforeEach
    void atNight() {
        becomes(DayOfWeek.TUESDAY, LocalTime.of(3, 0));
    }

    @Test
    void a_warning_whose_service_fails_more_than_5_percent_pages_at_night() {
        measures(6.2, 120, 40, 50, 250);
        warns();

        assertThat(incident().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(told("NOTE"))
                .containsExactly("the key metrics say critical, its alert said warning: it is critical from now on");
        assertThat(told("PAGED")).hasSize(1);
        passes(Duration.ofMinutes(15));
        assertThat(told("PAGED")).as("the ladder goes on").hasSize(2);
    }

    @Test
    void whoever_has_it_as_a_warning_is_paged_again_once_it_is_critical() {
        measures(6.2, 120, 40, 50, 250);
        firesAs(ALERT, GATEWAY, "warning");
        claims("bob", "Respond to incident");
        work();

        assertThat(incident().takenBy()).isEmpty();
        assertThat(told("PAGED")).hasSize(1);
    }

    @Test
    void a_warning_whose_service_has_no_pod_that_is_ready_is_critical_whatever_is_measured() {
        measuresNothing();
        sandbox.play(NEVER_HEALTHY, GATEWAY);
        passesUnseen(Duration.ofMinutes(2));
        warns();

        assertThat(incident().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void a_warning_that_the_metrics_call_one_stays_one_and_waits_for_the_morning() {
        measures(3, 120, 40, 50, 250);
        warns();

        assertThat(incident().severity()).isEqualTo(Severity.WARNING);
        assertThat(told("NOTE")).isEmpty();
        assertThat(told("PAGED")).isEmpty();
    }

    @Test
    void what_is_unknown_raises_nothing_and_says_nothing() {
        measuresNothing();
        warns();

        assertThat(incident().severity()).isEqualTo(Severity.WARNING);
        assertThat(told("NOTE")).isEmpty();
    }

    @Test
    void a_critical_alert_on_what_is_normal_stays_critical_and_that_is_on_the_record() {
        measures(0.1, 120, 40, 50, 250);
        firesAs(ALERT);
        work();

        assertThat(incident().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(told("NOTE"))
                .containsExactly("the key metrics say normal, its alert said critical, and that stands");
        assertThat(told("PAGED")).hasSize(1);
    }

    @Test
    void a_severity_that_nobody_knows_pages_like_critical_and_is_not_made_less() {
        measures(3, 120, 40, 50, 250);
        firesAs(ALERT, GATEWAY, "whatever");
        work();

        assertThat(incident().severity()).isEqualTo(Severity.UNKNOWN);
        assertThat(told("NOTE"))
                .containsExactly("the key metrics say warning, its alert said unknown, and that stands");
    }

    @Test
    void an_incident_that_has_ended_meanwhile_is_not_raised() {
        measures(6.2, 120, 40, 50, 250);
        firesAs(ALERT, GATEWAY, "warning");
        ends("bob", "notAnIncident");

        assertThat(incident().severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void a_workload_that_goes_away_while_it_is_looked_at_is_not_judged() {
        measures(6.2, 120, 40, 50, 250);
        firesAs(ALERT, GATEWAY, "warning");
        judges("Deployment/a1-orchestrator/long-gone");

        assertThat(ended()).first().isEqualTo("endEvent_notJudged");
    }

    @Test
    void a_workload_that_may_not_be_looked_at_is_not_judged() {
        measures(6.2, 120, 40, 50, 250);
        firesAs(ALERT, GATEWAY, "warning");
        sandbox.create(deployment("kube-system", "coredns"));
        judges("Deployment/kube-system/coredns");

        assertThat(ended()).first().isEqualTo("endEvent_notJudged");
    }

    private void warns() {
        firesAs(ALERT, GATEWAY, "warning");
        work();
    }

    /** Another call of the part, for the same incident. */
    private void judges(String target) {
        engine.getRuntimeService()
                .startProcessInstanceByKey("judge-severity", incident().number().toString(), Map.of("target", target));
        work();
    }

    private List<String> ended() {
        return engine
                .getHistoryService()
                .createHistoricActivityInstanceQuery()
                .processDefinitionId(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("judge-severity")
                        .latestVersion()
                        .singleResult()
                        .getId())
                .activityType("noneEndEvent")
                .orderByHistoricActivityInstanceStartTime()
                .desc()
                .list()
                .stream()
                .map(HistoricActivityInstance::getActivityId)
                .toList();
    }

    private static void measures(double errors, double p95, double cpu, double memory, double rate) {
        ObjectNode prometheus = JsonNodeFactory.instance.objectNode();
        ArrayNode answers = prometheus.putArray("answers");
        answer(answers, "code=~", errors);
        answer(answers, "histogram_quantile", p95);
        answer(answers, "container_cpu_usage_seconds_total", cpu);
        answer(answers, "container_memory_working_set_bytes", memory);
        answer(answers, "http_requests_total", rate);
        PreparedProbes.prepare(prometheus, Map.of());
    }

    private static void answer(ArrayNode answers, String asked, double value) {
        answers.addObject().put("asked", asked).putObject("series").putArray("").add(value);
    }

    private static void measuresNothing() {
        PreparedProbes.prepare(JsonNodeFactory.instance.objectNode().put("away", true), Map.of());
    }

    private static ObjectNode deployment(String namespace, String name) {
        ObjectNode deployment = JsonNodeFactory.instance.objectNode();
        deployment.put("apiVersion", "apps/v1").put("kind", "Deployment");
        deployment.putObject("metadata").put("namespace", namespace).put("name", name);
        ObjectNode spec = deployment.putObject("spec").put("replicas", 1);
        spec.putObject("selector").putObject("matchLabels").put("app", name);
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", name);
        template.putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", name)
                .put("image", "registry.example/" + name);
        return deployment;
    }
}
