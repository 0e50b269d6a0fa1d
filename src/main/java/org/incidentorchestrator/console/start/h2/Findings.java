package org.incidentorchestrator.console.start.h2;

import java.util.List;
import java.util.stream.Stream;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Table;

/**
 * What was found in a database.
 *
 * @param unfinished each a sentence: what a program that was killed had begun, and cannot be taken back
 */
record Findings(List<TableState> tables, List<String> unfinished) {
    static Findings in(SessionLocal session) {
        List<String> unfinished = unfinished(session);
        return new Findings(
                tablesOf(session).stream()
                        .map(table -> Inspection.of(session, table))
                        .toList(),
                unfinished);
    }

    /**
     * H2 takes back on opening what had not been committed, and opens also when it cannot: whoever then counts the rows
     * of a table meets what could not be read. To be asked before anything else is done on the connection.
     */
    static List<String> unfinished(SessionLocal session) {
        return session.getDatabase().getStore().getTransactionStore().getOpenTransactions().stream()
                .map(transaction -> "what had not been committed cannot be taken back: transaction " + transaction)
                .toList();
    }

    static List<Table> tablesOf(SessionLocal session) {
        return session.getDatabase().getAllTablesAndViews().stream()
                .filter(table -> table instanceof MVTable && !table.isTemporary())
                .toList();
    }

    boolean sound() {
        return unfinished.isEmpty() && tables.stream().allMatch(TableState::sound);
    }

    List<String> faults() {
        return Stream.concat(unfinished.stream(), tables.stream().flatMap(table -> table.faults().stream()))
                .toList();
    }

    long rows() {
        return tables.stream().mapToLong(TableState::rows).sum();
    }

    int indexes() {
        return tables.stream().mapToInt(TableState::indexes).sum();
    }
}
