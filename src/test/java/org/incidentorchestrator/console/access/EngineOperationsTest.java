package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineOperationsTest {
    @ParameterizedTest
    @CsvSource({
        "POST, /deployment/create",
        "POST, /deployment/4711/redeploy",
        "DELETE, /deployment/4711",
        "DELETE, /history/process-instance/4711",
        "POST, /history/process-instance/delete",
        "POST, /history/cleanup",
        "POST, /process-instance/4711/modification",
        "POST, /process-instance/4711/modification-async",
        "POST, /modification/execute",
        "POST, /migration/executeAsync",
        "POST, /process-definition/service-down:1:4711/restart",
        "POST, /process-definition/key/service-down/start",
        "PUT, /process-definition/suspended",
        "PUT, /job/4711/duedate",
        "POST, /job/4711/duedate/recalculate",
        "POST, /job/4711/execute",
        "POST, /job/retries",
        "DELETE, /job/4711",
        "PUT, /job/4711/suspended",
        "PUT, /process-instance/4711/variables/decision",
        "POST, /process-instance/variables-async",
        "POST, /process-instance/delete",
        "PUT, /process-instance/4711/suspended",
        "POST, /message",
        "POST, /execution/4711/messageSubscriptions/incident.alertResolved/trigger",
        "PUT, /execution/4711/localVariables/decision",
        "POST, /task/4711/bpmnError",
        "POST, /task/4711/resolve",
        "POST, /task/4711/assignee",
        "PUT, /task/4711/variables/decision",
        "PUT, /task/4711",
        "POST, /authorization/create",
        "DELETE, /group/approver"
    })
    void nobody_may(String method, String path) {
        assertThat(EngineOperations.refusal(method, path, true)).isPresent();
        assertThat(EngineOperations.refusal(method, path, false)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"PUT, /job/4711/retries", "PUT, /job-definition/4711/retries", "DELETE, /process-instance/4711"})
    void only_an_administrator_may(String method, String path) {
        assertThat(EngineOperations.refusal(method, path, true)).isEmpty();
        assertThat(EngineOperations.refusal(method, path, false)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /deployment/4711/resources",
        "POST, /process-instance/count",
        "POST, /job/count",
        "POST, /execution/count",
        "POST, /history/process-instance",
        "GET, /process-instance/4711/variables",
        "POST, /filter/4711/list",
        "POST, /task/4711/claim",
        "POST, /task/4711/unclaim",
        "POST, /task/4711/submit-form",
        "POST, /task",
        "GET, /task/4711/deployed-form"
    })
    void what_tasklist_and_cockpit_need_stays_open(String method, String path) {
        assertThat(EngineOperations.refusal(method, path, false)).isEmpty();
    }
}
