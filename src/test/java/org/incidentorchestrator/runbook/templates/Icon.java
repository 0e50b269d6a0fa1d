package org.incidentorchestrator.runbook.templates;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** One for each shape, 18 by 18, in the colour of the Modeler's own. */
enum Icon {
    /** An eye. */
    LOOK("<path d='M1 9q8-9 16 0q-8 9-16 0z'/><circle cx='9' cy='9' r='2.5'/>"),
    /** A sheet with a question. */
    PROPOSE("<path d='M4 1h7l4 4v12H4z'/><path d='M7.5 8a1.8 1.8 0 1 1 2.6 1.6q-.8.5-.8 1.4M9.3 13.5v.8'/>"),
    /** A spanner. */
    ACT("<path d='M2 14l7-7a4 4 0 0 1 5-5l-2.5 2.5 2 2L16 4a4 4 0 0 1-5 5l-7 7z'/>"),
    /** A frame with a plus, as of a call activity. */
    CALL("<rect x='1.5' y='3' width='15' height='12' rx='2'/><path d='M9 6v6M6 9h6'/>");

    private final String drawing;

    Icon(String drawing) {
        this.drawing = drawing;
    }

    /** As a URL that holds it. */
    String url() {
        String svg = "<svg xmlns='http://www.w3.org/2000/svg' width='18' height='18' viewBox='0 0 18 18' fill='none'"
                + " stroke='#22242a' stroke-width='1.3'>" + drawing + "</svg>";
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
