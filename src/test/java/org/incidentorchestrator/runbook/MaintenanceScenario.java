package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents.Listed;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** A Sunday, 02:00 UTC, and the maintenance that is due then. */
abstract class MaintenanceScenario extends RunbookScenario {
    static final String ROTATE = "Choose certificates";
    static final String REVIEW = "Read the figures";
    static final String PLAN = "Plan for capacity";
    private static final int LONGEST_WAIT_IN_NIGHTS = 45;

    private final String key;

    private IncidentNumber maintenance;
    Instant due;

    @Autowired
    Declarations declarations;

    @Autowired
    MaintenanceCalendar calendar;

    @Autowired
    RunAbort runs;

    /** @param key of the process */
    MaintenanceScenario(String key) {
        this.key = key;
    }

    @BeforeEach
    void becomesItsSunday() {
        OffsetDateTime sunday = now().atOffset(ZoneOffset.UTC)
                .with(TemporalAdjusters.next(DayOfWeek.SUNDAY))
                .with(LocalTime.of(2, 0));
        while ("monthly-maintenance".equals(key) != sunday.getDayOfMonth() <= 7) {
            sunday = sunday.plusWeeks(1);
        }
        due = sunday.toInstant();
        nightsWentBy(LONGEST_WAIT_IN_NIGHTS);
        passesUnseen(Duration.between(now(), due));
        renewCertificate();
        startsAnew();
    }

    /** However old the world is by this night: its certificate is not. */
    private void renewCertificate() {
        sandbox.play(Scenario.CERTIFICATE_EXPIRES, GATEWAY);
        sandbox.play(Scenario.HEALTHY_AGAIN, GATEWAY);
    }

    @AfterEach
    void closeAll() {
        calendar.notOver().forEach(window -> calendar.end(window.id(), "the test"));
        jdbc.sql(
                        "update incident set open_key = null, closed_at = opened_at, outcome = 'CANCELLED' where open_key is not null")
                .update();
    }

    /** As the calendar begins it: as of when it was due, however late its timer fires. */
    void begins() {
        Job timer = engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("begin-maintenance")
                .timers()
                .singleResult();
        engine.getManagementService().setJobDuedate(timer.getId(), Date.from(due));
        engine.getManagementService().executeJob(timer.getId());
        maintenance = incidents.list(Listed.ALL, null, 1).get(0).number();
        work();
    }

    void begunBy(String person) {
        declarations.declare(Declaration.ofProcedure(key, "", "", "by hand, in the evening"), person, Optional.empty());
        maintenance = incidents.list(Listed.ALL, null, 1).get(0).number();
        work();
    }

    /** Another one, which does nothing. */
    Incident opens(String alert) {
        return incidents.declare(new IncidentKey(alert, "", ""), Severity.INFO, "the other one", Entry.SELF, null, due);
    }

    Incident maintenance() {
        return incidents.get(maintenance);
    }

    void at(String time) {
        passes(Duration.between(now(), onThatDay(time)));
    }

    void sleepsUntil(String time) {
        passesUnseen(Duration.between(now(), onThatDay(time)));
    }

    private Instant onThatDay(String time) {
        return due.plus(Duration.between(LocalTime.of(2, 0), LocalTime.parse(time)));
    }

    /** A person's item. */
    void says(String person, String item, String answer, String note) {
        answers(person, item, new HashMap<>(Map.of("itemAnswer", answer, "settledNote", note)));
        work();
    }

    void isDone(String item) {
        says("alice", item, "done", "");
    }

    /** None is due: whoever says so has nothing to renew. */
    void rotatesCertificates() {
        answers("alice", ROTATE, Map.of("rotation", "rotate", "alsoRotate", "", "settledNote", ""));
        work();
    }

    /** Nothing is loaded: nothing is proposed. A rehearsal asks nobody to plan for what it has not tried. */
    void reviewsCapacity() {
        answers("alice", REVIEW, Map.of("review", "review", "settledNote", ""));
        work();
        if (openItems().contains(PLAN)) {
            answers("bob", PLAN, Map.of("settledNote", "nothing for now"));
            work();
        }
    }

    void weeklyIsDone() {
        isDone(WeeklyMaintenanceProcessTest.UPDATES);
        rotatesCertificates();
        isDone(WeeklyMaintenanceProcessTest.LOGS);
        reviewsCapacity();
        isDone(WeeklyMaintenanceProcessTest.PERFORMANCE);
    }

    /** No back-ups are kept here: a person reads that, and leaves it. */
    void recoveryIsLeft() {
        answers("alice", "Read back-up", Map.of("backupAnswer", "abandon", "settledNote", "none are kept here"));
        work();
        answers("alice", "Read back-up", Map.of("backupAnswer", "abandon", "settledNote", "none are kept here"));
        work();
        answers("alice", "Read rehearsal", Map.of("rehearsalAnswer", "abandon", "settledNote", "none are kept here"));
        work();
    }

    void leavesCertificates() {
        answers("alice", ROTATE, Map.of("rotation", "abandon", "alsoRotate", "", "settledNote", "next week"));
        work();
    }

    void decidesToBegin(String answer) {
        answers("alice", "Decide to begin", Map.of("beginAnswer", answer, "settledNote", "the gateway is known"));
        work();
    }

    Map<String, Object> shown(String item) {
        return new TreeMap<>(engine.getTaskService().getVariables(task(item).getId()));
    }

    List<String> openItems() {
        return engine
                .getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(maintenance.toString())
                .list()
                .stream()
                .map(Task::getName)
                .toList();
    }

    /** Everybody outside of the process who was asked to settle something. */
    List<String> personsNeeded() {
        return toldOf("PERSON_NEEDED");
    }

    /** What has become of each item. */
    List<String> notes() {
        return jdbc.sql(
                        """
                        select summary from evidence where incident = :incident and kind = 'NOTE'
                            and activity = 'serviceTask_noteItem' order by id""")
                .param("incident", maintenance.value())
                .query(String.class)
                .list();
    }

    List<String> toldOf(String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", maintenance.value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    /** The maintenance has ended with this word, and so has its record. */
    void ended(String word, Outcome outcome) {
        assertThat(toldOf("RUNBOOK_ENDED")).as("open: %s", openItems()).contains("runbook " + key + " ended: " + word);
        assertThat(maintenance().outcome()).isEqualTo(outcome);
        assertThat(openItems()).isEmpty();
        assertThat(toldOf("PAGED")).isEmpty();
    }

    /** Somebody has to go on: it is a warning now, and paged as one. */
    void handedToHuman() {
        assertThat(toldOf("RUNBOOK_ENDED")).contains("runbook " + key + " ended: handedToHuman");
        assertThat(maintenance().open()).isTrue();
        assertThat(maintenance().severity()).isEqualTo(Severity.WARNING);
        assertThat(openItems()).containsExactly("Respond to incident");
    }
}
