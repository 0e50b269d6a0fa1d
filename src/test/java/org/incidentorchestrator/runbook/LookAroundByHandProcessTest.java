package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;

/** The quick reference (runbook Q01–Q08), as a person asks for it who works on an incident. */
class LookAroundByHandProcessTest extends RunbookScenario {
    private static final String READ = "Read findings";

    @Test
    void every_look_of_the_quick_reference_is_made_and_kept_with_the_incident() {
        breaks(NEVER_HEALTHY);
        work();
        int before = looks().size();

        looksAround(Sandbox.NAMESPACE);

        assertThat(looks().subList(before, looks().size()))
                .containsExactly(
                        "listNodes",
                        "listNamespacePods",
                        "listNamespacePods",
                        "listServices",
                        "readLogs",
                        "readLogs",
                        "checkHealth");
        assertThat(kept())
                .contains(
                        "nodes.txt", "pods.txt", Sandbox.NAMESPACE + "-services.txt", Sandbox.NAMESPACE + "-health.txt")
                .anyMatch(name -> name.startsWith("mcp-gateway-") && name.endsWith(".log"))
                .anyMatch(name -> name.startsWith("mcp-orchestrator-api-") && name.endsWith(".log"));
        assertThat(changes()).isEmpty();
    }

    @Test
    void what_is_wrong_is_shown_with_its_time() {
        breaks(NEVER_HEALTHY);
        work();
        looksAround(Sandbox.NAMESPACE);

        Map<String, Object> shown = shown();
        assertThat(shown)
                .containsEntry("incident", incident().number().toString())
                .containsEntry("severity", "critical")
                .containsEntry("summary", "mcp-gateway is down")
                .containsEntry("nodeTrouble", "")
                .containsEntry("lookedAt", now().toString());
        assertThat(shown.get("podTrouble").toString()).contains(GATEWAY);
        assertThat(shown.get("servicesText").toString()).contains(GATEWAY);
        assertThat(shown.get("health")).isIn("noEndpoints", "unhealthy");
    }

    @Test
    void who_looks_again_is_shown_what_is_so_by_then() {
        breaks(NEVER_HEALTHY);
        work();
        looksAround(Sandbox.NAMESPACE);
        String first = shown().get("lookedAt").toString();

        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        somebodyRestartsWith(2);
        passesUnseen(Duration.ofMinutes(10));
        answers("alice", READ, Map.of("look", "again"));
        work();

        assertThat(shown().get("lookedAt").toString()).isGreaterThan(first);
        assertThat(shown()).containsEntry("podTrouble", "");
        answers("alice", READ, Map.of("look", "done"));
        assertThat(tasks(READ)).isEmpty();
    }

    @Test
    void a_namespace_without_the_two_services_is_looked_at_without_their_logs() {
        breaks(NEVER_HEALTHY);
        work();
        int before = looks().size();

        looksAround("gatekeeper-system");

        assertThat(looks().subList(before, looks().size()))
                .containsExactly("listNodes", "listNamespacePods", "listNamespacePods", "listServices", "checkHealth");
        assertThat(shown().get("lookedAt")).isNotNull();
    }

    @Test
    void a_caller_may_ask_for_one_workload_and_one_that_is_gone_ends_the_look() {
        breaks(NEVER_HEALTHY);
        work();
        int before = looks().size();

        engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "look-around",
                        incident().number().toString(),
                        Map.of("namespace", Sandbox.NAMESPACE, "target", "Deployment/a1-orchestrator/long-gone"));
        work();

        assertThat(looks().subList(before, looks().size()))
                .containsExactly("listNodes", "listNamespacePods", "listNamespacePods");
        assertThat(engine.getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .activityId("endEvent_notLooked")
                        .list())
                .isNotEmpty();
    }

    @Test
    void a_namespace_that_is_none_of_ours_is_not_looked_at_and_that_is_said() {
        breaks(NEVER_HEALTHY);
        work();

        looksAround("kube-system");

        assertThat(shown().get("lookedAt")).isNull();
        assertThat(told("STEP_REFUSED")).anyMatch(refused -> refused.contains("'kube-system' is not looked at"));
    }

    @Test
    void the_findings_of_an_incident_that_has_ended_are_taken_back() {
        breaks(NEVER_HEALTHY);
        work();
        looksAround(Sandbox.NAMESPACE);

        ends("bob", "notAnIncident");
        work();

        assertThat(tasks(READ)).isEmpty();
    }

    @Test
    void without_an_open_incident_or_a_namespace_nothing_is_begun() {
        for (String number : List.of("INC-999999", "7", "the gateway")) {
            assertThatThrownBy(() -> asks(number, Sandbox.NAMESPACE))
                    .hasMessageContaining("There is no open incident " + number);
        }
        breaks(NEVER_HEALTHY);
        work();
        assertThatThrownBy(() -> asks(incident().number().toString(), "Not A Namespace"))
                .hasMessageContaining("namespace is 'Not A Namespace'");
        ends("bob", "notAnIncident");
        assertThatThrownBy(() -> asks(incident().number().toString(), Sandbox.NAMESPACE))
                .hasMessageContaining("There is no open incident");
    }

    private void looksAround(String namespace) {
        asks(incident().number().toString(), namespace);
        work();
    }

    private void asks(String number, String namespace) {
        as("alice", () -> {
            ProcessInstance begun = engine.getFormService()
                    .submitStartForm(
                            engine.getRepositoryService()
                                    .createProcessDefinitionQuery()
                                    .processDefinitionKey("look-around-by-hand")
                                    .latestVersion()
                                    .singleResult()
                                    .getId(),
                            Variables.putValue("incident", number).putValue("namespace", namespace));
            assertThat(begun).isNotNull();
        });
    }

    private Map<String, Object> shown() {
        return new TreeMap<>(engine.getTaskService().getVariables(task(READ).getId()));
    }

    private List<String> looks() {
        return jdbc.sql("select step from step_ledger where incident = :incident and state = 'LOOKED' order by id")
                .param("incident", incident().number().value())
                .query(String.class)
                .list();
    }

    private List<String> kept() {
        return jdbc.sql("select name from artefact where incident = :incident")
                .param("incident", incident().number().value())
                .query(String.class)
                .list();
    }
}
