package org.incidentorchestrator.approval.gate;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.approval.gate.ApprovalRefused.Kind;
import org.incidentorchestrator.step.Stop;
import org.incidentorchestrator.step.StopSwitch;
import org.springframework.stereotype.Component;

/** Whether an answer may decide a request: by this person, at this time, with these words. */
@Component
class AnswerGuard {
    private static final int SHORTEST_GLASS_REASON = 20;

    private final ApprovalSeal seal;
    private final FourEyes fourEyes;
    private final StopSwitch stop;
    private final GateAlarm alarm;
    private final Clock clock;

    AnswerGuard(ApprovalSeal seal, FourEyes fourEyes, StopSwitch stop, GateAlarm alarm, Clock clock) {
        this.seal = seal;
        this.fourEyes = fourEyes;
        this.stop = stop;
        this.alarm = alarm;
        this.clock = clock;
    }

    /** @throws ApprovalRefused when it may not; that is on the record then */
    void check(List<Approval> asked, String person, ApprovalAnswer answer) {
        refusal(asked, person, answer).ifPresent(refused -> {
            asked.stream()
                    .findFirst()
                    .ifPresent(one -> alarm.refused(one.incident(), person, refused.reason(), refused.getMessage()));
            throw refused;
        });
    }

    private Optional<ApprovalRefused> refusal(List<Approval> asked, String person, ApprovalAnswer answer) {
        if (asked.isEmpty() || asked.stream().anyMatch(one -> one.ruling().isPresent())) {
            return refuse(Kind.TOO_LATE, "approvalDecided", "This request is decided already.", "See its incident.");
        }
        Optional<Approval> forged =
                asked.stream().filter(one -> !seal.verifies(one)).findFirst();
        if (forged.isPresent()) {
            alarm.forged(forged.get(), Forgery.told(forged.get()));
            return refuse(Kind.TOO_LATE, "approvalForged", Forgery.told(forged.get()), "Propose the change anew.");
        }
        return switch (answer.decision()) {
            case APPROVED -> expired(asked).or(() -> notSecond(asked, person)).or(this::stopped);
            case BROKEN_GLASS ->
                expired(asked).or(() -> noGlass(person, answer.reason())).or(this::stopped);
            case REJECTED -> noApprover(person).or(() -> unreasoned(asked, answer));
            case LOOK_AGAIN -> noApprover(person);
            case WITHDRAWN -> throw new IllegalArgumentException("nobody withdraws a request by an answer");
        };
    }

    private Optional<ApprovalRefused> expired(List<Approval> asked) {
        Approval first = asked.get(0);
        return first.expired(clock.instant())
                ? refuse(
                        Kind.TOO_LATE,
                        "approvalExpired",
                        "This could be approved until %s."
                                .formatted(first.expiresAt().truncatedTo(ChronoUnit.SECONDS)),
                        "Look again: it is proposed anew, as things are now.")
                : Optional.empty();
    }

    /** What is approved now would be refused by the step, and its run would end: the request stays open instead. */
    private Optional<ApprovalRefused> stopped() {
        return stop.now()
                .map(held -> new ApprovalRefused(
                        Kind.TOO_LATE,
                        Stop.REASON,
                        held.inWords() + ". What is approved now could not be done.",
                        Stop.REMEDY + " Then approve it, or have it looked at again."));
    }

    private Optional<ApprovalRefused> notSecond(List<Approval> asked, String person) {
        if (!fourEyes.approver(person)) {
            return refuse(
                    Kind.FORBIDDEN,
                    "approverNotAllowed",
                    "%s is not in the group approver.".formatted(person),
                    "Ask one who is; if nobody can be reached, level 3 or 4 can break the glass.");
        }
        return fourEyes.involvement(person, asked)
                .map(why -> new ApprovalRefused(
                        Kind.FORBIDDEN,
                        "approvedByRequester",
                        "%s %s: that takes a second person.".formatted(person, why),
                        "Ask another approver; if nobody can be reached, level 3 or 4 can break the glass."));
    }

    private Optional<ApprovalRefused> noGlass(String person, String reason) {
        if (!fourEyes.mayBreakGlass(person)) {
            return refuse(
                    Kind.FORBIDDEN,
                    "glassNotAllowed",
                    "%s is in none of the groups that may break the glass.".formatted(person),
                    "Ask level 3 or 4.");
        }
        return reason.length() < SHORTEST_GLASS_REASON
                ? refuse(
                        Kind.WRONG,
                        "reasonTooShort",
                        "To break the glass takes a reason of at least %d characters.".formatted(SHORTEST_GLASS_REASON),
                        "Say why nobody else can approve it, and why it cannot wait.")
                : Optional.empty();
    }

    private Optional<ApprovalRefused> noApprover(String person) {
        return fourEyes.mayAnswer(person)
                ? Optional.empty()
                : refuse(
                        Kind.FORBIDDEN,
                        "approverNotAllowed",
                        "%s may not answer requests for approval.".formatted(person),
                        "Ask an approver.");
    }

    private static Optional<ApprovalRefused> unreasoned(List<Approval> asked, ApprovalAnswer answer) {
        if (answer.reason().isEmpty()) {
            return refuse(Kind.WRONG, "noReason", "A rejection needs a reason.", "Say why.");
        }
        Alternatives offered = Alternatives.of(asked.get(0).alternatives());
        boolean fits = answer.alternative().isEmpty() ? offered.choices().isEmpty() : offered.has(answer.alternative());
        return fits
                ? Optional.empty()
                : refuse(
                        Kind.WRONG,
                        "unknownAlternative",
                        "'%s' is not what can be done instead.".formatted(answer.alternative()),
                        offered.choices().isEmpty() ? "Leave it empty." : "Name one of: " + offered.values() + ".");
    }

    private static Optional<ApprovalRefused> refuse(Kind kind, String reason, String message, String remedy) {
        return Optional.of(new ApprovalRefused(kind, reason, message, remedy));
    }
}
