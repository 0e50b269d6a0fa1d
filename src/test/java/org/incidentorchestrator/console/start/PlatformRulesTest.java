package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class PlatformRulesTest {
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:./.data/incidents",
                "jdbc:h2:./.data/incidents",
                "jdbc:h2:~/incidents",
                "jdbc:h2:file:./.data/incidents;WRITE_DELAY=500",
                "jdbc:h2:file:./.data/incidents;WRITE_DELAY=01"
            })
    void an_h2_file_that_may_lose_commits_is_refused(String url) {
        assertThat(faults(fine().withProperty("spring.datasource.url", url), UTC))
                .singleElement()
                .asString()
                .contains("WRITE_DELAY=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:file:./.data/incidents;write_delay=0",
                "jdbc:h2:file:./.data/incidents;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "jdbc:h2:mem:test",
                "jdbc:postgresql://localhost/incidents"
            })
    void a_database_that_keeps_commits_is_taken(String url) {
        assertThat(faults(fine().withProperty("spring.datasource.url", url), UTC))
                .isEmpty();
    }

    @Test
    void a_database_that_the_schema_is_not_written_for_is_refused() {
        assertThat(faults(fine().withProperty("spring.datasource.url", "jdbc:mysql://localhost/incidents"), UTC))
                .singleElement()
                .asString()
                .contains("jdbc:mysql://localhost/incidents", "jdbc:postgresql://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sa", ""})
    void postgres_without_an_account_of_its_own_is_refused(String user) {
        assertThat(faults(
                        postgres("jdbc:postgresql://db/incidents").withProperty("spring.datasource.username", user),
                        UTC))
                .singleElement()
                .asString()
                .startsWith("spring.datasource.username is '" + user + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/incidents?user=a&password=hunter2&ssl=true",
                "jdbc:postgresql://a:hunter2@db/incidents"
            })
    void a_password_in_the_url_is_refused_and_not_repeated(String url) {
        assertThat(faults(postgres(url), UTC))
                .singleElement()
                .asString()
                .contains("SPRING_DATASOURCE_PASSWORD")
                .doesNotContain("hunter2");
        assertThat(DatabaseKind.withoutSecrets(url)).contains("db/incidents").doesNotContain("hunter2");
    }

    private static MockEnvironment postgres(String url) {
        return fine().withProperty("spring.datasource.url", url)
                .withProperty("spring.datasource.username", "incidents");
    }

    @Test
    void another_time_zone_is_refused() {
        assertThat(faults(fine(), TimeZone.getTimeZone("Europe/London")))
                .singleElement()
                .asString()
                .contains("Europe/London", "-Duser.timezone=UTC");
    }

    @Test
    void a_pool_that_the_job_threads_can_empty_is_refused() {
        assertThat(faults(fine().withProperty("spring.datasource.hikari.maximum-pool-size", "39"), UTC))
                .singleElement()
                .asString()
                .contains("at least 40");
    }

    @Test
    void without_job_threads_the_pool_may_be_small() {
        MockEnvironment settings = fine().withProperty("spring.datasource.hikari.maximum-pool-size", "4")
                .withProperty("camunda.bpm.job-execution.enabled", "false");
        assertThat(faults(settings, UTC)).isEmpty();
    }

    private static MockEnvironment fine() {
        return new MockEnvironment()
                .withProperty("spring.datasource.url", "jdbc:h2:mem:test")
                .withProperty("spring.datasource.username", "incidents")
                .withProperty("camunda.bpm.job-execution.max-pool-size", "16")
                .withProperty("spring.datasource.hikari.maximum-pool-size", "40");
    }

    private static List<String> faults(MockEnvironment settings, TimeZone zone) {
        return PlatformRules.faults(settings, zone);
    }
}
