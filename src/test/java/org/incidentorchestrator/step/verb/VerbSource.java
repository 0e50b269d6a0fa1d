package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incidentorchestrator.step.Step;

/** What the source of a verb says in its comments: for pages and templates, which say it in the same words. */
public record VerbSource(String text, Path file) {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern CLASS_COMMENT = Pattern.compile("/\\*\\*(.+?)\\*/", Pattern.DOTALL);
    private static final Pattern FIRST_SENTENCE = Pattern.compile("^(.+?)[.:;](\\s|$)", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("@param (\\w+) (.+?)(?=@param |@throws |@return |$)", Pattern.DOTALL);

    public static VerbSource of(Step<?, ?> step) {
        return of(step.getClass());
    }

    private static VerbSource of(Class<?> type) {
        Path file = SOURCES.resolve(type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java");
        try {
            return new VerbSource(Files.readString(file), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first sentence of the class comment. */
    public String does() {
        Matcher comment = CLASS_COMMENT.matcher(text);
        assertThat(comment.find()).as("%s has a comment", file).isTrue();
        Matcher sentence = FIRST_SENTENCE.matcher(plain(comment.group(1)));
        assertThat(sentence.find()).as("the comment of %s has a sentence", file).isTrue();
        return sentence.group(1) + ".";
    }

    /** What is said of the components of a record, by their names; those that speak for themselves are left out. */
    public static Map<String, String> components(Class<? extends Record> record) {
        Matcher comment = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:public )?record " + record.getSimpleName() + "\\(",
                        Pattern.DOTALL)
                .matcher(of(record).text);
        Map<String, String> said = new LinkedHashMap<>();
        if (comment.find()) {
            PARAMETER
                    .matcher(plain(comment.group(1)))
                    .results()
                    .forEach(found ->
                            said.put(found.group(1), sentence(found.group(2).strip())));
        }
        return said;
    }

    /** The comment above a declaration. @param declaration as it stands in the source */
    public static String comment(Class<?> type, String declaration) {
        Matcher comment = Pattern.compile(
                        "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" + Pattern.quote(declaration), Pattern.DOTALL)
                .matcher(of(type).text);
        assertThat(comment.find())
                .as("%s of %s has a comment", declaration, type)
                .isTrue();
        return plain(comment.group(1));
    }

    private static String sentence(String text) {
        String whole = text.replaceAll("[;.]$", "") + ".";
        return whole.startsWith("`") ? whole : whole.substring(0, 1).toUpperCase() + whole.substring(1);
    }

    private static String plain(String comment) {
        return comment.replaceAll("\\s*\\n\\s*\\*\\s*", " ")
                .replaceAll("^\\*?\\s*", "")
                .replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                .strip();
    }
}
