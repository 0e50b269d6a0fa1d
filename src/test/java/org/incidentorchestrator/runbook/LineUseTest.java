package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.runbook.RunbookLineUse.Use;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineUseTest {
    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database);
    private final TestClock clock = new TestClock();
    private final RunbookLineUse lines = new RunbookLineUse(database.jdbc(), ModelFiles.ofProgram(), clock);

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void a_line_whose_element_was_passed_is_used_and_the_others_are_not() {
        passed();
        passed();

        assertThat(line("D01").uses()).isEqualTo(2);
        assertThat(line("D01").lastUsedAt()).isPresent();
        assertThat(line("D02").uses()).isZero();
        assertThat(line("D02").elements()).isPositive();
        assertThat(line("D02").lastUsedAt()).isEmpty();
    }

    @Test
    void it_is_counted_anew_after_ten_minutes_and_not_before() {
        assertThat(line("D01").uses()).isZero();
        passed();
        assertThat(line("D01").uses()).isZero();

        clock.pass(Duration.ofMinutes(11));

        assertThat(line("D01").uses()).isOne();
    }

    @Test
    void no_lease_runs_where_no_process_ends_one() {
        assertThat(new Leases(database.jdbc()).list()).isEmpty();
    }

    private Use line(String id) {
        return lines.list().stream()
                .filter(use -> use.line().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The element of capture-evidence that carries D01 out, in a model of that key with nothing else in it. */
    private void passed() {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "capture-evidence.bpmn",
                        Bpmn.createExecutableProcess("capture-evidence")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .manualTask("serviceTask_listPods")
                                .endEvent()
                                .done())
                .deploy();
        engine.getRuntimeService().startProcessInstanceByKey("capture-evidence");
    }
}
