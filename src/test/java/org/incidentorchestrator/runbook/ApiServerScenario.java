package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.cluster.AuditLog;
import org.incidentorchestrator.cluster.AuditLog.Write;
import org.incidentorchestrator.cluster.Deployed;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.intake.Deliveries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The whole program, its job executor included, on a real API server: nobody but the cluster says what was changed. Each
 * test has a workload of its own, in a namespace of the class's own. The program has the accounts of {@code src/deploy} there,
 * with their rights and policies and nothing else.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "Service Down on a real API server; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster"
                        + " whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
@SpringBootTest(
        webEnvironment = WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:api-server-${random.uuid};DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "data.folder=${test.data:./target/test-data}/api-server",
            "wait.rollout-poll=1s",
            "wait.recovery-poll=1s",
            "wait.hold-poll=1s",
            "recovery.hold=2s",
        })
@Import(Deliveries.class)
@DirtiesContext
abstract class ApiServerScenario {
    static TestNamespace cluster;

    private static Instant begin;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identities;

    @Autowired
    JobExecutor executor;

    @Autowired
    Incidents incidents;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Deliveries delivery;

    @Autowired
    Clock clock;

    @Autowired
    Declarations declarations;

    private String workload;
    private String alert;
    private String fired;
    private IncidentNumber number;

