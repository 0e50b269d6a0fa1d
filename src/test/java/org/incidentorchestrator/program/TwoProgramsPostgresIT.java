package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs on one database, each on a sandbox of its own: whatever does not change the cluster. Nobody takes an
 * incident, so that each is paged up to everybody, by response times of seconds.
 */
class TwoProgramsPostgresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int LEVELS = 5;

    @TempDir
    static Path folder;

    private static TwoPrograms programs;

    @BeforeAll
    static void start() {
        programs = new TwoPrograms(folder)
                .with("escalation.response-times", "1s,1s,1s,1s")
                .start();
    }

    @AfterAll
    static void end() {
        programs.close();
    }

    @Test
    void programs_that_start_at_once_on_an_empty_database_make_everything_once() {
        assertThat(programs.count("select count(*) from act_re_deployment")).isEqualTo(1);
        assertThat(programs.count("select max(version_) from act_re_procdef")).isEqualTo(1);
        assertThat(programs.count("select count(*) from act_id_user")).isEqualTo(4);
        assertThat(programs.count("select count(*) from flyway_schema_history where version = '1'"))
                .isEqualTo(1);
    }

    @Test
    void a_second_program_of_the_same_name_does_not_start_and_says_why() throws IOException {
        try (Program third = programs.named("third", "one").launch()) {
            TwoPrograms.await("the end of the third", PATIENCE, () -> !third.running());

            assertThat(Files.readString(third.log()))
                    .contains("node.name is one", "incident-orchestrator one from")
                    .doesNotContain("\tat ");
        }
        assertThat(programs.one.running()).isTrue();
    }

    @Test
    void an_alert_that_both_get_is_one_incident_with_one_process_and_each_level_is_paged_once() throws IOException {
        List<String> workloads = workloads("both", 20);

        for (String workload : workloads) {
            programs.postToBoth(PagerMessage.firing("NobodyKnows", workload));
        }

        eachIsWorkedOnce(workloads);
    }

    @Test
    void when_one_is_killed_the_other_goes_on_with_what_it_had_taken_in_and_begun() throws IOException {
        List<String> workloads = workloads("killed", 20);
        for (int number = 0; number < workloads.size(); number++) {
            assertThat(programs.both()
                            .get(number % 2)
                            .api()
                            .post(PagerMessage.firing("NobodyKnows", workloads.get(number))))
                    .isEqualTo(202);
        }
        pauseWhileItHoldsJobs(programs.one);

        programs.one.kill();

        eachIsWorkedOnce(workloads);
        assertThat(Files.readString(programs.two.log())).contains("Node one has died");
        programs.one.start();
        TwoPrograms.await(
                "the seals", PATIENCE, () -> programs.count("select count(*) from evidence where seq is null") == 0);
        assertThat(programs.one
                        .api()
                        .get("auditor", "/api/incidents/INC-1/verify")
                        .path("intact")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void when_the_database_ends_every_session_nothing_that_was_acknowledged_is_lost() throws IOException {
        List<String> workloads = workloads("cut", 20);
        for (int number = 0; number < workloads.size(); number++) {
            if (number % 5 == 4) {
                programs.endSessions();
            }
            sendUntilAcknowledged(
                    programs.both().get(number % 2), PagerMessage.firing("NobodyKnows", workloads.get(number)));
        }

        eachIsWorkedOnce(workloads);
        TwoPrograms.await("the names are held again", PATIENCE, () -> programs.namesHeld() == 2);
    }

    /** As Alertmanager does. */
    private static void sendUntilAcknowledged(Program program, String message) {
        TwoPrograms.await("an acknowledgement", PATIENCE, () -> program.api().post(message) == 202);
    }

    /** In the middle of a job: the next moment may be too late, so it is looked at while it stands still. */
    private static void pauseWhileItHoldsJobs(Program program) {
        TwoPrograms.await("jobs of node one", PATIENCE, () -> {
            program.pause();
            boolean holds = programs.count("select count(*) from act_ru_job where lock_owner_ = 'one'") > 0;
            if (!holds) {
                program.resume();
            }
            return holds;
        });
    }

    private static void eachIsWorkedOnce(List<String> workloads) {
        TwoPrograms.await(
                "everybody is paged", PATIENCE, () -> pages(workloads, "") >= (long) LEVELS * workloads.size());
        assertThat(programs.jdbc
                        .sql("select workload from incident where workload in (:workloads) order by number")
                        .param("workloads", workloads)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(workloads);
        assertThat(programs.jdbc
                        .sql(
                                """
                                select count(*) from incident i join act_hi_procinst p on p.business_key_ = 'INC-' || i.number
                                where p.proc_def_key_ = 'respond-to-incident' and i.workload in (:workloads)""")
                        .param("workloads", workloads)
                        .query(Integer.class)
                        .single())
                .isEqualTo(workloads.size());
        for (int level = 1; level <= LEVELS; level++) {
            assertThat(pages(workloads, "and e.details like '%\"level\":" + level + "%'"))
                    .as("pages of level %d", level)
                    .isEqualTo(workloads.size());
        }
    }

    private static long pages(List<String> workloads, String which) {
        return programs.jdbc
                .sql("select count(*) from evidence e join incident i on i.number = e.incident"
                        + " where e.kind = 'PAGED' and i.workload in (:workloads) " + which)
                .param("workloads", workloads)
                .query(Long.class)
                .single();
    }

    private static List<String> workloads(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prefix + "-" + number)
                .toList();
    }
}
