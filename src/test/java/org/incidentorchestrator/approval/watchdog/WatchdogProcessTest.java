package org.incidentorchestrator.approval.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.incidentorchestrator.approval.watchdog.Finding.Kind;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.PersonNotNeeded;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds: what is confirmed, who is told of it and how often, and what outside hears. */
class WatchdogProcessTest {
    private static final Finding OUTBOX = new Finding(Kind.OUTBOX, "", "Messages are not sent.");

    private static WatchdogRig rig;
    private final List<Finding> findings = new ArrayList<>();
    private final Check check = now -> List.copyOf(findings);

    @BeforeAll
    static void build() {
        rig = new WatchdogRig();
    }

    @AfterAll
    static void close() {
        rig.close();
    }

    @BeforeEach
    void reset() {
        rig.reset();
    }

    private void rounds(Watchdog watchdog, int count) {
        for (int round = 0; round < count; round++) {
            rig.clock.pass(Duration.ofSeconds(15));
            watchdog.round();
        }
    }

    @Test
    void what_is_wrong_for_one_round_only_pages_nobody() {
        Watchdog watchdog = rig.watchdog(check);
        rounds(watchdog, 1);
        rig.events.clear();
        findings.add(OUTBOX);
        rounds(watchdog, 1);
        findings.clear();
        rounds(watchdog, 1);

        assertThat(rig.events).isEmpty();
        assertThat(watchdog.last().confirmed()).isEmpty();
    }

    @Test
    void what_is_wrong_in_two_rounds_makes_one_task_that_is_closed_when_it_has_mended() {
        Watchdog watchdog = rig.watchdog(check);
        findings.add(OUTBOX);
        rounds(watchdog, 20);

        assertThat(rig.taskNames()).singleElement().asString().startsWith("Messages are not sent. People are not told");
        assertThat(rig.events).filteredOn(PersonNeeded.class::isInstance).hasSize(1);
        assertThat(watchdog.last().confirmed()).containsExactly(OUTBOX);

        findings.clear();
        rounds(watchdog, 2);

        assertThat(rig.taskNames()).isEmpty();
        assertThat(rig.events).last().isInstanceOfSatisfying(PersonNotNeeded.class, settled -> assertThat(
                        settled.subject())
                .isEqualTo("watchdog/outbox"));
    }

    @Test
    void what_stays_wrong_is_told_again_after_half_an_hour_also_when_somebody_has_closed_its_task() {
        Watchdog watchdog = rig.watchdog(check);
        findings.add(OUTBOX);
        rounds(watchdog, 2);
        rig.engine
                .getTaskService()
                .complete(rig.engine
                        .getTaskService()
                        .createTaskQuery()
                        .singleResult()
                        .getId());
        rounds(watchdog, 119);
        assertThat(rig.taskNames()).isEmpty();

        rounds(watchdog, 1);

        assertThat(rig.taskNames()).hasSize(1);
    }

    @Test
    void what_was_told_before_a_restart_is_taken_back_after_it() {
        findings.add(OUTBOX);
        rounds(rig.watchdog(check), 2);
        assertThat(rig.taskNames()).hasSize(1);
        findings.clear();

        rounds(rig.watchdog(check), 1);

        assertThat(rig.taskNames()).isEmpty();
    }

    @Test
    void an_incident_whose_timer_an_administrator_has_deleted_is_paged_in_each_round_until_somebody_has_it() {
        IncidentNumber number = rig.opened();
        rig.deletesTimer();
        Watchdog watchdog = rig.watchdog(rig.ladders());

        rounds(watchdog, 3);
        assertThat(rig.paged).containsExactly(number, number);
        assertThat(rig.taskNames()).singleElement().asString().startsWith("INC-1: INC-1 is open, nobody has it");

        rig.incidents.acknowledge(number, "alice", rig.clock.instant());
        rounds(watchdog, 3);
        assertThat(rig.paged).hasSize(2);
        assertThat(rig.taskNames()).isEmpty();
    }

