package org.incidentorchestrator.evidence;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Text from outside inside of Markdown. It only ever stands in a table's cell or a code block: neither has headings,
 * lists or rules, and in a cell the signs of inline markup, links and HTML are escaped.
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
                case '\\', '`', '*', '_', '[', ']', '|', '~', '$', '!' ->
                    escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        // A bare address would become a link.
        return escaped.toString()
                .replace("://", "&#58;//")
                .replace("www.", "www&#46;")
                .replace("@", "&#64;");
    }

    /** A row of cells that are Markdown already. */
    static String row(String... cells) {
        return List.of(cells).stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    static String header(String... names) {
        return row(names) + "|" + " --- |".repeat(names.length) + "\n";
    }

    /** Fenced by more backticks than it contains. */
    static String code(String language, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + language + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
    }
}
