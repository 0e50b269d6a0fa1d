package org.incidentorchestrator.console.start.h2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.table.Table;
import org.incidentorchestrator.IncidentOrchestrator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole program on a database that lost a row while it was down. */
class DamageNewsProcessTest {
    @TempDir
    Path folder;

    private ConfigurableApplicationContext program;

    @AfterEach
    void stop() {
        if (program != null) {
            program.close();
        }
    }

    @Test
    void a_person_is_told_what_could_not_be_saved_and_it_is_on_the_record() throws Exception {
        start();
        H2File file = program.getBean(DatabaseGuard.class).file().orElseThrow();
        program.getBean(JdbcTemplate.class)
                .update("merge into global_stop values (1, 'admin', 'a test', current_timestamp)");
        program.getBean(JdbcTemplate.class)
                .update("insert into target_lock values ('Deployment/a/b', 'r', 1, current_timestamp)");
        assertThat(file.mark()).exists();
        program.close();
        assertThat(file.mark()).as("after a clean end").doesNotExist();

        OpenMark.of(file).write(0);
        loseTheRowOf(file, "TARGET_LOCK");
        start();

        Task told = program.getBean(TaskService.class)
                .createTaskQuery()
                .taskNameLike("The database was damaged%")
                .singleResult();
        assertThat(told.getDescription()).contains("TARGET_LOCK: 1 row (TARGET = Deployment/a/b)");
        assertThat(program.getBean(JdbcTemplate.class)
                        .queryForList("select summary from evidence where kind = 'DATABASE_REBUILT'", String.class))
                .singleElement()
                .asString()
                .contains("TARGET_LOCK: 1 row");
        assertThat(program.getBean(JdbcTemplate.class).queryForObject("select count(*) from global_stop", Long.class))
                .isEqualTo(1);
        assertThat(file.report()).as("told once").doesNotExist();
        try (var kept = Files.list(folder)) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("incidents.damaged-"))
                    .anyMatch(name -> name.startsWith("incidents.damage-"));
        }
    }

    private void start() {
        program = new SpringApplicationBuilder(IncidentOrchestrator.class)
                .run(
                        "--data.folder=" + folder,
                        "--server.port=0",
                        "--camunda.bpm.job-execution.enabled=false",
                        "--sandbox.first-alert=false");
    }

    private static void loseTheRowOf(H2File file, String name) throws Exception {
        try (OpenDatabase database = OpenDatabase.existing(file, file.path())) {
            SessionLocal session = database.session();
            Table table = Findings.tablesOf(session).stream()
                    .filter(candidate -> candidate.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
            Cursor row = table.getScanIndex(session).find(session, null, null, false);
            row.next();
            table.getScanIndex(session).remove(session, row.get());
            database.commit();
        }
    }
}
