package org.incidentorchestrator.step.verb.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

class SmokeSandboxTest extends SmokeContract {
    private final TestClock clock = new TestClock();
    private final Sandbox sandbox = Sandbox.inMemory(clock);

    @Override
    String workload() {
        return "mcp-gateway";
    }

    @Override
    void isWell() {
        clock.pass(Duration.ofMinutes(20));
    }

    @Override
    void crashes() {
        isWell();
        sandbox.play(Scenario.NEVER_HEALTHY, workload());
        clock.pass(Duration.ofMinutes(3));
    }

    @Override
    Plan<?> smokeTest() {
        var context = new StepContext(sandbox.reader(), Optional.empty(), Mode.EXECUTE, clock.instant());
        return Verbs.plan("runSmokeTest", Map.of(), context);
    }

    @Test
    void the_health_of_each_service_that_declares_one_is_asked() {
        isWell();

        assertThat(checks()).anyMatch(check -> check.matches("health of .*/mcp-gateway +passed .* status 200"));
    }
}
