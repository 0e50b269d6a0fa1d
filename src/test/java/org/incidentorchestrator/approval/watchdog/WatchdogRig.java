package org.incidentorchestrator.approval.watchdog;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.approval.PersonTasks;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;

/** A watchdog on an engine whose ladder is a task with one timer, and on a database that a test can damage. */
final class WatchdogRig implements AutoCloseable {
    static final WatchdogSettings SETTINGS = settings(Optional.empty());

    final TestClock clock = new TestClock();
    final TestDatabase database = TestDatabase.create();
    final Incidents incidents = new Incidents(database.jdbc());
    final Canary canary = new Canary(database.jdbc(), clock, new SimpleMeterRegistry());
    final List<Object> events = new ArrayList<>();
    final List<IncidentNumber> paged = new ArrayList<>();
    final ProcessEngine engine;
    final PersonTasks people;

    WatchdogRig() {
        engine = TestEngine.on(database, rules -> {
            rules.setHistory("full");
            rules.getProcessEnginePlugins().add(canary);
        });
        people = new PersonTasks(engine, database.evidence(clock), new Incidents(database.jdbc()), event -> {});
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "page-responders.bpmn",
                        Bpmn.createExecutableProcess("page-responders")
                                .startEvent()
                                .userTask("respond")
                                .boundaryEvent("due")
                                .timerWithDate("${due}")
                                .endEvent()
                                .done())
                .deploy();
    }

    /** As if nothing had ever happened; an engine takes seconds to build. */
    void reset() {
        engine.getRuntimeService().createProcessInstanceQuery().list().forEach(instance -> engine.getRuntimeService()
                .deleteProcessInstance(instance.getId(), "end of the test"));
        engine.getTaskService().createTaskQuery().list().forEach(task -> engine.getTaskService()
                .deleteTask(task.getId(), true));
        engine.getHistoryService().createHistoricTaskInstanceQuery().list().forEach(task -> engine.getHistoryService()
                .deleteHistoricTaskInstance(task.getId()));
        for (String table : List.of("act_hi_job_log", "incident", "evidence", "notification")) {
            database.jdbc().sql("delete from " + table).update();
        }
        database.jdbc()
                .sql("alter table incident alter column number restart with 1")
                .update();
        events.clear();
        paged.clear();
        engine.getManagementService().createJobQuery().list().forEach(job -> engine.getManagementService()
                .deleteJob(job.getId()));
        canary.release(Duration.ZERO);
        firesCanary();
    }

    void firesCanary() {
        engine.getManagementService().createJobQuery().list().stream()
                .filter(job -> job.getProcessInstanceId() == null)
                .forEach(job -> engine.getManagementService().executeJob(job.getId()));
    }

    static WatchdogSettings settings(Optional<URI> heartbeat) {
        return new WatchdogSettings(
                Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(2), heartbeat, Duration.ofMinutes(1));
    }

    Watchdog watchdog(Check... checks) {
        return watchdog(SETTINGS, checks);
    }

    Watchdog watchdog(WatchdogSettings settings, Check... checks) {
        var alarm = new Alarm(paged::add, this::hear, database.transactions());
        return new Watchdog(List.of(checks), canary, alarm, new OutsideHeartbeat(settings, clock), settings, clock);
    }

    private void hear(Object event) {
        events.add(event);
        if (event instanceof PersonNeeded needed) {
            people.ask(needed);
        } else if (event instanceof PersonNotNeeded settled) {
            people.settle(settled);
        }
    }

    /** An open incident that nobody has; its ladder has a timer that is due then. */
    IncidentNumber opened(String workload, Severity severity, Instant due) {
        var alert = new Alert(
                "alertmanager",
                Alert.Status.FIRING,
                workload,
                clock.instant(),
                new IncidentKey("ServiceDown", "a1-orchestrator", workload),
                severity,
                workload + " is down",
                Map.of(),
                Map.of());
        IncidentNumber number = incidents.open(alert, clock.instant()).number();
        engine.getRuntimeService()
                .startProcessInstanceByKey("page-responders", number.toString(), Map.of("due", due.toString()));
        return number;
    }

    IncidentNumber opened() {
        return opened("gateway", Severity.CRITICAL, clock.instant().plus(Duration.ofMinutes(15)));
    }

    Job timer() {
        return engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("page-responders")
                .singleResult();
    }

    /** As an administrator does in Cockpit. */
    void deletesTimer() {
        engine.getManagementService().deleteJob(timer().getId());
    }

    void set(String column, Object value) {
        database.jdbc()
                .sql("update incident set " + column + " = :value")
                .param("value", value)
                .update();
    }

    SealerCheck sealer() {
        return new SealerCheck(database.jdbc(), EvidenceSettings.defaults());
    }

    TimerCheck timers() {
        return new TimerCheck(database.jdbc(), canary, SETTINGS);
    }

    LadderCheck ladders() {
        return new LadderCheck(database.jdbc());
    }

    FailedJobCheck failedJobs() {
        return new FailedJobCheck(database.jdbc(), people);
    }

    OutboxCheck outbox() {
        return new OutboxCheck(database.jdbc(), SETTINGS);
    }

    List<String> taskNames() {
        return engine.getTaskService().createTaskQuery().taskMinPriority(100).list().stream()
                .map(org.camunda.bpm.engine.task.Task::getName)
                .toList();
    }

    @Override
    public void close() {
        engine.close();
        database.close();
    }
}
