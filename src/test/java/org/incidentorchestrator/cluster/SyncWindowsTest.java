package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncWindowsTest {
    /** A Tuesday. */
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final ApplicationView app = new ApplicationView(
            Manifest.of(
                    """
            kind: Application
            metadata: { name: a1-orchestrator, namespace: argocd }
            spec: { destination: { namespace: a1, server: 'https://one.example' } }
            """));

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "0 11 * * *, 2h, true",
        "0 11 * * *, 30m, false",
        "0 12 * * *, 1h, true",
        "1 12 * * *, 1h, false",
        "0 10 * * 2, 2h1s, true",
        "0 10 * * 2, 2h, false",
        "0 10 * * 3, 8h, false",
        "every day, 8h, false",
        "0 11 * * *, long, false"
    })
    void a_window_is_open_from_its_schedule_on_for_its_duration(String schedule, String duration, boolean open) {
        assertThat(denies("{kind: deny, schedule: '%s', duration: '%s', applications: ['*']}"
                        .formatted(schedule, duration)))
                .isEqualTo(open);
    }

    @Test
    void a_schedule_is_in_the_time_zone_that_the_window_names() {
        assertThat(
                        denies(
                                "{kind: deny, schedule: '0 13 * * *', duration: 1h, timeZone: Europe/Berlin, applications: ['*']}"))
                .isTrue();
        assertThat(denies("{kind: deny, schedule: '0 12 * * *', duration: 1h, timeZone: Nowhere, applications: ['*']}"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "applications: ['a1-*']",
                "applications: ['?1-orchestrator']",
                "namespaces: [a1]",
                "clusters: ['https://one.*']"
            })
    void a_window_concerns_applications_by_name_namespace_or_cluster(String whom) {
        assertThat(denies("{kind: deny, schedule: '0 11 * * *', duration: 2h, " + whom + "}"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"applications: ['a1']", "namespaces: ['a1.']", "clusters: ['https://oneXexample']"})
    void a_window_of_others_does_not_matter(String whom) {
        assertThat(denies("{kind: deny, schedule: '0 11 * * *', duration: 2h, " + whom + "}"))
                .isFalse();
    }

    @Test
    void with_windows_that_allow_syncs_there_is_none_outside_of_them() {
        String closed = "{kind: allow, schedule: '0 22 * * *', duration: 1h, applications: ['*']}";
        String open = "{kind: allow, schedule: '0 11 * * *', duration: 2h, applications: ['*']}";
        assertThat(denies(closed)).isTrue();
        assertThat(denies(closed + ", " + open)).isFalse();
        assertThat(denies(closed.replace("}", ", manualSync: true}"))).isFalse();
    }

    @Test
    void what_denies_counts_more_than_what_allows_unless_it_lets_people_sync() {
        String open = "{kind: allow, schedule: '0 11 * * *', duration: 2h, applications: ['*']}";
        String denying = "{kind: deny, schedule: '0 11 * * *', duration: 2h, applications: ['*']}";
        assertThat(denies(open + ", " + denying)).isTrue();
        assertThat(denies(open + ", " + denying.replace("}", ", manualSync: true}")))
                .isFalse();
    }

    @Test
    void a_project_without_windows_denies_nothing() {
        assertThat(denies("")).isFalse();
    }

    private boolean denies(String windows) {
        var project = Manifest.of("kind: AppProject\nspec: { syncWindows: [" + windows + "] }\n");
        return new SyncWindows(project).denial(app, NOON).isPresent();
    }
}
