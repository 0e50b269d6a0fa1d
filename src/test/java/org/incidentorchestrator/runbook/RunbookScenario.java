package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.intake.Deliveries;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.RefusingRunner;
import org.incidentorchestrator.support.CountedStatements;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The whole program on H2 in memory and the sandbox, with the job executor switched off: a test plays the executor, the
 * people and the clock. Tests speak in the words of an incident.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:scenario;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "camunda.bpm.job-execution.enabled=false",
            "sandbox.world=",
            "sandbox.first-alert=false",
            "sandbox.resolves=false",
            "accounts.members.approver=approver,bea,carl",
            "accounts.members.l3=lea",
            "data.folder=${test.data:./target/test-data}/scenario",
            "wait.recovery-poll=10s",
            "wait.rollout-poll=10s",
            "recovery.hold=60s",
            "recovery.deadline=3m",
        })
@Import({Deliveries.class, PassedListener.class, RefusingRunner.class, CountedStatements.class})
abstract class RunbookScenario {
    /** Each test has a night of its own: the sandbox's world only lives forwards. */
    private static final AtomicLong NIGHT = new AtomicLong();

    private static final Instant FIRST_NIGHT = Instant.parse("2037-11-24T03:00:00Z");
    private static final Date NEVER = Date.from(Instant.parse("2999-01-01T00:00:00Z"));
    static final String GATEWAY = "mcp-gateway";

    static {
        // Before the program starts: a sandbox that was made on the day of the build would lie ahead of the first
        // nights. A program that starts after other tests is made on that day: all nights lie after it.
        ClockUtil.setCurrentTime(Date.from(FIRST_NIGHT));
    }

    @Autowired
    ProcessEngine engine;

    @Autowired
    Sandbox sandbox;

    @Autowired
    Incidents incidents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Deliveries delivery;

    @Autowired
    StopProcess stop;

    @Autowired
    Declarations declarations;

    /** What comes in between, wherever the engine could be ended: before each job, and at each rest. */
    Runnable between = () -> {};

    private Instant fired;
    private int written;
    private IncidentNumber number;

    @BeforeEach
    void begin() {
        init(engine);
        ClockUtil.setCurrentTime(Date.from(FIRST_NIGHT.plus(Duration.ofDays(NIGHT.incrementAndGet()))));
        keepsTheCalendarShut();
        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        somebodyRestartsWith(2);
        passesUnseen(Duration.ofMinutes(10));
        written = sandbox.writes().size();
        fired = ClockUtil.getCurrentTime().toInstant();
    }

    @AfterEach
    void end() {
        sandbox.play(Scenario.HEALTHY_AGAIN, "");
        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(root -> engine.getRuntimeService().deleteProcessInstance(root.getId(), "end of the test"));
        engine.getTaskService().createTaskQuery().list().forEach(task -> engine.getTaskService()
                .deleteTask(task.getId(), true));
        ClockUtil.reset();
    }

    @AfterAll
    static void ran(TestInfo test) {
        test.getTestClass().ifPresent(PassedElements::ran);
    }

    /** The nights of the tests have Sundays too, and no maintenance. */
    void keepsTheCalendarShut() {
        engine.getManagementService()
                .createJobQuery()
                .processDefinitionKey("begin-maintenance")
                .timers()
                .list()
                .forEach(timer -> engine.getManagementService().setJobDuedate(timer.getId(), NEVER));
    }

    /** A test that lasted for days leaves the nights that it used to nobody else. */
    static void nightsWentBy(int nights) {
        NIGHT.addAndGet(nights);
    }

    /** Somebody with kubectl is at work: fresh pods, so many of them. */
    void somebodyRestartsWith(int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode spec = body.putObject("spec").put("replicas", replicas).put("paused", false);
        spec.putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put("kubectl.kubernetes.io/restartedAt", now().toString());
        sandbox.patch(new Target("Deployment", Sandbox.NAMESPACE, GATEWAY), body);
    }

