package org.incidentorchestrator.console.api;

import java.util.List;

/** Why somebody does something: {@code {"reason": "…"}}. */
record Reason(String reason) {
    private static final int LONGEST = 1000;

    /** @throws Refused when it says nothing, or too much */
    String checked() {
        String text = reason == null ? "" : reason.strip();
        if (text.length() < 3 || text.length() > LONGEST) {
            throw Refused.wrong(List.of("reason has to say why, in 3 to %d characters".formatted(LONGEST)));
        }
        return text;
    }
}
