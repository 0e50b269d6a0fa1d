package org.incidentorchestrator.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Severity;
import org.junit.jupiter.api.Test;

class UrgencyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T03:00:00Z");

    @Test
    void by_severity_approvals_first_what_somebody_has_last_and_exercises_behind_all_that_is_real() {
        List<Integer> urgencies = Stream.of(false, true)
                .flatMap(exercise -> Stream.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)
                        .flatMap(severity -> IntStream.of(
                                        Urgency.ofApproval(incident(severity, exercise, "bob")),
                                        Urgency.ofResponse(incident(severity, exercise, null)),
                                        Urgency.ofResponse(incident(severity, exercise, "bob")))
                                .boxed()))
                .toList();

        assertThat(urgencies).doesNotHaveDuplicates().isSortedAccordingTo((one, other) -> other - one);
        assertThat(urgencies).allMatch(urgency -> urgency > 0);
        assertThat(Urgency.ofResponse(incident(Severity.UNKNOWN, false, null)))
                .isEqualTo(Urgency.ofResponse(incident(Severity.CRITICAL, false, null)));
    }

    private static Incident incident(Severity severity, boolean exercise, String holder) {
        return new Incident(
                new IncidentNumber(1),
                exercise,
                new IncidentKey("ServiceDown", "a1-orchestrator", "mcp-gateway"),
                severity,
                "mcp-gateway is down",
                null,
                null,
                NOW,
                1,
                NOW,
                holder == null ? null : NOW,
                holder == null ? null : NOW,
                holder,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                1,
                null,
                null);
    }
}