    /** Somebody with kubectl makes a deployment that is like mcp-config. */
    Target makes(String namespace, String name, int replicas) {
        String config = sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, Sandbox.NAMESPACE, "mcp-config")
                .orElseThrow()
                .toString()
                .replace("mcp-config", name)
                .replace("a1/" + name, "a1/mcp-config");
        ObjectNode deployment = (ObjectNode) json(config);
        deployment.remove("status");
        deployment.withObject("/metadata").removeAll();
        deployment.withObject("/metadata").put("name", name).put("namespace", namespace);
        deployment.withObject("/spec").put("replicas", replicas);
        sandbox.create(deployment);
        passesUnseen(Duration.ofSeconds(90));
        return new Target("Deployment", namespace, name);
    }

    /** What was deleted comes back as it was. */
    void createAnew(KubernetesObject deleted) {
        ObjectNode again = (ObjectNode) json(deleted.toString());
        again.remove("status");
        again.withObject("/metadata").retain("name", "namespace", "labels");
        sandbox.create(again);
    }

    /** The service breaks and its alert arrives. */
    void breaks(Scenario scenario) {
        breaks(GATEWAY, scenario);
    }

    void breaks(String workload, Scenario scenario) {
        sandbox.play(scenario, workload);
        passesUnseen(Duration.ofMinutes(2));
        firesFor(workload);
    }

    void fires() {
        firesFor(GATEWAY);
    }

    void firesFor(String workload) {
        post("firing", "ServiceDown", workload);
    }

    void firesAs(String alert) {
        post("firing", alert, GATEWAY);
    }

    void firesFor(String alert, String workload) {
        post("firing", alert, workload);
    }

    /** An alert that is less bad. */
    void firesAs(String alert, String workload, String severity) {
        post("firing", alert, workload, severity);
    }

    /** One that opens nothing. */
    void informs(String alert, String workload) {
        deliver("firing", alert, workload, "info");
    }

    void resolves() {
        resolvesAs("ServiceDown");
    }

    void resolvesAs(String alert) {
        post("resolved", alert, GATEWAY);
    }

    void resolvesFor(String workload) {
        post("resolved", "ServiceDown", workload);
    }

    void resolvesFor(String alert, String workload) {
        post("resolved", alert, workload);
    }

    /** Somebody begins planned work, and its first task is there. */
    void plans(String procedure) {
        declarations.declare(
                Declaration.ofProcedure(procedure, Sandbox.NAMESPACE, "", "as every month"), "alice", Optional.empty());
        number = incidents.list(Incidents.Listed.ALL, null, 1).get(0).number();
        work();
    }

    /** The test lasts so long: the nights of those that follow come after it. */
    static void skipsNights(int nights) {
        NIGHT.addAndGet(nights);
    }

    /** It becomes this time of the next such day; the nights of the tests that follow come after it. */
    void becomes(DayOfWeek day, LocalTime time) {
        var next =
                now().atZone(ZoneOffset.UTC).with(TemporalAdjusters.next(day)).with(time);
        skipsNights(10);
        passesUnseen(Duration.between(now(), next.toInstant()));
        startsAnew();
    }

    private void post(String status, String alert, String workload) {
        post(status, alert, workload, "critical");
    }

    private void post(String status, String alert, String workload, String severity) {
        deliver(status, alert, workload, severity);
        number = incidents.list(Incidents.Listed.ALL, null, 1).get(0).number();
    }

    private void deliver(String status, String alert, String workload, String severity) {
        delivery.deliver(
                """
                {"version":"4","status":"%1$s","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"%1$s","labels":{"alertname":"%5$s","namespace":"%2$s","deployment":"%3$s",
                  "severity":"%6$s"},"annotations":{"summary":"%3$s is down"},"startsAt":"%4$s",
                  "endsAt":"0001-01-01T00:00:00Z","fingerprint":"%5$s-%3$s-%6$s"}]}"""
                        .formatted(status, Sandbox.NAMESPACE, workload, fired, alert, severity));
    }

    /** The alert begins anew: another episode. */
    void startsAnew() {
        fired = ClockUtil.getCurrentTime().toInstant();
    }

    /** Time passes, and what becomes due is done when it is due. */
    void passes(Duration time) {
        Instant until = ClockUtil.getCurrentTime().toInstant().plus(time);
        work();
        for (Instant next = nextDue(until); next != null; next = nextDue(until)) {
            ClockUtil.setCurrentTime(Date.from(next));
            work();
        }
        ClockUtil.setCurrentTime(Date.from(until));
        work();
    }

    /** Time passes until a model is at work, as a part or by itself, and no longer. */
    void passesUntil(String model) {
        Instant latest = now().plus(Duration.ofHours(1));
        while (engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processDefinitionKey(model)
                        .count()
                == 0) {
            assertThat(now()).as("%s is at work", model).isBefore(latest);
            passes(Duration.ofSeconds(5));
        }
    }

    /** Time passes while this program does nothing. */
    void passesUnseen(Duration time) {
        ClockUtil.setCurrentTime(
                Date.from(ClockUtil.getCurrentTime().toInstant().plus(time)));
    }

    private Instant nextDue(Instant until) {
        return engine.getManagementService().createJobQuery().withRetriesLeft().list().stream()
                .filter(RunbookScenario::ofProcess)
                .map(Job::getDuedate)
                .filter(due -> due != null && due.after(ClockUtil.getCurrentTime()))
                .map(Date::toInstant)
                .filter(due -> !due.isAfter(until))
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** As the configuration would make it: by SQL, since nobody else may put somebody into these groups. */
    void account(String id, String group) {
        jdbc.sql("delete from ACT_ID_MEMBERSHIP where USER_ID_ = :id")
                .param("id", id)
                .update();
        jdbc.sql("delete from ACT_ID_USER where ID_ = :id").param("id", id).update();
        jdbc.sql("insert into ACT_ID_USER (ID_, REV_) values (:id, 1)")
                .param("id", id)
                .update();
        jdbc.sql("insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values (:id, :group)")
                .param("id", id)
                .param("group", group)
                .update();
    }

    /** Does what is due, as the job executor would; a job that fails is tried again when its retry is due. */
    void work() {
        for (int rounds = 0; rounds < 200; rounds++) {
            List<Job> due = executable();
            if (due.isEmpty()) {
                between.run();
                return;
            }
            due.forEach(this::execute);
        }
        throw new AssertionError("the engine does not come to rest: " + executable());
    }

    /** Those of processes: the engine's clean-up of its history asks for itself again all night. */
    List<Job> executable() {
        return engine.getManagementService().createJobQuery().executable().list().stream()
                .filter(RunbookScenario::ofProcess)
                .toList();
    }

    private static boolean ofProcess(Job job) {
        return job.getProcessDefinitionId() != null;
    }

    void execute(Job job) {
        boolean gone = engine.getManagementService()
                        .createJobQuery()
                        .jobId(job.getId())
                        .count()
                == 0;
        if (gone) {
            return;
        }
        between.run();
        try {
            engine.getManagementService().executeJob(job.getId());
        } catch (RuntimeException failed) {
            assertThat(failed).as("only steps fail").hasStackTraceContaining("StepDelegate");
        }
    }

    /** It was looked whether it has a cause in common with others; its target is looked for next. */
    void standsAlone() {
        for (int rounds = 0; rounds < 20 && looksForTarget() == 0; rounds++) {
            executable().forEach(this::execute);
        }
        assertThat(looksForTarget()).as("the look for its target").isEqualTo(1);
    }

    private long looksForTarget() {
        return engine.getManagementService()
                .createJobQuery()
                .activityId("serviceTask_findTarget")
                .count();
    }

    Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    /** What the test is about from now on, where no alert began it. */
    void isAbout(IncidentNumber work) {
        number = work;
    }

    Incident incident() {
        return incidents.get(number);
    }

    /** What was really changed in the cluster during this test, oldest first. */
    List<String> changes() {
        return sandbox.writes().stream()
                .skip(written)
                .map(write -> write.operation() + " " + write.target())
                .toList();
    }

    Task task(String name) {
        List<Task> open = tasks(name);
        assertThat(open).as("open tasks named '%s' among %s", name, taskNames()).hasSize(1);
        return open.get(0);
    }

    List<Task> tasks(String name) {
        return engine.getTaskService().createTaskQuery().taskName(name).list();
    }

    List<String> taskNames() {
        return engine.getTaskService().createTaskQuery().orderByTaskName().asc().list().stream()
                .map(Task::getName)
                .toList();
    }

    void claims(String person, String task) {
        engine.getTaskService().claim(task(task).getId(), person);
    }

    void givesBack(String task) {
        engine.getTaskService().setAssignee(task(task).getId(), null);
    }

    /** Answers the proposal that is open, and what follows from it is done. */
    void decides(String person, String decision) {
        answers(person, decision);
        work();
    }

    /** Answers the proposal that is open; nothing follows yet. */
    void answers(String person, String decision) {
        answers(person, "Decide on remedy", Map.of("decision", decision, "decisionNote", ""));
    }

    void ends(String person, String endedAs) {
        answers(person, "Respond to incident", Map.of("action", endedAs, "reason", "seen on the dashboard"));
        work();
    }

    void answers(String person, String task, Map<String, Object> answer) {
        Task open = task(task);
        String id = open.getId();
        engine.getIdentityService().setAuthentication(person, List.of("l1"));
        try {
            if (open.getAssignee() == null) {
                engine.getTaskService().claim(id, person);
            }
            engine.getTaskService().complete(id, new HashMap<>(answer));
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    /** Nothing is changed any more, for any incident. */
    void stops(String person, String reason) {
        as(person, () -> assertThat(stop.set(reason)).isPresent());
    }

    void lifts(String person) {
        as(person, () -> assertThat(stop.lift(person, "it is over")).isPresent());
    }

    void as(String person, Runnable work) {
        engine.getIdentityService().setAuthentication(person, List.of("l1", "l3"));
        try {
            work.run();
        } finally {
            engine.getIdentityService().clearAuthentication();
        }
    }

    /** The kinds of what is on the record, in order, without the looks. */
    List<String> record() {
        return jdbc.sql("select kind from evidence where incident = :incident and kind <> 'STEP_LOOKED' order by id")
                .param("incident", number.value())
                .query(String.class)
                .list();
    }

    List<String> told(String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", number.value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    /** What is on the record of such entries besides their sentence. */
    List<JsonNode> details(String kind) {
        return jdbc
                .sql("select details from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", number.value())
                .param("kind", kind)
                .query(String.class)
                .list()
                .stream()
                .map(RunbookScenario::json)
                .toList();
    }

    /** The cause that was named last. */
    String cause() {
        List<String> causes = details("NOTE").stream()
                .map(note -> note.path("cause").asText())
                .filter(cause -> !cause.isEmpty())
                .toList();
        assertThat(causes).as("causes on the record").isNotEmpty();
        return causes.get(causes.size() - 1);
    }

    static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
