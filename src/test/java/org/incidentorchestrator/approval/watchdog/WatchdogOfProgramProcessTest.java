package org.incidentorchestrator.approval.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.intake.Deliveries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole program, with its own ladder; its job executor stands still. */
@SpringBootTest(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:watchdog;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "data.folder=${test.data:./target/test-data}/watchdog",
            "camunda.bpm.job-execution.enabled=false",
            "sandbox.world=",
            "sandbox.first-alert=false",
            "sandbox.resolves=false",
            "watchdog.every=10m",
            "on-call.file=src/test/resources/on-call/mail.yml",
            "notify.base-url=http://localhost:8080",
            "notify.mail.host=localhost",
            "notify.mail.port=1",
            "notify.mail.security=plain",
            "notify.mail.from=incidents@example.org",
        })
@Import(Deliveries.class)
class WatchdogOfProgramProcessTest {
    private static final AtomicInteger ALERTS = new AtomicInteger();

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private Incidents incidents;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Deliveries delivery;

    @Autowired
    private Watchdog watchdog;

    private IncidentNumber number;

    @BeforeEach
    void begin() {
        ClockUtil.setCurrentTime(
                Date.from(Instant.parse("2026-11-24T03:00:00Z").plus(Duration.ofDays(ALERTS.incrementAndGet()))));
        delivery.deliver(
                """
                {"version":"4","status":"firing","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"firing","labels":{"alertname":"ServiceDown","namespace":"a1-orchestrator",
                  "deployment":"nowhere-%1$d","severity":"critical"},"annotations":{"summary":"it is down"},
                  "startsAt":"%2$s","endsAt":"0001-01-01T00:00:00Z","fingerprint":"watched-%1$d"}]}"""
                        .formatted(ALERTS.get(), now()));
        number = incidents.list(Incidents.Listed.ALL, null, 1).get(0).number();
        rounds(1);
        canary();
    }

    @AfterEach
    void end() {
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(root -> engine.getRuntimeService().deleteProcessInstance(root.getId(), "end of the test"));
        deleteJobs();
        rounds(2);
        deleteJobs();
        engine.getTaskService().createTaskQuery().list().forEach(task -> engine.getTaskService()
                .deleteTask(task.getId(), true));
        ClockUtil.reset();
    }

    private void deleteJobs() {
        engine.getManagementService().createJobQuery().list().forEach(job -> engine.getManagementService()
                .deleteJob(job.getId()));
    }

    @Test
    void an_incident_with_its_ladder_is_in_order() {
        rounds(1);
        canary();
        rounds(1);

        assertThat(ofTheEngine()).isEmpty();
        assertThat(watchdog.last().at()).isEqualTo(now());
    }

    @Test
    void
            an_incident_whose_timers_an_administrator_has_deleted_is_paged_at_its_level_and_then_everybody_until_it_is_taken() {
        ladder().forEach(job -> engine.getManagementService().deleteJob(job.getId()));

        rounds(3);
        assertThat(pages()).containsExactly("paged L1 Platform Engineer", "paged L1 Platform Engineer");
        assertThat(taskNames()).anyMatch(name -> name.startsWith(number + ": " + number + " is open, nobody has it"));
        assertThat(notified("PAGE"))
                .as("L1's by the ladder, and the watchdog's")
                .hasSize(2);

        passes(Duration.ofMinutes(29));
        rounds(2);
        assertThat(pages()).hasSize(2);
        passes(Duration.ofMinutes(1));
        rounds(2);
        assertThat(pages()).hasSize(3).last().isEqualTo("paged everybody");
        assertThat(groups()).as("everybody can take it").contains("l1", "l2", "l3", "l4");

        engine.getTaskService().claim(respond().getId(), "alice");
        passes(Duration.ofMinutes(31));
        rounds(2);
        assertThat(pages()).hasSize(3);
        assertThat(taskNames()).noneMatch(name -> name.contains("is open, nobody has it"));
    }

    @Test
    void a_job_executor_that_stands_still_pages() {
        passes(Duration.ofMinutes(16));

        rounds(2);

        assertThat(taskNames()).anyMatch(name -> name.startsWith("Timers do not fire: "));
        assertThat(watchdog.last().confirmed()).extracting(Finding::kind).contains(Finding.Kind.TIMERS);
        assertThat(notified("PERSON")).anyMatch(text -> text.contains("Timers do not fire"));
    }

    @Test
    void
            a_job_that_gives_up_has_a_persons_task_at_once_and_one_that_did_so_past_the_engine_gets_it_from_the_watchdog() {
        Job first = engine.getManagementService()
                .createJobQuery()
                .activityId("businessRuleTask_chooseLikelyRunbook")
                .singleResult();
        engine.getManagementService().setJobRetries(first.getId(), 0);
        assertThat(taskNames())
                .anyMatch(name -> name.contains("Choose likely runbook has failed and is not tried again"));
        assertThat(notified("PERSON")).anyMatch(text -> text.contains("Choose likely runbook has failed"));
        rounds(2);
        assertThat(ofTheEngine()).isEmpty();

        jdbc.sql("update act_ru_job set retries_ = 0 where id_ = :id")
                .param("id", ladder().get(0).getId())
                .update();
        rounds(2);
        assertThat(taskNames()).anyMatch(name -> name.startsWith("A step has given up, and nobody was told"));
    }

    /** The outbox and the seals have threads of their own, to which a jump of the clock is an age. */
    private List<Finding> ofTheEngine() {
        return watchdog.last().found().stream()
                .filter(finding -> finding.kind() != Finding.Kind.OUTBOX && finding.kind() != Finding.Kind.EVIDENCE)
                .toList();
    }

    private List<Job> ladder() {
        return engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("page-responders")
                .list();
    }

    private void rounds(int count) {
        for (int round = 0; round < count; round++) {
            passes(Duration.ofSeconds(1));
            watchdog.round();
        }
    }

    /** The executor fires nothing; the test lets the canary sing, so that the ladder alone is looked at. */
    private void canary() {
        engine.getManagementService().createJobQuery().list().stream()
                .filter(job -> job.getProcessInstanceId() == null)
                .forEach(job -> {
                    ClockUtil.setCurrentTime(job.getDuedate());
                    engine.getManagementService().executeJob(job.getId());
                });
    }

    private static void passes(Duration time) {
        ClockUtil.setCurrentTime(Date.from(now().plus(time)));
    }

    private static Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    private List<String> taskNames() {
        return engine.getTaskService().createTaskQuery().list().stream()
                .map(Task::getName)
                .toList();
    }

    /** What waits to be sent, or would be: there is no mail server. */
    private List<String> notified(String kind) {
        return jdbc.sql(
                        "select text from notification where kind = :kind and (incident = :incident or incident is null)")
                .param("kind", kind)
                .param("incident", number.value())
                .query(String.class)
                .list();
    }

    private Task respond() {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number.toString())
                .taskDefinitionKey("userTask_respondToIncident")
                .singleResult();
    }

    private List<String> groups() {
        return engine.getTaskService().getIdentityLinksForTask(respond().getId()).stream()
                .map(org.camunda.bpm.engine.task.IdentityLink::getGroupId)
                .toList();
    }

    private List<String> pages() {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = 'PAGED' order by id")
                .param("incident", number.value())
                .query(String.class)
                .list();
    }
}
