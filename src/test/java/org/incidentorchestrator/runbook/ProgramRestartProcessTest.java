package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.incidentorchestrator.IncidentOrchestrator;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.intake.Deliveries;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One incident, with the program ended and started again, on the same files, at every place where it waits. */
class ProgramRestartProcessTest {
    private static final IncidentNumber FIRST = new IncidentNumber(1);

    @TempDir
    Path folder;

    private ConfigurableApplicationContext program;

    @AfterEach
    void stop() {
        if (program != null) {
            program.close();
        }
        ClockUtil.reset();
    }

    @Test
    void an_incident_goes_on_where_it_was_whenever_the_program_is_started_again() {
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-24T03:00:00Z")));
        restart();
        sandbox().play(Scenario.CRASH_UNTIL_RESTARTED, "mcp-gateway");
        passes(Duration.ofMinutes(2));
        alert();
        work();
        assertWaitsAt("Decide on remedy", "Respond to incident");

        restart();
        assertWaitsAt("Decide on remedy", "Respond to incident");
        decide();
        assertThat(sandbox().writes()).hasSize(1);

        restart();
        assertThat(timers()).as("waits for the rollout").contains("event_nextLookDue");
        passesWorking(Duration.ofSeconds(60));

        restart();
        assertThat(timers()).as("waits for the verification").contains("event_nextLookDue");
        passesWorking(Duration.ofMinutes(3));

        assertThat(sandbox().writes()).hasSize(1);
        assertThat(incident().outcome()).isEqualTo(Incident.Outcome.RESOLVED_BY_RUNBOOK);
        assertWaitsAt();
    }

    private void restart() {
        if (program != null) {
            program.close();
        }
        program = new SpringApplicationBuilder(IncidentOrchestrator.class, Deliveries.class)
                .run(
                        "--data.folder=" + folder,
                        "--server.port=0",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--sandbox.first-alert=false",
                        "--sandbox.resolves=false",
                        "--recovery.hold=60s");
    }

    private void alert() {
        program.getBean(Deliveries.class)
                .deliver(
                        """
                {"version":"4","status":"firing","groupKey":"g","receiver":"r","alerts":[{"status":"firing",
                  "labels":{"alertname":"ServiceDown","namespace":"a1-orchestrator","deployment":"mcp-gateway",
                  "severity":"critical"},"annotations":{"summary":"down"},"startsAt":"2026-11-24T03:00:00Z",
                  "endsAt":"0001-01-01T00:00:00Z","fingerprint":"f"}]}""");
    }

    private void decide() {
        String task = engine().getTaskService()
                .createTaskQuery()
                .taskName("Decide on remedy")
                .singleResult()
                .getId();
        engine().getIdentityService().setAuthentication("alice", List.of("l1"));
        engine().getTaskService().claim(task, "alice");
        engine().getTaskService().complete(task, Map.of("decision", "apply"));
        engine().getIdentityService().clearAuthentication();
        work();
    }

    private void work() {
        for (List<Job> due = due(); !due.isEmpty(); due = due()) {
            due.forEach(job -> engine().getManagementService().executeJob(job.getId()));
        }
    }

    private List<Job> due() {
        return engine().getManagementService().createJobQuery().executable().list();
    }

    private void passes(Duration time) {
        ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plus(time)));
    }

    private void passesWorking(Duration time) {
        for (int seconds = 0; seconds < time.toSeconds(); seconds += 5) {
            passes(Duration.ofSeconds(5));
            work();
        }
    }

    private void assertWaitsAt(String... names) {
        assertThat(engine().getTaskService()
                        .createTaskQuery()
                        .orderByTaskName()
                        .asc()
                        .list())
                .extracting(task -> task.getName())
                .containsExactly(names);
    }

    /** The elements that wait for a time; the watchdog's canary is no element. */
    private List<String> timers() {
        var management = engine().getManagementService();
        return management.createJobQuery().timers().list().stream()
                .filter(job -> job.getJobDefinitionId() != null)
                .map(job -> management
                        .createJobDefinitionQuery()
                        .jobDefinitionId(job.getJobDefinitionId())
                        .singleResult()
                        .getActivityId())
                .toList();
    }

    private Incident incident() {
        return program.getBean(Incidents.class).get(FIRST);
    }

    private Sandbox sandbox() {
        return program.getBean(Sandbox.class);
    }

    private ProcessEngine engine() {
        return program.getBean(ProcessEngine.class);
    }
}
