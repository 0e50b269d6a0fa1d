package org.incidentorchestrator.console.start.h2;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Recover;

/** What H2's recovery tool reads, page by page, from a file that cannot be opened. */
final class Recovered {
    private Recovered() {}

    /**
     * @param file that cannot be opened
     * @param into where the database that is made of it will be
     * @throws SQLException when there is nothing to be read
     */
    static OpenDatabase from(H2File like, Path file, Path into) throws SQLException, IOException {
        String name = file.getFileName().toString().replaceFirst("\\.mv\\.db$", "");
        try {
            Recover.execute(file.getParent().toString(), name);
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unreadable) {
            throw new SQLException(Unreadable.reason(unreadable), unreadable);
        }
        OpenDatabase recovered = OpenDatabase.fresh(like, into);
        run(file.resolveSibling(name + ".h2.sql"), recovered);
        recovered.commit();
        return recovered;
    }

    /**
     * Line by line and not by H2's own reader of scripts: in the definition of a table that was hit, a quotation mark
     * that never ends would take all that follows along.
     */
    private static void run(Path script, OpenDatabase recovered) throws IOException {
        StringBuilder statement = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(script), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (statement.isEmpty() && line.startsWith("--")) {
                    continue;
                }
                statement.append(line).append('\n');
                if (line.endsWith(";")) {
                    attempt(statement.toString(), recovered);
                    statement.setLength(0);
                }
            }
        }
    }

    /** One that fails concerns a table whose definition was lost: the others go on. */
    private static void attempt(String statement, OpenDatabase recovered) {
        try {
            recovered.execute(statement);
        } catch (SQLException lost) {
            // The caller sees from the tables that are there what is lost.
        }
    }
}
