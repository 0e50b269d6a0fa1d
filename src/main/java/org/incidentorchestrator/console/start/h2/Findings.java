package org.incidentorchestrator.console.start.h2;

import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.table.Table;

/** What was found in all tables of a database. */
record Findings(List<TableState> tables) {
    static Findings in(SessionLocal session) {
        return new Findings(tablesOf(session).stream()
                .map(table -> Inspection.of(session, table))
                .toList());
    }

    static List<Table> tablesOf(SessionLocal session) {
        return session.getDatabase().getAllTablesAndViews().stream()
                .filter(table -> table instanceof MVTable && !table.isTemporary())
                .toList();
    }

    boolean sound() {
        return tables.stream().allMatch(TableState::sound);
    }

    List<String> faults() {
        return tables.stream().flatMap(table -> table.faults().stream()).toList();
    }

    long rows() {
        return tables.stream().mapToLong(TableState::rows).sum();
    }

    int indexes() {
        return tables.stream().mapToInt(TableState::indexes).sum();
    }
}
