package org.incidentorchestrator.console.start.h2;

import java.util.List;

/**
 * What was found in one table.
 *
 * @param rows that could be read
 * @param faults each a sentence that begins with the table's name; none when all that is there can be read and agrees
 */
record TableState(String name, long rows, int indexes, List<String> faults) {
    boolean sound() {
        return faults.isEmpty();
    }
}
