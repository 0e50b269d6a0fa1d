package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.runbook.DeploymentScenario.measures;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Causes that only the metrics of a service name, while its pods are well and its health is quick. */
@Import(DeploymentScenario.Probes.class)
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:measured;DB_CLOSE_DELAY=-1;WRITE_DELAY=0")
class MeasuredCausesProcessTest extends RunbookScenario {
    @ParameterizedTest(name = "{3}: {0}, {1} % errors, P95 {2} ms")
    @CsvSource({
        "HighErrorRate, 0.1, 120, errorsGone",
        "SlowResponseTimes, 0.1, 900, slowRequests",
        "SlowResponseTimes, 0.1, 120, quickNow",
    })
    void what_is_measured_now_tells_what_is_over_from_what_goes_on(
            String alert, double errors, double p95, String cause) {
        measures(errors, p95, 40, 50, 250);
        passesUnseen(Duration.ofMinutes(2));
        firesAs(alert);
        work();

        assertThat(cause()).isEqualTo(cause);
        assertThat(tasks(DiagnosisScenario.DECIDE))
                .as("a person says what follows")
                .hasSize(1);
        assertThat(changes()).isEmpty();
    }
}
