package org.incidentorchestrator.step.verb;

/** Foreign text made fit for a process variable or a summary: one line, of bounded length. */
public final class Line {
    /** What models may hold of a text: far from the 4,000 characters at which a commit fails. */
    public static final int MODEL = 500;

    private Line() {}

    public static String of(String text, int max) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
        return line.substring(0, end) + "…";
    }
}
