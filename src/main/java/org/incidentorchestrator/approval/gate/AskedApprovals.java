package org.incidentorchestrator.approval.gate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.stereotype.Component;

/** What second persons were asked about an incident. */
@Component
public class AskedApprovals {
    private final Approvals approvals;

    AskedApprovals(Approvals approvals) {
        this.approvals = approvals;
    }

    /** By proposal: each is asked about once. */
    public Map<Long, AskedApproval> of(IncidentNumber incident) {
        List<Approval> rows = approvals.of(incident);
        Map<String, Long> first = rows.stream().collect(Collectors.toMap(Approval::request, Approval::id, Math::min));
        return rows.stream().collect(Collectors.toMap(Approval::proposal, row -> asked(row, first.get(row.request()))));
    }

    private static AskedApproval asked(Approval row, long first) {
        return new AskedApproval(
                row.id(),
                first,
                row.proposal(),
                row.requester(),
                row.question(),
                row.requestedAt(),
                row.expiresAt(),
                row.ruling()
                        .map(ruling -> new AskedApproval.Answer(
                                ruling.decision().name(), ruling.by(), ruling.at(), ruling.reason())));
    }
}