    @DynamicPropertySource
    static void cluster(DynamicPropertyRegistry settings) {
        TestNamespace own = opened();
        Path kubeconfig = Deployed.on(System.getenv("TEST_KUBECONFIG"))
                .ours(own.name())
                .lookedAt(own.name())
                .argoCd(own.name())
                .kubeconfig(Path.of(System.getProperty("test.data", "target/test-data"), "accounts", own.name()));
        settings.add("cluster.kubeconfig", kubeconfig::toString);
        Deployed.contexts().forEach(name -> settings.add("cluster.contexts." + name, () -> name));
        settings.add("cluster.namespaces", own::name);
        settings.add("look.namespaces", own::name);
        settings.add("argocd.namespace", own::name);
        begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Made by whoever asks first: the settings of a test itself may be asked for before those of all. */
    static TestNamespace opened() {
        if (cluster == null) {
            cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
        }
        return cluster;
    }

    @AfterAll
    static void close() {
        if (cluster == null) {
            return;
        }
        String namespace = cluster.name();
        cluster.close();
        cluster = null;
        AuditLog.named().ifPresent(log -> assertThat(log.calls(begin, Deployed.USERS))
                .as("what was refused for want of a right")
                .filteredOn(call ->
                        call.namespace().equals(namespace) || call.namespace().isEmpty())
                .allMatch(AuditLog.Call::allowed));
    }

    /** Its alert arrives. */
    final void fires(String name) {
        fires(name, "ServiceDown");
    }

    final void fires(String name, String alertName) {
        workload = name;
        alert = alertName;
        fired = clock.instant().toString();
        post("firing");
        number = incidents.list(Incidents.Listed.ALL, null, 1).get(0).number();
        assertThat(incidents.get(number).key().workload()).isEqualTo(name);
    }

    /** It is played that it is down. */
    final void plays(String name) {
        workload = name;
        Declared declared = declarations.declare(
                new Declaration("incident", cluster.name(), name, "critical", "a game day", "service-down", true),
                "alice",
                Optional.empty());
        assertThat(declared).isInstanceOf(Declared.Opened.class);
        number = ((Declared.Opened) declared).incident().number();
    }

    /** Planned work; what is changed is looked for under this name. */
    final void isAbout(Incident work, String changed) {
        number = work.number();
        workload = changed;
    }

    /** Somebody begins planned work about the namespace. */
    final void plans(String procedure, String name) {
        workload = name;
        declarations.declare(
                Declaration.ofProcedure(procedure, cluster.name(), "", "as every month"), "alice", Optional.empty());
        number = incidents.list(Incidents.Listed.ALL, null, 1).get(0).number();
    }

    final void resolves() {
        post("resolved");
    }

    private void post(String status) {
        delivery.deliver(
                """
                {"version":"4","status":"%1$s","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[{
                  "status":"%1$s","labels":{"alertname":"%5$s","namespace":"%2$s","deployment":"%3$s",
                  "severity":"critical"},"annotations":{"summary":"down"},"startsAt":"%4$s",
                  "endsAt":"0001-01-01T00:00:00Z","fingerprint":"%3$s"}]}"""
                        .formatted(status, cluster.name(), workload, fired, alert));
    }

    /** Waits for the next proposal, which is about this, and answers it. */
    final void decides(String proposed, String decision) {
        Task task = await("a proposal to " + proposed, () -> decision(proposed));
        identities.setAuthentication("alice", List.of("l1"));
        try {
            if (task.getAssignee() == null) {
                tasks.claim(task.getId(), "alice");
            }
            tasks.complete(task.getId(), new HashMap<>(Map.of("decision", decision, "decisionNote", "")));
        } finally {
            identities.clearAuthentication();
        }
    }

    private Task decision(String proposed) {
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(number.toString())
                .taskName(incident().stamp() + "Decide on remedy")
                .singleResult();
        boolean asked = task != null
                && told("STEP_PROPOSED").stream().reduce((a, b) -> b).stream()
                        .anyMatch(last -> last.contains(proposed));
        return asked ? task : null;
    }

    final Incident incident() {
        return incidents.get(number);
    }

    final Incident closed() {
        return await("the closing of " + number, () -> incident().open() ? null : incident());
    }

    /** What is on the record of the incident, of one kind, oldest first. */
    final List<String> told(String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", number.value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    final void awaitTold(String kind, String words) {
        await(kind + " about " + words, () -> told(kind).stream().anyMatch(told -> told.contains(words)) ? kind : null);
    }

    /** How the changes ended that were intended. */
    final List<String> ledger() {
        return jdbc.sql("select state from step_ledger where effect is not null and incident = :incident order by id")
                .param("incident", number.value())
                .query(String.class)
                .list();
    }

    /** Neither more nor less than these changes of the workload or its pods: by the audit log, where there is one. */
    final void assertChanged(String... changes) {
        assertThat(ledger()).hasSize(changes.length).containsOnly("APPLIED");
        audited(writes -> assertThat(writes)
                .filteredOn(Write::effective)
                .extracting(Write::what)
                .containsExactly(changes));
    }

    /** Not even a request was sent that would have changed something; dry runs were, one for each proposal at least. */
    final void assertNothingSent() {
        assertThat(ledger()).doesNotContain("INTENT", "APPLIED", "APPLIED_RECOVERED", "UNKNOWN");
        audited(writes -> assertThat(writes)
                .hasSizeGreaterThanOrEqualTo(told("STEP_PROPOSED").size())
                .allMatch(Write::rehearsed));
    }

    /** Waits for a task of the incident, and answers it. */
    final void answers(String person, String task, Map<String, Object> answer) {
        Task open = await("the task " + task, () -> tasks.createTaskQuery()
                .processInstanceBusinessKey(number.toString())
                .taskName(task)
                .singleResult());
        if (open.getAssignee() == null) {
            tasks.claim(open.getId(), person);
        }
        identities.setAuthentication(person, List.of(person, "l1"));
        try {
            tasks.complete(open.getId(), new HashMap<>(answer));
        } finally {
            identities.clearAuthentication();
        }
    }

    /** What the API server has on record of the workload and its pods; a line is written a moment after its answer. */
    final void audited(Consumer<List<Write>> wanted) {
        AuditLog.named().ifPresent(log -> Awaitility.await("the audit log")
                .untilAsserted(() -> wanted.accept(log.writes(cluster.name(), workload))));
    }

    static <T> T await(String what, Callable<T> found) {
        return await(what, Duration.ofMinutes(2), found);
    }

    static <T> T await(String what, Duration atMost, Callable<T> found) {
        return Awaitility.await(what).atMost(atMost).until(found, it -> it != null);
    }
}