    @Test
    void two_programs_that_find_the_same_make_one_task() {
        Watchdog one = rig.watchdog(check);
        Watchdog other = rig.watchdog(check);
        findings.add(OUTBOX);

        rounds(one, 2);
        rounds(other, 2);

        assertThat(rig.taskNames()).hasSize(1);
    }

    @Test
    void an_incident_that_was_just_opened_is_not_paged_by_the_watchdog() {
        Watchdog watchdog = rig.watchdog(rig.ladders(), rig.outbox(), rig.failedJobs());
        rig.opened();
        rounds(watchdog, 10);

        assertThat(rig.paged).isEmpty();
        assertThat(rig.taskNames()).isEmpty();
    }

    @Test
    void a_job_executor_that_stands_still_is_found_by_the_canary_though_no_other_timer_is_due() {
        Watchdog watchdog = rig.watchdog(rig.timers());
        rounds(watchdog, 2);
        assertThat(rig.taskNames()).isEmpty();

        rounds(watchdog, 1);
        assertThat(rig.taskNames()).singleElement().asString().startsWith("Timers do not fire: 1 of them");

        rig.engine
                .getManagementService()
                .executeJob(rig.engine
                        .getManagementService()
                        .createJobQuery()
                        .singleResult()
                        .getId());
        assertThat(rig.canary.lateness())
                .hasValueSatisfying(late -> assertThat(late).isGreaterThan(Duration.ofSeconds(5)));
        onTime(watchdog);
        assertThat(rig.taskNames()).isEmpty();
    }

    /** The executor works again: it fires the next canary when it is due. */
    private void onTime(Watchdog watchdog) {
        rounds(watchdog, 1);
        rig.clock.pass(Duration.ofMillis(7500));
        rig.engine
                .getManagementService()
                .executeJob(rig.engine
                        .getManagementService()
                        .createJobQuery()
                        .singleResult()
                        .getId());
        rounds(watchdog, 1);
    }

    @Test
    void a_failed_job_that_nobody_knows_of_gets_its_own_task_once() {
        rig.opened();
        rig.database.jdbc().sql("update act_ru_job set retries_ = 0").update();
        Watchdog watchdog = rig.watchdog(rig.failedJobs());

        rounds(watchdog, 10);

        assertThat(rig.taskNames())
                .singleElement()
                .asString()
                .contains("A step has given up", "retry the job in Cockpit");
        assertThat(watchdog.last().confirmed()).as("it is known now").isEmpty();
    }

    @Test
    void a_watchdog_that_cannot_ask_is_dead_after_a_minute_and_lives_again() {
        Watchdog watchdog = rig.watchdog(rig.ladders());
        rounds(watchdog, 1);
        assertThat(watchdog.alive()).isTrue();

        rig.database.refuse(Integer.MAX_VALUE);
        rounds(watchdog, 4);
        assertThat(watchdog.alive()).isTrue();
        rig.clock.pass(Duration.ofMillis(1));
        assertThat(watchdog.alive()).isFalse();

        rig.database.refuse(0);
        rounds(watchdog, 1);
        assertThat(watchdog.age()).isZero();
    }

    @Test
    void outside_hears_every_minute_that_all_is_well_and_nothing_when_it_is_not() throws Exception {
        BlockingQueue<String> heard = new ArrayBlockingQueue<>(100);
        HttpServer outside = outside(heard);
        try {
            URI url = URI.create("http://localhost:" + outside.getAddress().getPort() + "/secret-id");
            Watchdog watchdog = rig.watchdog(WatchdogRig.settings(Optional.of(url)), check);

            rounds(watchdog, 1);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("POST /secret-id All is well.");
            rounds(watchdog, 3);
            findings.add(OUTBOX);
            rounds(watchdog, 8);
            assertThat(heard).isEmpty();
            findings.clear();
            rounds(watchdog, 1);
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isNotNull();
        } finally {
            outside.stop(0);
        }
    }

    private static HttpServer outside(BlockingQueue<String> heard) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
