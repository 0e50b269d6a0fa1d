package org.incidentorchestrator.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that is followed to the letter.
 *
 * @param moves what its reader does, in the order of the page
 */
public record Tutorial(List<Move> moves) {
    private static final Pattern BOX = Pattern.compile("(?ms)^```(\\w+)( keeps-running)?\\n(.*?)^```$");
    private static final Pattern SAVED_AS = Pattern.compile("save it as `([^`]+)`");

    /** What a reader does. */
    public sealed interface Move {
        /** Saves a box as a file. */
        record Save(String file, String text) implements Move {}

        /** Types a box into a shell. @param answer of the box after it, which is what the shell is to answer; may be empty */
        record Type(String commands, String answer) implements Move {}

        /** Types a box into a shell of its own, and leaves it running. */
        record Start(String commands) implements Move {}
    }

    public static Tutorial read(Path page) throws IOException {
        String text = Files.readString(page);
        List<Move> moves = new ArrayList<>();
        Matcher box = BOX.matcher(text);
        while (box.find()) {
            String content = box.group(3);
            switch (box.group(1)) {
                case "xml" -> moves.add(new Move.Save(savedAs(text.substring(0, box.start())), content));
                case "text" -> moves.add(answered((Move.Type) moves.remove(moves.size() - 1), content));
                default -> moves.add(box.group(2) == null ? new Move.Type(content, "") : new Move.Start(content));
            }
        }
        return new Tutorial(List.copyOf(moves));
    }

    private static Move.Type answered(Move.Type typed, String answer) {
        return new Move.Type(typed.commands, answer.strip());
    }

    /** The name that stood last before it. */
    private static String savedAs(String before) {
        return SAVED_AS.matcher(before)
                .results()
                .reduce((one, next) -> next)
                .map(found -> found.group(1))
                .orElseThrow(() -> new IllegalStateException("the page does not say where the box is saved"));
    }

    /** The files that are saved, in the order of the page. */
    public List<Move.Save> saved() {
        return moves.stream()
                .filter(Move.Save.class::isInstance)
                .map(Move.Save.class::cast)
                .toList();
    }
}
