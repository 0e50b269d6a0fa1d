package org.incidentorchestrator.incident;

import java.util.regex.Pattern;

/** The name of an incident among people, and the business key of all its process instances: {@code INC-1}. */
public record IncidentNumber(long value) implements Comparable<IncidentNumber> {
    private static final Pattern FORM = Pattern.compile("INC-([1-9][0-9]{0,17})");

    public IncidentNumber {
        if (value < 1) {
            throw new IllegalArgumentException("an incident's number starts at 1, not " + value);
        }
    }

    public static IncidentNumber parse(String text) {
        var match = FORM.matcher(text == null ? "" : text);
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an incident's number; write it as 'INC-1'");
        }
        return new IncidentNumber(Long.parseLong(match.group(1)));
    }

    @Override
    public int compareTo(IncidentNumber other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "INC-" + value;
    }
}
