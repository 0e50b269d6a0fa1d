package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.Test;

class StepRetriesProcessTest {
    private static final JavaDelegate FAILING = execution -> {
        throw new IllegalStateException("the cluster did not answer");
    };

    @Test
    void a_step_whose_model_names_no_pauses_is_tried_again_after_each_pause_of_the_settings() {
        assertThat(retriesLeftAfterOneFailure("${steps.listPods}")).isEqualTo(5);
    }

    @Test
    void what_is_no_step_is_tried_as_the_engine_does() {
        assertThat(retriesLeftAfterOneFailure("${ladder.listPods}")).isEqualTo(2);
    }

    private static int retriesLeftAfterOneFailure(String delegate) {
        ProcessEngine engine = TestEngine.on(TestDatabase.create(), configuration -> {
            configuration.setCustomPreBPMNParseListeners(List.of(new StepRetries()));
            configuration.setBeans(Map.of(
                    "retries",
                            new Retries(new Retries.Settings(
                                    List.of(minutes(1), minutes(2), minutes(3), minutes(4), minutes(5)))),
                    "steps", Map.of("listPods", FAILING),
                    "ladder", Map.of("listPods", FAILING)));
        });
        try {
            engine.getRepositoryService()
                    .createDeployment()
                    .addModelInstance(
                            "one.bpmn",
                            Bpmn.createExecutableProcess("one")
                                    .startEvent()
                                    .serviceTask()
                                    .camundaAsyncBefore()
                                    .camundaDelegateExpression(delegate)
                                    .endEvent()
                                    .done())
                    .deploy();
            engine.getRuntimeService().startProcessInstanceByKey("one");
            ManagementService jobs = engine.getManagementService();
            Job job = jobs.createJobQuery().singleResult();
            assertThatThrownBy(() -> jobs.executeJob(job.getId())).hasMessageContaining("did not answer");
            return jobs.createJobQuery().singleResult().getRetries();
        } finally {
            engine.close();
        }
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
