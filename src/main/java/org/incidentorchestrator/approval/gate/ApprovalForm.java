package org.incidentorchestrator.approval.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.step.Proposal;
import org.incidentorchestrator.step.Proposals;
import org.springframework.stereotype.Component;

/** What the form approve-change shows, as JSON of at most 32 KiB; the whole of what was cut is in the API's answer. */
@Component
class ApprovalForm {
    private static final int LARGEST = 32 * 1024;
    private static final int LONGEST_TEXT = 12_000;

    private final ObjectMapper json = new ObjectMapper();
    private final Proposals proposals;
    private final Incidents incidents;

    ApprovalForm(Proposals proposals, Incidents incidents) {
        this.proposals = proposals;
        this.incidents = incidents;
    }

    String of(List<Approval> asked) {
        List<Proposal> about = asked.stream()
                .flatMap(one -> proposals.find(one.proposal()).stream())
                .toList();
        for (int longest = LONGEST_TEXT; ; longest /= 2) {
            String text = write(facts(asked.get(0), about, longest));
            if (text.getBytes(StandardCharsets.UTF_8).length <= LARGEST || longest == 0) {
                return text;
            }
        }
    }

    private Map<String, Object> facts(Approval first, List<Proposal> about, int longest) {
        Incident incident = incidents.get(first.incident());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", first.id());
        facts.put("incident", first.incident().toString());
        facts.put("severity", incident.severity().name().toLowerCase(Locale.ROOT));
        facts.put("summary", cut(incident.summary(), longest));
        facts.put("openedAt", clock(incident.openedAt()));
        facts.put("question", first.question());
        facts.put("clusterName", joined(about, ", ", longest, Proposal::clusterName));
        facts.put("clusterUid", first.cluster().isEmpty() ? "none: a script" : first.cluster());
        facts.put("mode", first.mode());
        facts.put("askedBy", first.requester());
        facts.put("holder", incident.takenBy().orElse("nobody yet"));
        facts.put("askedAt", clock(first.requestedAt()));
        facts.put("asOf", clock(about.get(0).plannedAt()));
        facts.put("expiresAt", clock(first.expiresAt()));
        facts.put("changes", joined(about, "\n", longest, ApprovalForm::line));
        facts.put("kubectl", joined(about, "\n", longest, Proposal::kubectl));
        facts.put("diff", joined(about, "\n", longest, Proposal::diff));
        facts.put("findings", joined(about, "; ", longest, Proposal::findings));
        facts.put("alternatives", Alternatives.of(first.alternatives()).choices());
        return facts;
    }

    private static String line(Proposal proposal) {
        return "%d: %s (%s)".formatted(proposal.id(), proposal.summary(), proposal.target());
    }

    private static String joined(
            List<Proposal> about, String between, int longest, java.util.function.Function<Proposal, String> what) {
        return cut(about.stream().map(what).distinct().collect(Collectors.joining(between)), longest);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + " … (cut: GET /api/approvals has all of it)";
    }

    private static String clock(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private String write(Object facts) {
        try {
            return json.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request for approval cannot be written as JSON", e);
        }
    }
}
