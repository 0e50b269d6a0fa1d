package org.incidentorchestrator.evidence.report;

import java.util.ArrayList;
import java.util.List;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.evidence.report.ReportedChange.Answer;
import org.incidentorchestrator.evidence.report.ReportedChange.SecondPerson;

/** What a second person was asked about a change, what they said, and who has reviewed a broken glass. */
final class SecondPersonSentences {
    private SecondPersonSentences() {}

    static List<String> of(SecondPerson second, IncidentRecord record) {
        List<String> facts = new ArrayList<>();
        facts.add("Approval asked by %s at %s: “%s”"
                .formatted(
                        Spoken.who(second.requester()),
                        Spoken.moment(second.askedAt()),
                        Markdown.text(second.question())));
        facts.add(second.answer()
                .map(SecondPersonSentences::answer)
                .orElse("Nobody has answered that; it could be until " + Spoken.moment(second.expiresAt()) + "."));
        second.answer()
                .filter(answer -> answer.word() == Answer.Word.BROKEN_GLASS)
                .ifPresent(answer -> facts.add(review(second.id(), record)));
        return facts;
    }

    static String answer(Answer answer) {
        String who = Spoken.who(answer.by());
        String why = answer.reason() == null || answer.reason().isBlank()
                ? ""
                : ": “" + Markdown.text(answer.reason()) + "”";
        String at = Spoken.moment(answer.at());
        return switch (answer.word()) {
            case APPROVED -> "Approved by %s at %s%s.".formatted(who, at, why);
            case BROKEN_GLASS -> "**%s broke the glass** and approved alone at %s%s.".formatted(who, at, why);
            case REJECTED -> "Rejected by %s at %s%s.".formatted(who, at, why);
            case LOOK_AGAIN -> "%s had it looked at again at %s%s.".formatted(who, at, why);
            case WITHDRAWN -> "Not asked any more since %s%s.".formatted(at, why);
        };
    }

    private static String review(long approval, IncidentRecord record) {
        return record.of(Kind.GLASS_REVIEWED)
                .filter(entry -> FollowUps.approval(entry) == approval)
                .findFirst()
                .map(entry -> "The glass: " + Spoken.sentence(Markdown.text(entry.summary())))
                .orElse("Nobody has reviewed the broken glass yet.");
    }
}
