package org.incidentorchestrator.step.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GuardSettingsTest {
    private final ApplicationContextRunner program =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @EnableConfigurationProperties(GuardSettings.class)
    static class Settings {}

    @Test
    void without_any_setting_ten_replicas_two_minutes_and_no_freeze() {
        program.run(context -> assertThat(context.getBean(GuardSettings.class)).isEqualTo(Situation.settings()));
    }

    @Test
    void a_freeze_is_written_as_two_times_and_a_reason() {
        program.withPropertyValues(
                        "step.cool-down=30s",
                        "step.freeze[0].from=2026-12-23T18:00:00Z",
                        "step.freeze[0].to=2027-01-02T06:00:00Z",
                        "step.freeze[0].reason=year end")
                .run(context -> {
                    GuardSettings settings = context.getBean(GuardSettings.class);
                    assertThat(settings.coolDown()).isEqualTo(Duration.ofSeconds(30));
                    assertThat(settings.freeze())
                            .containsExactly(new GuardSettings.Freeze(
                                    Instant.parse("2026-12-23T18:00:00Z"),
                                    Instant.parse("2027-01-02T06:00:00Z"),
                                    "year end"));
                });
    }

    @Test
    void a_freeze_without_a_reason_or_no_replicas_at_all_do_not_start() {
        program.withPropertyValues("step.max-replicas=0")
                .run(context -> assertThat(context).hasFailed());
        program.withPropertyValues("step.freeze[0].from=2026-12-23T18:00:00Z", "step.freeze[0].to=2027-01-02T06:00:00Z")
                .run(context -> assertThat(context).hasFailed());
    }
}
