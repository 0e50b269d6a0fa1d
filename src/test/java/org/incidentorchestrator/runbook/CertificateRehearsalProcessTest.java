package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A rotation that is rehearsed looks and tries out, and changes nothing. */
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:certificates-rehearsed;DB_CLOSE_DELAY=-1;WRITE_DELAY=0",
            "step.mode=REHEARSE",
        })
class CertificateRehearsalProcessTest extends CertificateScenario {
    @Test
    void a_refresh_is_tried_out_and_what_people_would_do_is_left() {
        expires(CONFIG, GATEWAY);
        chooses("alice", "rotate", "");
        decides("alice", "apply");
        passes(A_WHILE);

        assertThat(changes()).isEmpty();
        assertThat(taskNames()).doesNotContain(ROTATE, CONFIRM);
        ends("rehearsed");
    }

    @Test
    void a_restart_is_tried_out() {
        asked();
        String restart = engine.getRuntimeService()
                .createProcessInstanceByKey("restart-consumer")
                .businessKey(incident().number().toString())
                .setVariables(Map.of(
                        "incident",
                        incident().number().toString(),
                        "target",
                        "Deployment/" + Sandbox.NAMESPACE + "/" + GATEWAY,
                        "namespace",
                        Sandbox.NAMESPACE,
                        "secret",
                        GATEWAY + "-tls",
                        "mode",
                        "REHEARSE"))
                .execute()
                .getId();
        work();
        decides("alice", "apply");

        assertThat(changes()).isEmpty();
        assertThat(engine.getHistoryService()
                        .createHistoricVariableInstanceQuery()
                        .processInstanceId(restart)
                        .variableName("outcome")
                        .singleResult()
                        .getValue())
                .isEqualTo("rehearsed");
    }
}
