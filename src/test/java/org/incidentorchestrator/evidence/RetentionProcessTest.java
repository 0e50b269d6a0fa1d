package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.IncidentOrchestrator;
import org.incidentorchestrator.incident.Incidents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole program, whose time passes: what every part removes by age, and what it keeps. */
class RetentionProcessTest {
    @TempDir
    Path folder;

    private final Instant begin = Instant.parse("2026-03-01T03:00:00Z");
    private ConfigurableApplicationContext program;
    private JdbcTemplate jdbc;

    @BeforeEach
    void start() {
        ClockUtil.setCurrentTime(Date.from(begin));
        program = new SpringApplicationBuilder(IncidentOrchestrator.class)
                .run(
                        "--data.folder=" + folder,
                        "--server.port=0",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--retention.history=10d",
                        "--sandbox.first-alert=false");
        jdbc = program.getBean(JdbcTemplate.class);
        incident(1, begin);
        incident(2, null);
    }

    @AfterEach
    void stop() {
        program.close();
        ClockUtil.reset();
    }

    private void incident(int number, Instant closedAt) {
        jdbc.update(
                """
                insert into incident (number, exercise, alert_name, namespace, workload, severity, summary, opened_at,
                    level, ladder_armed_at, ladder_reached, reopened, closed_at)
                values (?, false, 'ServiceDown', 'n', 'w', 'CRITICAL', '', ?, 1, ?, 1, 0, ?)""",
                number,
                Incidents.utc(begin),
                Incidents.utc(begin),
                Incidents.utc(closedAt));
    }

    private void laterBy(Duration time) {
        ClockUtil.setCurrentTime(Date.from(begin.plus(time)));
        program.getBean(Retention.class).round();
    }

    private long count(String where) {
        return jdbc.queryForObject("select count(*) from " + where, Long.class);
    }

    @Test
    void messages_go_after_a_month_but_for_those_that_wait_for_a_person() {
        for (String state : List.of("DONE", "PARKED", "RECEIVED")) {
            jdbc.update(
                    "insert into inbox (source, received_at, sha256, body, state, attempts, due_at, done_at)"
                            + " values ('x', ?, '', '', ?, 0, ?, ?)",
                    Incidents.utc(begin),
                    state,
                    Incidents.utc(begin.plus(Duration.ofDays(999))),
                    Incidents.utc(begin));
        }

        laterBy(Duration.ofDays(30));
        assertThat(count("inbox")).isEqualTo(3);

        laterBy(Duration.ofDays(31));
        assertThat(jdbc.queryForList("select state from inbox order by state", String.class))
                .containsExactly("PARKED", "RECEIVED");
        assertThat(jdbc.queryForObject("select summary from evidence where kind = 'RETENTION'", String.class))
                .contains("1 messages of the inbox");
    }

    @Test
    void alerts_and_notifications_of_an_open_incident_stay() {
        for (int incident = 1; incident <= 2; incident++) {
            jdbc.update(
                    "insert into alert_episode values ('f" + incident + "', ?, ?, 'x', 'RESOLVED', '{}', '{}', ?, ?)",
                    Incidents.utc(begin),
                    incident,
                    Incidents.utc(begin),
                    Incidents.utc(begin));
            jdbc.update(
                    """
                    insert into notification (dedup_key, incident, episode, kind, level, subject, text, paged, pager_key,
                        contact, addresses, position, round, channel, address, state, attempts, due_at, created_at, done_at)
                    values (?, ?, 0, 'PAGED', 1, '', '', '', '', 'ann', '', 0, 0, 'mail', 'a', 'SENT', 1, ?, ?, ?)""",
                    "d" + incident,
                    incident,
                    Incidents.utc(begin),
                    Incidents.utc(begin),
                    Incidents.utc(begin));
        }

        laterBy(Duration.ofDays(91));
        assertThat(jdbc.queryForList("select incident from notification", Long.class))
                .containsExactly(2L);
        assertThat(count("alert_episode")).isEqualTo(2);

        laterBy(Duration.ofDays(401));
        assertThat(jdbc.queryForList("select incident from alert_episode", Long.class))
                .containsExactly(2L);
    }

    @Test
    void of_a_step_its_line_stays_and_its_texts_go() {
        jdbc.update(
                """
                insert into step_ledger (job_id, activity_id, loop_counter, ordinal, mark, incident, run_id, step, mode, state,
                    kubectl, output, planned_at)
                values ('j', 'a', 0, 0, 'm', 1, 'r', 'restartWorkload', 'EXECUTE', 'APPLIED', 'kubectl', '{}', ?)""",
                Incidents.utc(begin));

        laterBy(Duration.ofDays(401));

        assertThat(count("step_ledger where kubectl is null and output is null"))
                .isEqualTo(1);
    }

    @Test
    void what_ended_goes_from_the_engines_history() {
        program.getBean(RepositoryService.class)
                .createDeployment()
                .addModelInstance(
                        "ends.bpmn",
                        Bpmn.createExecutableProcess("ends")
                                .camundaHistoryTimeToLive(10)
                                .startEvent()
                                .endEvent()
                                .done())
                .deploy();
        program.getBean(RuntimeService.class).startProcessInstanceByKey("ends");
        assertThat(ended()).isEqualTo(1);

        laterBy(Duration.ofDays(11));
        var jobs = program.getBean(ManagementService.class);
        program.getBean(HistoryService.class).findHistoryCleanupJobs().forEach(job -> jobs.executeJob(job.getId()));

        assertThat(ended()).isZero();
        assertThat(program.getBean(HistoryService.class).findHistoryCleanupJobs())
                .as("what removes it, once it is done")
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job.isSuspended()
                                || job.getDuedate() != null && job.getDuedate().after(ClockUtil.getCurrentTime()))
                        .isTrue());
    }

    private long ended() {
        return program.getBean(HistoryService.class)
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey("ends")
                .count();
    }

    @Test
    void every_model_keeps_its_history_as_long_as_it_is_set() {
        assertThat(program.getBean(RepositoryService.class)
                        .createProcessDefinitionQuery()
                        .list())
                .isNotEmpty()
                .allSatisfy(model -> assertThat(model.getHistoryTimeToLive()).isEqualTo(10));
    }
}
