package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.API_UNREACHABLE;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;
import static org.incidentorchestrator.sandbox.Scenario.HEALTHY_AGAIN;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.approval.paging.Responders;
import org.incidentorchestrator.approval.paging.ResponseRefused;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** What is wrong with many services at once is one incident, and the others wait on it: never silently, never for good. */
@TestPropertySource(
        properties = {
            "common-cause.services=3",
            "spring.datasource.url=jdbc:h2:mem:common-cause;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class CommonCauseProcessTest extends RunbookScenario {
    private static final Duration LONGEST = Duration.ofMinutes(30);

    @Autowired
    private CommonCauses causes;

    @Autowired
    private Responders responders;

    @AfterEach
    void everyNodeIsWell() {
        IntStream.rangeClosed(1, 3).forEach(n -> node("node-" + n, "True", "False"));
    }

    @Test
    void fifty_services_on_a_node_that_is_not_ready_are_one_incident_with_one_page_and_each_waits_on_the_record() {
        List<String> services =
                IntStream.rangeClosed(1, 50).mapToObj(n -> "service-" + n).toList();
        services.forEach(service -> deploys(service, "node-1"));
        passesUnseen(Duration.ofMinutes(2));
        startsAnew();
        node("node-1", "Unknown", "False");

        fireAtOnce(services);
        work();

        Incident parent = parent("nodeNotReady/node-1");
        List<Incident> children = causes.children(parent.number(), 100);
        assertThat(children).hasSize(50).allMatch(child -> child.waits(now()));
        assertThat(pagedSince(startOfTest())).containsExactly(parent.number().toString());
        assertThat(parent.severity()).isEqualTo(Severity.CRITICAL);
        for (Incident child : children) {
            assertThat(told(child, "HELD"))
                    .last()
                    .asString()
                    .startsWith("waits on %s: node node-1 is NotReady; ".formatted(parent.number()));
            assertThat(toRespond(child).getDescription())
                    .startsWith("Waits on %s (node node-1 is NotReady) until ".formatted(parent.number()));
        }
        assertThat(opened()).hasSize(51);
        passes(Duration.ofMinutes(1));
        assertThat(toRespond(parent).getDescription())
                .startsWith("50 wait on it: ")
                .contains(children.get(0).number() + " service-1, ")
                .contains(", …");
        passes(Duration.ofMinutes(20));
        assertThat(pagedSince(startOfTest()).stream().distinct())
                .containsExactly(parent.number().toString());
        services.forEach(service -> sandbox.delete(new Target("Deployment", Sandbox.NAMESPACE, service)));
    }

    @Test
    void one_that_stands_alone_is_paged_at_once_and_waits_from_when_its_node_is_seen_not_ready() {
        node(nodeOf(GATEWAY), "False", "False");
        breaks(NEVER_HEALTHY);
        assertThat(told("PAGED")).hasSize(1);

        work();

        Incident parent = parent("nodeNotReady/" + nodeOf(GATEWAY));
        assertThat(incident().parent()).isEqualTo(parent.number());
        assertThat(told(parent, "PAGED")).hasSize(1);
        passes(Duration.ofMinutes(29));
        assertThat(told("PAGED")).as("its ladder is held").hasSize(1);
        assertThat(told(parent, "PAGED")).as("that of the cause is not").hasSize(2);
        assertThat(changes()).isEmpty();
        assertThat(taskNames()).containsOnly("Respond to incident");
    }

    @Test
    void a_node_that_none_of_its_pods_is_on_is_no_cause_of_its_trouble() {
        String free = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> "node-" + n)
                .filter(node -> !nodesOf(GATEWAY).contains(node))
                .findFirst()
                .orElseThrow();
        node(free, "False", "True");
        breaks(NEVER_HEALTHY);

        work();

        assertThat(incident().parent()).isNull();
        assertThat(taskNames()).contains("Decide on remedy");
    }

    @Test
    void pressure_on_its_node_is_a_common_cause_too() {
        String node = nodeOf(GATEWAY);
        node(node, "True", "True");
        breaks(NEVER_HEALTHY);

        work();

        assertThat(incident().parent()).isEqualTo(parent("nodePressure/" + node).number());
        node(node, "True", "False");
        passes(Duration.ofMinutes(2));
        assertThat(incidents.get(incident().parent()).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void an_api_server_that_does_not_answer_is_one_incident_and_no_failed_step_in_each() {
        breaks(NEVER_HEALTHY);
        sandbox.play(API_UNREACHABLE, "");

        passes(Duration.ofMinutes(1));

        Incident parent = parent("apiServer/cluster");
        assertThat(incident().waits(now())).isTrue();
        assertThat(record()).doesNotContain("STEP_FAILED", "PERSON_NEEDED");
        passes(Duration.ofMinutes(10));
        assertThat(told(parent, "STEP_FAILED")).isEmpty();
        assertThat(told(parent, "NOTE"))
                .anyMatch(note -> note.startsWith("cause apiServer: The API server does not answer"));

        sandbox.play(HEALTHY_AGAIN, "");
        sandbox.play(NEVER_HEALTHY, GATEWAY);
        passes(Duration.ofMinutes(2));

        assertThat(incidents.get(parent.number()).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(incident().waits(now())).isFalse();
        assertThat(taskNames()).contains("Decide on remedy");
    }

    @Test
    void an_alert_that_is_resolved_while_the_api_server_is_silent_closes_once_the_service_is_seen_well() {
        breaks(CRASH_UNTIL_RESTARTED);
        sandbox.play(API_UNREACHABLE, "");
        work();

        resolves();
        sandbox.play(HEALTHY_AGAIN, "");
        passes(Duration.ofMinutes(5));

        assertThat(incident().outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(changes()).isEmpty();
    }

    @Test
    void an_api_server_that_answers_at_the_second_try_is_no_cause() {
        breaks(NEVER_HEALTHY);
        sandbox.play(API_UNREACHABLE, "");
        work();
        sandbox.play(HEALTHY_AGAIN, "");
        sandbox.play(NEVER_HEALTHY, GATEWAY);

        passes(Duration.ofSeconds(30));

        assertThat(incident().parent()).isNull();
        assertThat(taskNames()).contains("Decide on remedy");
    }

    @Test
    void the_third_service_within_five_minutes_waits_with_those_that_follow_on_one_incident() {
        breaks("mcp-config", NEVER_HEALTHY);
        breaks("mcp-tracehub", NEVER_HEALTHY);
        work();
        firesFor(GATEWAY);
        assertThat(told("PAGED")).as("it is looked first").isEmpty();

        work();

        Incident parent = parent("severalServices/cluster");
        assertThat(causes.children(parent.number(), 9))
                .extracting(Incident::number)
                .containsExactly(incident().number());
        assertThat(told("PAGED")).isEmpty();
        firesFor("mcp-policy-proxy");
        work();
        assertThat(causes.children(parent.number(), 9)).hasSize(2);
        assertThat(pagedSince(startOfTest())).hasSize(3);
    }

    @Test
    void several_services_that_are_well_again_end_their_common_incident() {
        breaks("mcp-config", NEVER_HEALTHY);
        breaks("mcp-tracehub", NEVER_HEALTHY);
        sandbox.play(HEALTHY_AGAIN, GATEWAY);
        firesFor(GATEWAY);
        work();
        Incident parent = parent("severalServices/cluster");
        Incident child = incident();

        resolves();
        passes(Duration.ofMinutes(3));

        assertThat(incidents.get(child.number()).outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(incidents.get(parent.number()).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
    }

    @Test
    void two_services_or_a_third_after_more_than_five_minutes_are_no_common_trouble() {
        breaks("mcp-config", NEVER_HEALTHY);
        work();
        passes(Duration.ofMinutes(4));
        breaks("mcp-tracehub", NEVER_HEALTHY);
        firesFor(GATEWAY);

        assertThat(told("PAGED")).hasSize(1);
        work();
        assertThat(incident().parent()).isNull();
    }

    @Test
    void whoever_is_resolved_while_waiting_ends_with_the_verification_and_the_cause_goes_on() {
        breaks(CRASH_UNTIL_RESTARTED);
        node(nodeOf(GATEWAY), "False", "False");
        work();
        Incident child = incident();
        sandbox.play(HEALTHY_AGAIN, GATEWAY);

        resolves();
        passes(Duration.ofMinutes(3));

        assertThat(incidents.get(child.number()).outcome()).isEqualTo(Outcome.RESOLVED_MEANWHILE);
        assertThat(told(child, "RUNBOOK_STARTED")).isEmpty();
        assertThat(incidents.get(child.parent()).open()).isTrue();
    }

    @Test
    void a_node_that_is_ready_for_two_looks_ends_its_incident_and_what_waited_goes_on_and_pages() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();
        Incident parent = incidents.get(incident().parent());
        passes(Duration.ofMinutes(10));

        node(nodeOf(GATEWAY), "True", "False");
        passes(Duration.ofSeconds(45));
        assertThat(incidents.get(parent.number()).open())
                .as("one look is not enough")
                .isTrue();
        passes(Duration.ofSeconds(45));

        assertThat(incidents.get(parent.number()).outcome()).isEqualTo(Outcome.RESOLVED_BY_RUNBOOK);
        assertThat(told("NOTE")).contains(parent.number() + " is closed: it is looked again what is wrong");
        assertThat(told("PAGED")).hasSize(2);
        assertThat(taskNames()).contains("Decide on remedy");
    }

    @Test
    void a_person_who_works_on_it_anyway_starts_its_runbook_and_its_paging_at_once() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();
        passes(Duration.ofMinutes(5));

        as("alice", () -> responders.workAnyway(incident().number(), "alice", "it has a second pod elsewhere"));
        work();

        assertThat(told("NOTE")).anyMatch(note -> note.startsWith("alice lets it wait no longer on "));
        assertThat(told("PAGED")).hasSize(2);
        assertThat(taskNames()).contains("Decide on remedy");
        assertThatThrownBy(() -> responders.workAnyway(incident().number(), "alice", "again"))
                .isInstanceOf(ResponseRefused.class)
                .hasMessageContaining("waits on no other incident");
    }

    @Test
    void the_task_of_one_that_waits_has_the_same_answer() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();

        answers("alice", toRespond(incident()), Map.of("action", "workAnyway", "reason", "mine"));
        work();

        assertThat(incident().waits(now())).isFalse();
        assertThat(taskNames()).contains("Decide on remedy");
        assertThat(told("PAGED")).as("alice has it").hasSize(1);
    }

    @Test
    void after_its_longest_wait_its_own_runbook_goes_on_and_people_are_paged_to_the_second() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();

        passes(LONGEST.minusSeconds(1));
        assertThat(told("PAGED")).hasSize(1);
        assertThat(taskNames()).doesNotContain("Decide on remedy");

        passes(Duration.ofSeconds(1));
        assertThat(told("PAGED")).hasSize(2);
        assertThat(taskNames()).contains("Decide on remedy");
        assertThat(incidents.get(incident().parent()).open()).isTrue();
        passes(Duration.ofMinutes(15));
        assertThat(told("PAGED")).hasSize(3);
    }

    @Test
    void a_cause_that_a_person_has_ended_is_not_opened_again_for_who_waited_on_it() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();
        Incident parent = incidents.get(incident().parent());

        answers("alice", toRespond(parent), Map.of("action", "notAnIncident", "reason", "it is being replaced"));
        work();

        assertThat(incidents.get(parent.number()).outcome()).isEqualTo(Outcome.NOT_AN_INCIDENT);
        assertThat(opened()).hasSize(2);
        assertThat(told("NOTE")).anyMatch(note -> note.contains("it has waited for that: its own runbook goes on"));
        assertThat(told("PAGED")).hasSize(2);
        assertThat(taskNames()).contains("Decide on remedy");
    }

    @Test
    void a_cause_whose_process_is_deleted_lets_go_of_who_waited_on_it() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();
        Incident parent = incidents.get(incident().parent());

        engine.getRuntimeService()
                .createProcessInstanceQuery()
                .rootProcessInstances()
                .processInstanceBusinessKey(parent.number().toString())
                .list()
                .forEach(root -> engine.getRuntimeService().deleteProcessInstance(root.getId(), "by hand"));
        work();

        assertThat(incidents.get(parent.number()).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(taskNames()).contains("Decide on remedy");
        assertThat(told("PAGED")).hasSize(2);
    }

    @Test
    void a_run_that_is_aborted_while_it_waits_runs_nothing_and_stays_with_people() {
        breaks(NEVER_HEALTHY);
        node(nodeOf(GATEWAY), "False", "False");
        work();

        answers("alice", toRespond(incident()), Map.of("action", "abort", "reason", "hands off"));
        work();

        assertThat(incident().open()).isTrue();
        assertThat(incident().acknowledgedBy()).isEqualTo("alice");
        assertThat(changes()).isEmpty();
    }

    @Test
    void the_cause_is_as_bad_as_the_worst_that_waits_on_it() {
        node(nodeOf(GATEWAY), "False", "False");
        firesAs("ServiceDown", GATEWAY, "warning");
        work();
        Incident parent = incidents.get(incident().parent());
        assertThat(parent.severity()).isEqualTo(Severity.WARNING);

        firesAs("HighErrorRate", GATEWAY, "critical");
        work();

        assertThat(incident().parent()).isEqualTo(parent.number());
        assertThat(incidents.get(parent.number()).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void what_is_no_single_services_goes_on_whatever_its_node_does() {
        node(nodeOf(GATEWAY), "False", "False");
        firesAs("SuspectedBreach");
        work();
        assertThat(incident().parent()).isNull();

        firesAs("NobodyKnowsIt");
        work();
        assertThat(incident().parent()).isNull();
        assertThat(opened()).hasSize(2);
    }

    @Test
    void what_is_kept_for_a_look_that_finds_nothing_is_paged_with_it() {
        node(nodeOf(GATEWAY), "False", "False");
        breaks(NEVER_HEALTHY);
        work();
        assertThat(incident().parent()).isNotNull();

        firesAs("FalcoRuleFired");
        assertThat(told("PAGED")).isEmpty();
        work();

        assertThat(incident().parent()).isNull();
        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
    }

    @Test
    void while_we_do_nothing_people_are_paged_in_time_for_one_that_is_kept_for_a_look() {
        node(nodeOf(GATEWAY), "False", "False");
        breaks(NEVER_HEALTHY);
        work();
        firesFor("mcp-config");
        assertThat(told("PAGED")).isEmpty();

        passesUnseen(Duration.ofMinutes(1));
        dueTimers().forEach(this::execute);

        assertThat(told("PAGED")).containsExactly("paged L1 Platform Engineer");
    }

    @Test
    void two_that_find_the_same_cause_at_the_same_time_meet_one_incident_with_one_page() throws Exception {
        sandbox.play(API_UNREACHABLE, "");
        firesFor(GATEWAY);
        firesFor("mcp-config");
        for (int round = 0; round < 20 && joins().size() < 2; round++) {
            executable().stream()
                    .filter(job ->
                            joins().stream().noneMatch(join -> join.getId().equals(job.getId())))
                    .forEach(this::execute);
            passesUnseen(Duration.ofSeconds(5));
        }

        atOnce(joins());
        work();

        Incident parent = parent("apiServer/cluster");
        assertThat(opened()).hasSize(3);
        assertThat(causes.children(parent.number(), 9)).hasSize(2).allMatch(child -> child.waits(now()));
        assertThat(told(parent, "PAGED")).hasSize(1);
    }

    private void atOnce(List<Job> jobs) throws Exception {
        assertThat(jobs).hasSize(2);
        var start = new CyclicBarrier(jobs.size());
        ExecutorService threads = Executors.newFixedThreadPool(jobs.size());
        try {
            List<Future<?>> done = jobs.stream()
                    .<Future<?>>map(job -> threads.submit(() -> {
                        start.await(10, TimeUnit.SECONDS);
                        engine.getManagementService().executeJob(job.getId());
                        return null;
                    }))
                    .toList();
            for (Future<?> each : done) {
                each.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Job> joins() {
        return engine.getManagementService()
                .createJobQuery()
                .activityId("serviceTask_joinItsIncident")
                .list();
    }

    private List<Job> dueTimers() {
        return engine.getManagementService()
                .createJobQuery()
                .executable()
                .timers()
                .list();
    }

    private Instant startOfTest() {
        return now().minus(Duration.ofHours(2));
    }

    private void node(String name, String ready, String pressed) {
        sandbox.report(
                new Target("Node", "", name),
                tree(
                        """
                        {"conditions": [
                          {"type": "MemoryPressure", "status": "%s", "reason": "Test"},
                          {"type": "Ready", "status": "%s", "reason": "Test", "message": "as the test says"}]}"""
                                .formatted(pressed, ready)));
    }

    private void deploys(String name, String node) {
        sandbox.create(tree(
                """
                        {"apiVersion": "apps/v1", "kind": "Deployment",
                         "metadata": {"name": "%1$s", "namespace": "%2$s", "labels": {"app": "%1$s"}},
                         "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "%1$s"}},
                           "template": {"metadata": {"labels": {"app": "%1$s"}},
                             "spec": {"nodeSelector": {"kubernetes.io/hostname": "%3$s"},
                               "containers": [{"name": "main", "image": "a1/%1$s:1",
                                 "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}}}]}}}}"""
                        .formatted(name, Sandbox.NAMESPACE, node)));
    }

    private void fireAtOnce(List<String> services) {
        delivery.deliver(
                """
                {"version":"4","status":"firing","groupKey":"g","receiver":"r","truncatedAlerts":0,"alerts":[%s]}"""
                        .formatted(services.stream()
                                .map(service ->
                                        """
                                        {"status":"firing","labels":{"alertname":"ServiceDown","namespace":"%2$s",
                                         "deployment":"%1$s","severity":"critical"},"annotations":{"summary":"%1$s is down"},
                                         "startsAt":"%3$s","endsAt":"0001-01-01T00:00:00Z","fingerprint":"storm-%1$s-%3$s"}"""
                                                .formatted(service, Sandbox.NAMESPACE, now()))
                                .collect(Collectors.joining(","))));
    }

    private List<String> nodesOf(String workload) {
        return sandbox.reader().list(ResourceType.PODS, Query.in(Sandbox.NAMESPACE)).stream()
                .filter(pod -> pod.name().startsWith(workload + "-"))
                .map(pod -> pod.text("/spec/nodeName", ""))
                .distinct()
                .sorted()
                .toList();
    }

    private String nodeOf(String workload) {
        return nodesOf(workload).get(0);
    }

    private Incident parent(String cause) {
        Optional<Incident> open = opened().stream()
                .filter(Incident::isCommonCause)
                .filter(each -> each.key().workload().equals(cause))
                .findFirst();
        assertThat(open).as("an open incident of " + cause).isPresent();
        return open.get();
    }

    /** In this test. */
    private List<Incident> opened() {
        return incidents.list(Incidents.Listed.ALL, null, 100).stream()
                .filter(each -> each.openedAt().isAfter(startOfTest()))
                .toList();
    }

    private List<String> pagedSince(Instant start) {
        return jdbc.sql("select incident from evidence where kind = 'PAGED' and at > :start order by id")
                .param("start", Incidents.utc(start))
                .query((row, ignored) -> new IncidentNumber(row.getLong("incident")).toString())
                .list();
    }

    private List<String> told(Incident incident, String kind) {
        return jdbc.sql("select summary from evidence where incident = :incident and kind = :kind order by id")
                .param("incident", incident.number().value())
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    private Task toRespond(Incident incident) {
        return engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(incident.number().toString())
                .taskName("Respond to incident")
                .singleResult();
    }

    private void answers(String person, Task task, Map<String, Object> answer) {
        as(person, () -> {
            engine.getTaskService().claim(task.getId(), person);
            engine.getTaskService().complete(task.getId(), new java.util.HashMap<>(answer));
        });
    }

    private static JsonNode tree(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
