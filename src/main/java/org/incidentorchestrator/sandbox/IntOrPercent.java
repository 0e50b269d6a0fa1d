package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;

/** Kubernetes' int-or-percent. */
final class IntOrPercent {
    private IntOrPercent() {}

    /** A number, or so many percent of the whole, rounded up or down. */
    static int share(JsonNode intOrPercent, int whole, boolean up) {
        String text = intOrPercent.asText("0");
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        double exact = Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0 * whole;
        return (int) (up ? Math.ceil(exact) : Math.floor(exact));
    }
}
