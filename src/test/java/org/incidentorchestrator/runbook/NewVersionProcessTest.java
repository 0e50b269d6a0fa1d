package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a newer version of all models does to what is there: incidents, their messages, the timer of the calendar. */
class NewVersionProcessTest extends RunbookScenario {
    private static final String CALENDAR = "begin-maintenance";

    private static final Predicate<String> GAVE_UP = name -> name.contains("has failed and is not tried again");

    private NewProgram newer;

    @AfterEach
    void takeBack() {
        if (newer != null) {
            newer.close();
        }
    }

    private void upgrade() {
        newer = NewProgram.deployedBy(engine, jdbc);
        newer.starts(engine);
    }

    @Test
    void an_open_incident_stays_on_its_version_with_all_that_it_calls_and_a_new_one_begins_on_the_newest() {
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        IncidentNumber before = incident().number();
        int version = versions(before).get(0);

        upgrade();
        firesFor("mcp-config");
        work();

        assertThat(versions(incident().number())).containsOnly(version + 1);
        engine.getTaskService().createTaskQuery().processInstanceBusinessKey(before.toString()).list().stream()
                .filter(task -> task.getName().equals("Decide on remedy"))
                .forEach(task -> decide(task.getId()));
        passes(Duration.ofMinutes(3));
        assertThat(incidents.get(before).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(versions(before)).containsOnly(version);
    }

    @Test
    void the_history_tells_by_which_version_an_incident_was_worked() {
        fires();
        work();
        upgrade();
        assertThat(tags(incident().number())).isNotEmpty().noneMatch(tag -> tag.startsWith("99."));
        firesFor("mcp-config");
        work();
        assertThat(tags(incident().number())).isNotEmpty().allMatch(tag -> tag.startsWith("99."));
    }

    @Test
    void that_an_alert_is_resolved_is_heard_on_the_old_version_and_on_the_new_one() {
        fires();
        work();
        IncidentNumber before = incident().number();
        upgrade();
        firesFor("mcp-config");
        work();
        IncidentNumber after = incident().number();

        resolves();
        resolvesFor("mcp-config");
        passes(Duration.ofMinutes(5));

        assertThat(List.of(incidents.get(before).outcome(), incidents.get(after).outcome()))
                .containsOnly(Outcome.RESOLVED_MEANWHILE);
    }

    @Test
    void the_calendar_has_one_timer_which_belongs_to_the_newest_version() {
        upgrade();
        assertThat(calendar().getProcessDefinitionId())
                .isEqualTo(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(CALENDAR)
                        .latestVersion()
                        .singleResult()
                        .getId());
        assertThat(calendar().getDuedate()).isAfter(Date.from(now()));
    }

    @Test
    void a_maintenance_that_was_due_while_no_program_ran_is_due_still() {
        Instant due = now().minus(Duration.ofMinutes(10));
        engine.getManagementService().setJobDuedate(calendar().getId(), Date.from(due));

        upgrade();

        assertThat(calendar().getDuedate().toInstant()).isEqualTo(due);
    }

    @Test
    void what_an_older_program_has_not_got_of_a_newer_model_becomes_a_persons() {
        newer = NewProgram.deployedBy(
                engine, jdbc, text -> NewProgram.changed(text).replace("${steps.findTarget}", "${steps.seekTarget}"));
        fires();

        for (int tries = 0; tries < 20 && taskNames().stream().noneMatch(GAVE_UP); tries++) {
            engine.getManagementService().createJobQuery().executable().list().forEach(this::tries);
            passesUnseen(Duration.ofMinutes(2));
        }

        assertThat(taskNames()).anyMatch(GAVE_UP);
        assertThat(changes()).isEmpty();
    }

    /** As the job executor does, which tries it again later. */
    private void tries(Job job) {
        try {
            engine.getManagementService().executeJob(job.getId());
        } catch (ProcessEngineException failed) {
            assertThat(failed).hasStackTraceContaining("seekTarget");
        }
    }

    private Job calendar() {
        List<Job> timers = engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey(CALENDAR)
                .timers()
                .list();
        assertThat(timers).as("timers of the calendar").hasSize(1);
        return timers.get(0);
    }

    private void decide(String task) {
        as("alice", () -> {
            engine.getTaskService().claim(task, "alice");
            engine.getTaskService().complete(task, Map.of("decision", "apply", "decisionNote", ""));
        });
        work();
    }

    private List<Integer> versions(IncidentNumber incident) {
        return definitions(incident).stream().map(ProcessDefinition::getVersion).toList();
    }

    private List<String> tags(IncidentNumber incident) {
        return definitions(incident).stream()
                .map(ProcessDefinition::getVersionTag)
                .toList();
    }

    /** Of all that was run for it, as Cockpit reads them from the history. */
    private List<ProcessDefinition> definitions(IncidentNumber incident) {
        return engine
                .getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(incident.toString())
                .list()
                .stream()
                .map(run -> engine.getRepositoryService().getProcessDefinition(run.getProcessDefinitionId()))
                .toList();
    }
}
