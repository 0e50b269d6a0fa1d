package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Incidents that the newest release opened are finished by the program of today: scenarios of the other tests, begun on the
 * models of that release, with the new program started in between. Wherever a released model waits is left under the new
 * program in one of them, and its end is reached. Which scenarios these are is in {@code upgraded.tsv}: as few as pass it.
 */
@TestMethodOrder(OrderAnnotation.class)
class UpgradeProcessTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/released/upgraded.tsv");

    private static final Set<String> PASSED = new TreeSet<>();

    /** Programs of other settings have databases of their own. */
    private static final Map<String, BothDeployed> DEPLOYED = new HashMap<>();

    /** The release and the new program, on a database. */
    private record BothDeployed(RepositoryService repository, JdbcClient jdbc, Deployment release, NewProgram newer) {
        static BothDeployed by(RunbookScenario scenario) {
            RepositoryService repository = scenario.engine.getRepositoryService();
            Deployment release = Release.newest().deploy(repository);
            return new BothDeployed(
                    repository, scenario.jdbc, release, NewProgram.deployedBy(scenario.engine, scenario.jdbc));
        }

        void takeBack() {
            newer.close();
            repository.deleteDeployment(release.getId(), true);
        }
    }

    /** @param atWork the new program is started as soon as this model of the release is at work, or any */
    record Row(String scenario, String atWork) {
        static Row of(String line) {
            String[] cells = line.split("\t");
            return new Row(cells[0], cells[1].replace("any", ""));
        }

        @Override
        public String toString() {
            return scenario + (atWork.isEmpty() ? "" : ", upgraded in " + atWork);
        }
    }

    static Stream<Row> scenarios() throws IOException {
        return Files.readAllLines(SCENARIOS).stream().skip(1).map(Row::of);
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void a_scenario_that_began_on_the_release_ends_as_ever_under_the_new_program(Row row) throws Exception {
        ShownScenario shown = ShownScenario.of(row.scenario());
        BothDeployed deployed = deployed(shown.scenario());
        try (var upgrade = new Upgrade(shown.scenario(), deployed.release(), deployed.newer(), row.atWork())) {
            shown.begin();
            shown.show();

            assertThat(upgrade.happened()).as("the new program was started").isTrue();
            assertThat(upgrade.strayed()).isEmpty();
            PASSED.addAll(upgrade.passed());
            upgrade.ended().forEach(model -> PASSED.add(end(model)));
        } finally {
            shown.end();
        }
    }

    @Order(2)
    @Test
    void every_wait_of_the_release_was_left_under_the_new_program_and_every_model_ended() {
        Set<String> missing = WaitStates.of(Release.newest());
        Release.newest().reading().models().stream()
                .filter(WaitStates::canBeOpen)
                .forEach(model -> missing.add(end(model.key())));
        missing.removeAll(PASSED);
        assertThat(missing)
                .as(
                        "add a scenario to %s that waits there, or comes to that end, after the new program was started",
                        SCENARIOS)
                .isEmpty();
    }

    @Order(3)
    @Test
    void every_variable_of_the_release_is_of_a_type_that_it_was_of_when_the_release_was_kept() throws IOException {
        VariableTypes now = VariableTypes.none();
        DEPLOYED.values().forEach(each -> now.addThoseOf(each.release().getId(), each.jdbc()));
        assertThat(now.types()).as("variables of scenarios").isNotEmpty();
        Path kept = Release.newest().variables();
        if (Files.notExists(kept)) {
            Files.write(kept, now.lines());
            fail("%s was not kept yet: it is now, commit it with its release".formatted(kept));
        }
        assertThat(now.faults(VariableTypes.read(Files.readAllLines(kept))))
                .as("incidents that release %s opened have such variables", Release.newest())
                .isEmpty();
    }

    private static String end(String model) {
        return model + " · its end";
    }

    private static BothDeployed deployed(RunbookScenario scenario) {
        String database =
                scenario.jdbc.sql("select database()").query(String.class).single();
        return DEPLOYED.computeIfAbsent(database, any -> BothDeployed.by(scenario));
    }

    @AfterAll
    static void takeBack() {
        DEPLOYED.values().forEach(BothDeployed::takeBack);
    }
}
