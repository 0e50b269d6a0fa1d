package org.incidentorchestrator.step.verb.host;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.host.AuditAnswer;
import org.incidentorchestrator.host.AuditAnswer.Found;
import org.incidentorchestrator.host.AuditAnswer.NotAvailable;
import org.incidentorchestrator.host.AuditEvent;
import org.incidentorchestrator.host.AuditLog;
import org.incidentorchestrator.host.AuditQuery;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.incidentorchestrator.step.verb.Refusals;
import org.springframework.stereotype.Component;

/**
 * Reads who asked the API server for what, from the audit file on this machine. The written command searches the journal
 * of K3s, which has no audit trail: its empty answer would be read as "nothing happened". The kubelet's log query is not
 * used: it needs the right to proxy to nodes, which is the right to run programs in all of their pods. Bodies of requests
 * are never read.
 */
@Component
@RunbookLines("V02")
final class ReadAuditLog implements Step<ReadAuditLog.Input, ReadAuditLog.Output> {
    private static final int LONGEST_MINUTES = 7 * 24 * 60;
    private static final int KEPT = 2_000;
    private static final int CELL = 200;
    private static final String HOW_TO =
            "K3s writes one only when its server has --kube-apiserver-arg=audit-log-path=%s and"
                    + " --kube-apiserver-arg=audit-policy-file=FILE, on this machine and readable by this program";

    private final AuditLog log;
    private final Reach reach;

    ReadAuditLog(AuditLog log, Reach reach) {
        this.log = log;
        this.reach = reach;
    }

    /**
     * @param namespace one that may be looked at; empty or null for all that are ours and what belongs to none
     * @param user as whom it was done; empty or null for everybody
     * @param verbs of the API, separated by commas; empty or null for all
     * @param minutes back from now, at most 10,080 (7 days)
     */
    record Input(String namespace, String user, String verbs, int minutes) {}

    /**
     * @param audit read; partial (there may be more than was found); silent (nothing of anybody in that time: the log is
     *     not written, which is not "nothing happened"); notAvailable
     * @param auditEvents requests; -1 when it is not available
     * @param auditDenied of these, answered with 401 or 403; -1 when it is not available
     * @param auditSince the beginning of the time that was asked about
     */
    record Output(String audit, int auditEvents, int auditDenied, Instant auditSince, String auditText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        Refusals.refuse(
                in.minutes < 1 || in.minutes > LONGEST_MINUTES,
                "badWindow",
                "The audit log is not read: %d minutes back is not between 1 and %d."
                        .formatted(in.minutes, LONGEST_MINUTES),
                "Correct the input 'minutes' in the model.");
        AuditQuery query = query(in, context.plannedAt());
        AuditAnswer answer = log.read(query);
        if (answer instanceof NotAvailable not) {
            String text = "Not available: %s. %s".formatted(not.reason(), HOW_TO.formatted(log.file()));
            return Plan.look(text, new Output("notAvailable", -1, -1, query.since(), Line.of(text, Line.MODEL)));
        }
        return found((Found) answer, query);
    }

    private AuditQuery query(Input in, Instant now) {
        Set<String> namespaces = new HashSet<>(reach.namespaces(in.namespace));
        if (in.namespace == null || in.namespace.isEmpty()) {
            namespaces.add("");
        }
        String user = in.user == null ? "" : in.user;
        return new AuditQuery(now.minus(Duration.ofMinutes(in.minutes)), now, namespaces, user, verbs(in.verbs), KEPT);
    }

    private static Set<String> verbs(String text) {
        Set<String> verbs = text == null || text.isBlank()
                ? Set.of()
                : Stream.of(text.split(",")).map(String::strip).collect(Collectors.toCollection(TreeSet::new));
        Refusals.refuse(
                !verbs.stream().allMatch(verb -> verb.matches("[a-z]{2,20}")),
                "badVerbs",
                "The audit log is not read: '%s' is no list of verbs.".formatted(Line.of(String.valueOf(text), 80)),
                "Write them as in 'create,patch,delete'.");
        return verbs;
    }

    private Plan<Output> found(Found found, AuditQuery query) {
        boolean silent = found.inWindow() == 0;
        List<String> gaps = new ArrayList<>(found.gaps());
        if (silent) {
            gaps.add(0, "nothing of anybody was written in that time, so that nothing is known of it");
        }
        String word = silent ? "silent" : found.gaps().isEmpty() ? "read" : "partial";
        String text = "%d requests since %s, %d of them denied%s%s"
                .formatted(
                        found.selected(),
                        query.since(),
                        found.denied(),
                        by(found.events()),
                        gaps.isEmpty() ? "" : "; but " + String.join("; ", gaps));
        Output output = new Output(word, found.selected(), found.denied(), query.since(), Line.of(text, Line.MODEL));
        Plan<Output> plan = Plan.look("Read the audit log: " + Line.of(text, Line.MODEL), output);
        return found.events().isEmpty()
                ? plan
                : plan.keeping(Artefact.text("audit.txt", log.file().toString(), table(found.events())));
    }

    private static String by(List<AuditEvent> events) {
        String users = events.stream().map(AuditEvent::user).distinct().limit(5).collect(Collectors.joining(", "));
        return users.isEmpty() ? "" : ", by " + users;
    }

    private static String table(List<AuditEvent> events) {
        Table table = Table.of("TIME", "USER", "VERB", "NAMESPACE", "OBJECT", "STATUS", "FROM", "AGENT");
        for (AuditEvent event : events) {
            table.row(
                    event.at(),
                    Line.of(event.user(), CELL),
                    Line.of(event.verb(), CELL),
                    Line.of(event.namespace(), CELL),
                    Line.of(event.object(), CELL),
                    event.status() == 0 ? "" : event.status(),
                    Line.of(event.from(), CELL),
                    Line.of(event.agent(), CELL));
        }
        return table.toString();
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of();
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
