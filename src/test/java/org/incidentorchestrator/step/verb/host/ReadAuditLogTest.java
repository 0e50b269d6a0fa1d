package org.incidentorchestrator.step.verb.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Test;

class ReadAuditLogTest {
    @Test
    void a_log_that_is_not_written_here_is_not_available_and_it_is_said_how_it_would_be() {
        var step = Verbs.with("audit.log=/nowhere/audit.log").get("readAuditLog");
        var context = new StepContext(
                new ObjectsCluster(List.of()), Optional.empty(), Mode.EXECUTE, Instant.parse("2026-11-24T12:00:00Z"));

        var plan = Verbs.plan(step, Map.of("minutes", 60), context);

        assertThat(Verbs.output(plan)).containsEntry("audit", "notAvailable").containsEntry("auditEvents", -1);
        assertThat(plan.summary())
                .contains("/nowhere/audit.log is not there", "--kube-apiserver-arg=audit-log-path=/nowhere/audit.log");
    }
}
