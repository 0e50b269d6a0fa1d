package org.incidentorchestrator.console.start.h2;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.tools.Recover;
import org.h2.tools.RunScript;

/** What H2's recovery tool reads, page by page, from a file that cannot be opened. */
final class Recovered {
    private Recovered() {}

    /**
     * @param file that cannot be opened
     * @param into where the database that it makes of it will be
     * @throws SQLException when there is nothing to be read
     */
    static OpenDatabase from(H2File like, Path file, Path into) throws SQLException {
        String name = file.getFileName().toString().replaceFirst("\\.mv\\.db$", "");
        Path script = file.resolveSibling(name + ".h2.sql");
        try {
            Recover.execute(file.getParent().toString(), name);
            // A statement that fails concerns a table whose definition was lost: the others go on.
            RunScript.execute(like.url(into), like.user(), like.password(), script.toString(), null, true);
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unreadable) {
            throw new SQLException(Unreadable.reason(unreadable), unreadable);
        }
        return OpenDatabase.existing(like, into);
    }
}
