package org.incidentorchestrator.approval.gate;

import org.incidentorchestrator.approval.gate.Approval.Decision;
import org.incidentorchestrator.approval.gate.ApprovalRefused.Kind;

/**
 * What a person says to a request.
 *
 * @param reason in the person's words; may be empty for an approval
 * @param alternative what a rejection leads to instead, one of the request's; else empty
 */
record ApprovalAnswer(Decision decision, String reason, String alternative) {
    private static final int LONGEST_REASON = 2000;

    /** @param word as the form and the API write it: approve, reject, lookAgain or breakGlass */
    static ApprovalAnswer of(String word, String reason, String alternative) {
        Decision decision =
                switch (word == null ? "" : word) {
                    case "approve" -> Decision.APPROVED;
                    case "reject" -> Decision.REJECTED;
                    case "lookAgain" -> Decision.LOOK_AGAIN;
                    case "breakGlass" -> Decision.BROKEN_GLASS;
                    default ->
                        throw new ApprovalRefused(
                                Kind.WRONG,
                                "unknownAnswer",
                                "'%s' is no answer to a request for approval.".formatted(word),
                                "Answer approve, reject, lookAgain or breakGlass.");
                };
        return new ApprovalAnswer(decision, cut(reason), alternative == null ? "" : alternative.strip());
    }

    private static String cut(String reason) {
        String text = reason == null ? "" : reason.strip();
        return text.substring(0, Math.min(text.length(), LONGEST_REASON));
    }

    /** As the models read it. */
    String outcome() {
        return switch (decision) {
            case APPROVED, BROKEN_GLASS -> "approved";
            case REJECTED -> "rejected";
            case LOOK_AGAIN -> "lookAgain";
            case WITHDRAWN -> "noLongerAsked";
        };
    }
}
