package org.incidentorchestrator.evidence.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Artefacts.Kept;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.evidence.report.ReportedChange.Answer;
import org.incidentorchestrator.evidence.report.ReportedChange.Became;
import org.incidentorchestrator.evidence.report.ReportedChange.Decision;
import org.incidentorchestrator.evidence.report.ReportedChange.Part;
import org.incidentorchestrator.evidence.report.ReportedChange.SecondPerson;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestIncident;

/** A record as the program writes it, second by second after the opening. */
final class ReportCase {
    static final Instant OPENED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Target CART = new Target("Deployment", "shop", "cart");

    private final List<Recorded> entries = new ArrayList<>();
    private final List<ReportedChange> changes = new ArrayList<>();
    private final List<Verification> verifications = new ArrayList<>();

    static Instant at(int seconds) {
        return OPENED.plusSeconds(seconds);
    }

    private ReportCase entry(int seconds, Kind kind, String who, String what) {
        return entry(seconds, kind, who, what, Map.of());
    }

    private ReportCase entry(int seconds, Kind kind, String who, String what, Map<String, Object> details) {
        return entry(seconds, kind, who, "", what, details);
    }

    private ReportCase entry(
            int seconds, Kind kind, String who, String activity, String what, Map<String, Object> details) {
        entries.add(
                new Recorded(entries.size() + 1L, at(seconds), kind, who, activity, what, details, true, List.of()));
        return this;
    }

    private ReportCase kept(int seconds, String what, String name) {
        var kept = new Kept(7, entries.size() + 1L, at(seconds), name, "text/plain", "kubectl logs cart", "00", 5);
        entries.add(new Recorded(
                entries.size() + 1L,
                at(seconds),
                Kind.STEP_LOOKED,
                Entry.SELF,
                "serviceTask_readLogs",
                what,
                Map.of(),
                true,
                List.of(kept)));
        return this;
    }

    private ReportCase change(ReportedChange change) {
        changes.add(change);
        return this;
    }

    private ReportCase verified(int seconds, Verification.Result result, int since) {
        verifications.add(new Verification(at(seconds), result, at(since)));
        return this;
    }

    private IncidentRecord of(Incident incident, List<String> next, int asOf) {
        return new IncidentRecord(incident, entries, changes, verifications, next, at(asOf));
    }

    private static ReportedChange restart(Became became, int at, Decision decision) {
        return new ReportedChange(
                "restartWorkload",
                CART.id(),
                "Restart Deployment shop/cart: replace its 2 pods step by step",
                "kubectl --context prod -n shop rollout restart deployment/cart",
                """
                --- Deployment shop/cart (now)
                +++ Deployment shop/cart (then)
                @@ -3,2 +3,3 @@
                   annotations:
                +    kubectl.kubernetes.io/restartedAt: 2026-01-02T03:07:10Z
                 spec:""",
                List.of(new Part(CART.id(), became, at(at), "")),
                Optional.of(decision),
                Optional.empty(),
                Optional.empty());
    }

    private static ReportedChange scale(int at, int until) {
        return new ReportedChange(
                "scaleWorkload",
                CART.id(),
                "Scale Deployment shop/cart from 2 to 4 replicas",
                "kubectl --context prod -n shop patch deployment cart -p '{\"spec\":{\"replicas\":4}}'",
                "-  replicas: 2\n+  replicas: 4",
                List.of(new Part(CART.id(), Became.APPLIED, at(at), "")),
                Optional.of(new Decision(true, "alice", at(at - 5))),
                Optional.empty(),
                Optional.of(at(until)));
    }

    private static ReportedChange isolate(List<Part> parts, Decision decision, Answer answer, long request) {
        return new ReportedChange(
                "isolateWorkload",
                CART.id(),
                "Isolate Deployment shop/cart by replicas",
                "kubectl --context prod -n shop patch deployments cart -p '{\"spec\":{\"replicas\":0}}'",
                "-  replicas: 2\n+  replicas: 0",
                parts,
                Optional.of(decision),
                Optional.of(new SecondPerson(
                        request,
                        Entry.SELF,
                        at(20),
                        at(920),
                        "Deployment shop/cart: 2 pods run. Isolate it?",
                        Optional.of(answer))),
                Optional.empty());
    }

