package org.incidentorchestrator.evidence.report;

import java.util.List;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Text;

/**
 * Text from outside inside of Markdown: on one line, with the signs of inline markup, links and HTML escaped, and the first
 * of a heading, a list or a rule too. So it is text wherever it stands, in a sentence, an item, a cell or a heading.
 */
final class Markdown {
    private Markdown() {}

    static String text(String text) {
        var escaped = new StringBuilder();
        for (char c : Text.line(text, 4000).toCharArray()) {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '\\', '`', '*', '_', '[', ']', '|', '~', '$', '!', '#' ->
                    escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        // A bare address would become a link.
        return block(escaped.toString())
                .replace("://", "&#58;//")
                .replace("www.", "www&#46;")
                .replace("@", "&#64;");
    }

    /** An item of a list, or the line below a heading, where it begins a line. */
    private static String block(String text) {
        return text.replaceFirst("^([-+=])", "\\\\$1").replaceFirst("^(\\d{1,9})([.)])", "$1\\\\$2");
    }

    /** @param title Markdown already */
    static String heading(int level, String title) {
        return "#".repeat(level) + " " + title + "\n\n";
    }

    static String paragraph(String markdown) {
        return markdown + "\n\n";
    }

    /** @param items Markdown already; a sentence when there are none */
    static String list(List<String> items, String none) {
        return items.isEmpty()
                ? paragraph(none)
                : items.stream().map(item -> "- " + item + "\n").collect(Collectors.joining("", "", "\n"));
    }

    /** A row of cells that are Markdown already. */
    static String row(String... cells) {
        return List.of(cells).stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String header(String... names) {
        return row(names) + "|" + " --- |".repeat(names.length) + "\n";
    }

    /** Fenced by more backticks than it contains; nothing where there is no text. */
    static String code(String language, String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        String lines = text.lines().map(line -> Text.lineOfCode(line, 4000)).collect(Collectors.joining("\n"));
        return fence + language + "\n" + lines + "\n" + fence + "\n\n";
    }
}
