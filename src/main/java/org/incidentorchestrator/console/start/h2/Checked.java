package org.incidentorchestrator.console.start.h2;

import java.nio.file.Path;
import java.util.List;

/** What came of a check. */
sealed interface Checked {
    record Sound(int tables, long rows, int indexes) implements Checked {}

    /**
     * @param kept the damaged file
     * @param faults that were found
     * @param lost each a line: what could not be saved; none when everything was
     */
    record Rebuilt(Path kept, List<String> faults, long saved, List<String> lost) implements Checked {}
}