    private ReportCase alert() {
        return entry(
                        0,
                        Kind.ALERT_RECEIVED,
                        "alertmanager",
                        "alert received: cart is down",
                        Map.of("startsAt", at(-25).toString()))
                .entry(0, Kind.INCIDENT_OPENED, "alertmanager", "opened: ServiceDown on shop/cart, critical")
                .entry(1, Kind.PAGED, Entry.SELF, "paged L1 Platform Engineer")
                .entry(3, Kind.RUNBOOK_STARTED, Entry.SELF, "runbook service-down for Deployment shop/cart");
    }

    private ReportCase looked(int seconds, String what) {
        return entry(seconds, Kind.STEP_LOOKED, Entry.SELF, "serviceTask_checkRecovery", what, Map.of());
    }

    /** A restart that helped, and a note for the day after. */
    static IncidentRecord resolvedByRunbook() {
        return new ReportCase()
                .alert()
                .kept(5, "Kept 2 logs of 2 pods of Deployment shop/cart", "cart.log")
                .entry(
                        8,
                        Kind.NOTE,
                        Entry.SELF,
                        "cause crash: Its container ends by itself; see its log. Seen: Restarts: 7; Events: nothing",
                        Map.of("cause", "crash"))
                .entry(
                        9,
                        Kind.STEP_PROPOSED,
                        Entry.SELF,
                        "proposes: Restart Deployment shop/cart",
                        Map.of("proposal", 1))
                .entry(185, Kind.ACKNOWLEDGED, "alice", "alice has taken it")
                .entry(190, Kind.DECIDED, "alice", "alice decided: apply: it is night", Map.of("note", "it is night"))
                .entry(191, Kind.STEP_INTENT, Entry.SELF, "about to: Restart Deployment shop/cart")
                .entry(192, Kind.STEP_APPLIED, Entry.SELF, "did restartWorkload Deployment shop/cart")
                .looked(200, "Deployment shop/cart is well so far: 2 of 2 replicas are ready")
                .looked(210, "Deployment shop/cart is well so far: 2 of 2 replicas are ready")
                .looked(220, "Deployment shop/cart is well so far: 2 of 2 replicas are ready")
                .looked(262, "Deployment shop/cart has recovered: 2 of 2 replicas are ready, for 62 s")
                .entry(263, Kind.RUNBOOK_ENDED, Entry.SELF, "runbook service-down ended: resolved")
                .entry(
                        264,
                        Kind.INCIDENT_CLOSED,
                        Entry.SELF,
                        "closed: resolved by the runbook, and the verification held")
                .entry(
                        4000,
                        Kind.NOTE,
                        "alice",
                        "alice: Follow-up: alert on restarts",
                        Map.of("note", "Follow-up: alert on restarts"))
                .change(restart(Became.APPLIED, 192, new Decision(true, "alice", at(190))))
                .verified(262, Verification.Result.WELL, 200)
                .of(
                        down().takenBy("alice", at(185))
                                .closed(Outcome.RESOLVED_BY_RUNBOOK, at(264))
                                .row(),
                        List.of(),
                        9000);
    }

