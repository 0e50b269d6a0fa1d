package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.Task;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** A workload of a real API server, isolated behind the gate. */
@TestPropertySource(properties = {"step.mode=EXECUTE", "accounts.members.approver=bea"})
class ApprovedApiServerIT extends ApiServerScenario {
    @Autowired
    ProcessEngine engine;

    @Test
    void an_approved_isolation_is_one_change_and_nothing_is_sent_before() {
        cluster.crashes("isolated");
        fires("isolated");
        isAsked();
        Task task = await(
                "the request",
                () -> tasks.createTaskQuery().taskName("Approve change").singleResult());
        audited(writes -> assertThat(writes).allMatch(write -> write.rehearsed() || !write.effective()));

        approves(task);

        await("the isolation", () -> cluster.deployment("isolated").number("/spec/replicas", 1) == 0 ? true : null);
        awaitTold("STEP_APPLIED", "isolateWorkload");
        assertChanged("patch deployments/isolated");
        assertThat(told("APPROVAL_DECIDED")).singleElement().asString().contains("bea approved");
    }

    private void isAsked() {
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("gate/isolate-by-approval.bpmn")
                .deploy();
        engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "isolate-by-approval",
                        incident().number().toString(),
                        Map.of(
                                "target",
                                new Target("Deployment", cluster.name(), "isolated").id(),
                                "mode",
                                "EXECUTE",
                                "walksAround",
                                false));
    }

    private void approves(Task task) {
        identities.setAuthentication("bea", List.of("approver"));
        try {
            tasks.claim(task.getId(), "bea");
            tasks.complete(
                    task.getId(),
                    new HashMap<>(
                            Map.of("approvalAnswer", "approve", "approvalReason", "", "approvalAlternative", "")));
        } finally {
            identities.clearAuthentication();
        }
    }
}
