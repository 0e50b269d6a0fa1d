package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.intake.Deliveries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole program, its job executor included, on a real API server: a service that is down is brought back. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "Service Down on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable"
                + " cluster whose kubelets are played by kwok")
@SpringBootTest(
        webEnvironment = WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:api-server;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "data.folder=./target/api-server-data",
            "step.mode=EXECUTE",
            "wait.rollout-poll=1s",
            "wait.recovery-poll=1s",
            "recovery.hold=3s",
        })
@Import(Deliveries.class)
@DirtiesContext
class ServiceDownApiServerIT {
    private static final String GATEWAY = "mcp-gateway";
    private static TestNamespace namespace;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identities;

    @Autowired
    Incidents incidents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Deliveries delivery;

    @Autowired
    Clock clock;

    @DynamicPropertySource
    static void cluster(DynamicPropertyRegistry settings) {
        String kubeconfig = System.getenv("TEST_KUBECONFIG");
        namespace = TestNamespace.on(kubeconfig);
        settings.add("cluster.kubeconfig", () -> kubeconfig);
        settings.add("cluster.namespaces", namespace::name);
    }

    @AfterAll
    static void close() {
        if (namespace != null) {
            namespace.close();
        }
    }

    @Test
    void a_crashing_service_is_restarted_once_and_the_incident_closes_by_itself() {
        namespace.crashesUntilRestarted(GATEWAY);

        fires(GATEWAY);
        Task decision = await("a proposal", () -> decision(number()));
        assertThat(namespace.deployment(GATEWAY).number("/metadata/generation", 0))
                .isEqualTo(1);
        apply(decision);
        Incident closed = await("the closing", () -> closed(number()));

        assertThat(closed.outcome()).isEqualTo(Incident.Outcome.RESOLVED_BY_RUNBOOK);
        var after = namespace.deployment(GATEWAY);
        assertThat(after.number("/metadata/generation", 0))
                .as("changes, and one")
                .isEqualTo(2);
        assertThat(after.number("/status/readyReplicas", 0)).isEqualTo(2);
        assertThat(after.annotation("incident-orchestrator/incident")).hasValue(number().toString());
        assertThat(changes()).containsExactly("APPLIED");
    }

    private void fires(String workload) {
        delivery.deliver(
                """
                {"version":"4","status":"firing","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"firing","labels":{"alertname":"ServiceDown","namespace":"%s","deployment":"%s",
                  "severity":"critical"},"annotations":{"summary":"down"},"startsAt":"%s",
                  "endsAt":"0001-01-01T00:00:00Z","fingerprint":"a"}]}"""
                        .formatted(namespace.name(), workload, clock.instant()));
    }

    private IncidentNumber number() {
        return incidents.list(Incidents.Listed.ALL, null, 1).get(0).number();
    }

    private Task decision(IncidentNumber incident) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(incident.toString())
                .taskName("Decide on remedy")
                .singleResult();
    }

    private void apply(Task decision) {
        identities.setAuthentication("alice", List.of("l1"));
        try {
            tasks.complete(decision.getId(), new HashMap<>(Map.of("decision", "apply", "decisionNote", "")));
        } finally {
            identities.clearAuthentication();
        }
    }

    private Incident closed(IncidentNumber number) {
        Incident incident = incidents.get(number);
        return incident.open() ? null : incident;
    }

    /** How the changes ended that were intended. */
    private List<String> changes() {
        return jdbc.sql("select state from step_ledger where effect is not null order by id")
                .query(String.class)
                .list();
    }

    private static <T> T await(String what, Callable<T> found) {
        return Awaitility.await(what).atMost(Duration.ofMinutes(2)).until(found, it -> it != null);
    }
}