    /** One isolation was approved, a later one done by broken glass, one was rejected; nothing was taken back. */
    static IncidentRecord breach() {
        var part = new Part(CART.id(), Became.APPLIED, at(61), "");
        var network = new Part("NetworkPolicy/shop/quarantine-cart", Became.APPLIED, at(3601), "");
        return new ReportCase()
                .entry(
                        0,
                        Kind.INCIDENT_OPENED,
                        "bob",
                        "bob declared: SuspectedBreach on shop/cart, critical: a shell in the logs",
                        Map.of("kind", "breach"))
                .entry(1, Kind.PAGED, Entry.SELF, "paged L1 Platform Engineer")
                .entry(20, Kind.APPROVAL_ASKED, Entry.SELF, "a second person is asked: Isolate it?")
                .entry(30, Kind.ACKNOWLEDGED, "alice", "alice has taken it")
                .entry(60, Kind.APPROVAL_DECIDED, "carol", "carol approved: Isolate it? (customer data is at stake)")
                .entry(
                        61,
                        Kind.STEP_APPLIED,
                        Entry.SELF,
                        "did isolateWorkload Deployment shop/cart",
                        Map.of("state", "APPLIED"))
                .entry(3600, Kind.GLASS_BROKEN, "dave", "dave broke the glass and approved alone: Isolate it?")
                .entry(7200, Kind.INCIDENT_ENDED, "alice", "alice ended it: handed to forensics")
                .entry(7201, Kind.INCIDENT_CLOSED, Entry.SELF, "closed: continued elsewhere, as a person said")
                .change(isolate(
                        List.of(part),
                        new Decision(true, "carol", at(60)),
                        new Answer(Answer.Word.APPROVED, "carol", at(60), "customer data is at stake"),
                        1))
                .change(isolate(
                        List.of(),
                        new Decision(false, "carol", at(900)),
                        new Answer(Answer.Word.REJECTED, "carol", at(900), "the pods are gone"),
                        2))
                .change(isolate(
                        List.of(part, network),
                        new Decision(true, "dave", at(3600)),
                        new Answer(Answer.Word.BROKEN_GLASS, "dave", at(3600), "nobody answers"),
                        3))
                .verified(130, Verification.Result.CONTAINED, 65)
                .of(
                        TestIncident.opened(2, new IncidentKey("SuspectedBreach", "shop", "cart"), OPENED)
                                .saying("a shell in the logs")
                                .sentTo("suspected-breach", CART)
                                .declaredBy("bob")
                                .takenBy("alice", at(30))
                                .ended(new Ending(
                                        Ending.Cause.CONTINUED_ELSEWHERE, "alice", "handed to forensics", at(7200)))
                                .closed(Outcome.CONTINUED_ELSEWHERE, at(7201))
                                .row(),
                        List.of(),
                        9000);
    }

    /** A restart did not help, a step was refused over and over, scaling helped and is not taken back; one look could not tell. */
    static IncidentRecord failedRemedy() {
        return new ReportCase()
                .alert()
                .entry(185, Kind.ACKNOWLEDGED, "alice", "alice has taken it")
                .entry(
                        192,
                        Kind.STEP_APPLIED,
                        Entry.SELF,
                        "did restartWorkload Deployment shop/cart",
                        Map.of("state", "APPLIED"))
                .looked(500, "Deployment shop/cart has not recovered within 300 s: 0 of 2 replicas are ready")
                .entry(
                        505,
                        Kind.STEP_REFUSED,
                        Entry.SELF,
                        "Deployment shop/cart was changed 10 s ago",
                        Map.of("step", "scaleWorkload"))
                .entry(
                        525,
                        Kind.STEP_REFUSED,
                        Entry.SELF,
                        "Deployment shop/cart was changed 10 s ago",
                        Map.of("step", "scaleWorkload"))
                .entry(
                        600,
                        Kind.STEP_APPLIED,
                        Entry.SELF,
                        "did scaleWorkload Deployment shop/cart",
                        Map.of("state", "APPLIED"))
                .entry(
                        700,
                        Kind.PERSON_NEEDED,
                        Entry.SELF,
                        "It is not known whether this change was made",
                        Map.of("subject", "step/9"))
                .entry(720, Kind.NOT_NOTIFIED, Entry.SELF, "could not tell Alice by mail")
                .entry(
                        800,
                        Kind.INCIDENT_CLOSED,
                        Entry.SELF,
                        "closed: the pager resolved it, and the verification agreed")
                .change(restart(Became.APPLIED, 192, new Decision(true, Entry.SELF, at(191))))
                .change(scale(600, 15000))
                .change(restart(Became.UNKNOWN, 690, new Decision(true, "alice", at(689))))
                .verified(500, Verification.Result.FAILED, 500)
                .verified(660, Verification.Result.WELL, 610)
                .verified(695, Verification.Result.UNKNOWN, 695)
                .of(
                        down().takenBy("bob", at(300))
                                .ended(new Ending(Ending.Cause.PAGER_RESOLVED, "alertmanager", "", at(790)))
                                .closed(Outcome.RESOLVED_MEANWHILE, at(800))
                                .row(),
                        List.of(),
                        9000);
    }

