package org.incidentorchestrator.cluster;

import java.util.regex.Pattern;

/** A command line for a POSIX shell, word by word. Whatever a word holds, the shell reads it as that one word. */
final class ShellLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final StringBuilder line = new StringBuilder();

    ShellLine(String program) {
        line.append(quoted(program));
    }

    ShellLine words(String... words) {
        for (String word : words) {
            line.append(' ').append(quoted(word));
        }
        return this;
    }

    ShellLine when(boolean present, String... words) {
        return present ? words(words) : this;
    }

    /** The line, and a text for its standard input in which the shell expands nothing. */
    String reading(String text) {
        if (text.lines().anyMatch("EOF"::equals)) {
            throw new IllegalArgumentException("a text with the line EOF would end the here-document early");
        }
        return line + " <<'EOF'\n" + text + "\nEOF";
    }

    /** In single quotes nothing is special but the single quote; a NUL cannot be in a word at all. */
    static String quoted(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a word of a shell line cannot contain a NUL character");
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
