package org.incidentorchestrator.evidence.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change as it was proposed, decided and made, or not made.
 *
 * @param step the verb: {@code restartWorkload}
 * @param target id of what it is about: {@code Deployment/shop/cart}
 * @param what one line for people
 * @param kubectl the same for a shell, a command a line
 * @param diff of the object as it was and as it was to be, in YAML; empty where nothing was proposed
 * @param parts what was sent, each with what became of it; none when it was never made
 * @param decision of whoever had the incident, or of the program itself; none while nobody has decided
 * @param secondPerson who was asked beside them; none where one is enough
 * @param until when it is to be taken back; none when it is for good
 */
public record ReportedChange(
        String step,
        String target,
        String what,
        String kubectl,
        String diff,
        List<Part> parts,
        Optional<Decision> decision,
        Optional<SecondPerson> secondPerson,
        Optional<Instant> until) {
    public ReportedChange {
        parts = List.copyOf(parts);
    }

    /**
     * @param at since when that is known; the intent's time while nothing is
     * @param note why, where there is something to say
     */
    public record Part(String target, Became became, Instant at, String note) {}

    /** The worst of a change's parts is what became of the change: so they are in this order. */
    public enum Became {
        APPLIED,
        REHEARSED,
        /** Its run ended before it was sent. */
        ABANDONED,
        /** It was refused: nothing was changed. */
        FAILED,
        /** It was sent, or was about to be, and nothing is known of it yet. */
        UNSETTLED,
        /** Nobody can tell whether it was made. */
        UNKNOWN
    }

    /** @param by a user id, or {@code incident-orchestrator}: then it was made unattended */
    public record Decision(boolean accepted, String by, Instant at) {}

    /**
     * @param id of the request for approval
     * @param requester a user id, or {@code incident-orchestrator}
     * @param answer none while there is none
     */
    public record SecondPerson(
            long id, String requester, Instant askedAt, Instant expiresAt, String question, Optional<Answer> answer) {}

    public record Answer(Word word, String by, Instant at, String reason) {
        public enum Word {
            APPROVED,
            REJECTED,
            LOOK_AGAIN,
            BROKEN_GLASS,
            WITHDRAWN
        }
    }

    /** Empty when it was never made. */
    Optional<Part> worst() {
        return parts.stream().reduce((one, other) -> other.became().compareTo(one.became()) > 0 ? other : one);
    }

    boolean is(Became became) {
        return worst().filter(part -> part.became() == became).isPresent();
    }

    /** When the last of it was made; only of one that was. */
    Instant madeAt() {
        return parts.stream().map(Part::at).max(Instant::compareTo).orElseThrow();
    }

    boolean brokeGlass() {
        return secondPerson
                .flatMap(SecondPerson::answer)
                .filter(answer -> answer.word() == Answer.Word.BROKEN_GLASS)
                .isPresent();
    }
}