    static IncidentRecord exercise() {
        return new ReportCase()
                .entry(
                        0,
                        Kind.INCIDENT_OPENED,
                        "alice",
                        "EXERCISE: alice plays ServiceDown on shop/cart, critical",
                        Map.of("exercise", true))
                .entry(1, Kind.PAGED, Entry.SELF, "EXERCISE: would have paged L1 Platform Engineer")
                .entry(
                        90,
                        Kind.STEP_REHEARSED,
                        Entry.SELF,
                        "rehearsed restartWorkload Deployment shop/cart",
                        Map.of("state", "REHEARSED"))
                .entry(120, Kind.INCIDENT_CLOSED, Entry.SELF, "closed: resolved, as a person said")
                .change(restart(Became.REHEARSED, 90, new Decision(true, "alice", at(80))))
                .of(
                        down().exercise()
                                .declaredBy("alice")
                                .ended(new Ending(Ending.Cause.PERSON_RESOLVED, "alice", "well played", at(119)))
                                .closed(Outcome.RESOLVED_BY_PERSON, at(120))
                                .row(),
                        List.of(),
                        9000);
    }

    /** It came back on the next day; what was begun has no result yet, and one proposal waits. */
    static IncidentRecord open() {
        return new ReportCase()
                .alert()
                .entry(30, Kind.ACKNOWLEDGED, "alice", "alice has taken it")
                .entry(
                        264,
                        Kind.INCIDENT_CLOSED,
                        Entry.SELF,
                        "closed: resolved by the runbook, and the verification held")
                .entry(
                        90_000,
                        Kind.INCIDENT_REOPENED,
                        "alertmanager",
                        "reopened: ServiceDown on shop/cart, it fires again",
                        Map.of("startsAt", at(89_900).toString()))
                .entry(90_060, Kind.ACKNOWLEDGED, "bob", "bob has taken it")
                .change(restart(Became.UNSETTLED, 90_100, new Decision(true, "bob", at(90_099))))
                .change(new ReportedChange(
                        "scaleWorkload",
                        CART.id(),
                        "Scale Deployment shop/cart from 2 to 4 replicas",
                        "",
                        "",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .of(
                        down().reopened(1).takenBy("bob", at(90_060)).row(),
                        List.of(
                                "Decide on remedy: with bob.",
                                "bob has it; given back if nothing is heard until 05:00."),
                        90_200);
    }

    private static TestIncident down() {
        return TestIncident.opened(1, new IncidentKey("ServiceDown", "shop", "cart"), OPENED)
                .saying("cart is down")
                .sentTo("service-down", CART);
    }

    /** A record in which everything that comes from outside is this text. */
    static IncidentRecord saying(String text) {
        return new ReportCase()
                .entry(0, Kind.INCIDENT_OPENED, text, text)
                .entry(1, Kind.NOTE, text, text, Map.of("note", "Follow-up: " + text, "cause", text))
                .entry(2, Kind.STEP_REFUSED, text, text, Map.of("step", text))
                .entry(3, Kind.PERSON_NEEDED, text, text, Map.of("subject", text))
                .change(new ReportedChange(
                        text,
                        text,
                        text,
                        "x " + text,
                        text,
                        List.of(
                                new Part(text, Became.UNKNOWN, at(4), text),
                                new Part(text, Became.FAILED, at(4), text)),
                        Optional.of(new Decision(true, text, at(3))),
                        Optional.of(new SecondPerson(
                                1,
                                text,
                                at(3),
                                at(4),
                                text,
                                Optional.of(new Answer(Answer.Word.REJECTED, text, at(4), text)))),
                        Optional.empty()))
                .of(
                        TestIncident.opened(1, new IncidentKey(text, text, text), OPENED)
                                .saying(text)
                                .ended(new Ending(Ending.Cause.PERSON_RESOLVED, text, text, at(5)))
                                .row(),
                        List.of(text),
                        9000);
    }
}
