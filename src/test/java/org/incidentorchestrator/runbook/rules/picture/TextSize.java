package org.incidentorchestrator.runbook.rules.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much room a text takes, estimated on the large side: each letter counts with the width that it has in DejaVu Sans,
 * the widest of the usual sans-serif fonts (Arial is a tenth narrower), in parts of the font's size; lines are broken at
 * spaces and hyphens where the viewer breaks them, at 90 px, and are 1.2 times as high as the font.
 */
record TextSize(double width, double height) {
    /** Of labels outside of a shape, in px. */
    static final double LABEL_FONT = 11;

    private static final double LABEL_WIDTH = 90;
    private static final double LINE = 1.2;

    /** What is not named is 0.7 as a capital and else 0.62. */
    private static final Map<Double, String> WIDTHS = Map.of(
            0.28, "ijlI.,:;|!'", 0.33, "f ", 0.39, "t()[]/-\"", 0.41, "r", 0.53, "csz", 0.82, "w", 0.98, "mWM@%");

    static TextSize ofLabel(String text) {
        return of(text, LABEL_FONT, LABEL_WIDTH);
    }

    /** @param font its size in px; @param breadth where lines are broken, in px */
    static TextSize of(String text, double font, double breadth) {
        List<String> lines = lines(text, font, breadth);
        double width =
                lines.stream().mapToDouble(line -> width(line, font)).max().orElse(0);
        return new TextSize(width, lines.size() * font * LINE);
    }

    /** Of a text that is not broken. */
    static TextSize ofLine(String text, double font) {
        return new TextSize(width(text, font), font * LINE);
    }

    /** The rectangle of a text that is centred below a point. */
    Box below(double middleX, double top) {
        return new Box(middleX - width / 2, top, width, height);
    }

    private static List<String> lines(String text, double font, double breadth) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("(?<=[ -])")) {
            if (!line.isEmpty() && width((line + word).strip(), font) > breadth) {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString().strip());
        return lines;
    }

    private static double width(String line, double font) {
        return font * line.chars().mapToDouble(TextSize::ofLetter).sum();
    }

    private static double ofLetter(int letter) {
        return WIDTHS.entrySet().stream()
                .filter(width -> width.getValue().indexOf(letter) >= 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Character.isUpperCase(letter) ? 0.7 : 0.62);
    }
}
