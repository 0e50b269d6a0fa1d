package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A recovery where no key of the back-ups is named: what is not secret comes back, and the secrets are for people. */
@TestPropertySource(
        properties = {
            "backup.identity-file=",
            "spring.datasource.url=jdbc:h2:mem:keyless;DB_CLOSE_DELAY=-1;WRITE_DELAY=0"
        })
class DisasterRecoveryKeylessProcessTest extends DisasterScenario {
    @Test
    void when_only_secrets_may_be_missing_whoever_has_the_key_restores_them() {
        firesAs("SomethingElse");
        sandbox.delete(CONFIG);
        sandbox.delete(SECRET);
        part("restore-namespaces", Map.of("clusterName", "sandbox"));
        says("approve", "");
        assertThat(there(CONFIG)).isTrue();
        assertThat(there(SECRET)).isFalse();
        assertThat(obstacle()).contains("can only be restored by whoever has the key");

        clears("again");
        assertThat(tasks(CLEAR)).as("nobody has looked whether they are there").hasSize(1);
        clears("byHand");
        assertThat(outcome()).isEqualTo("done");
    }
}
