package org.incidentorchestrator.console.start.h2;

import java.util.Optional;
import java.util.function.Consumer;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.Index;
import org.h2.mvstore.db.MVSecondaryIndex;
import org.h2.result.SearchRow;

/**
 * Goes over all entries of a table, or of one of its indexes, in order. In a damaged file pages may refer to each other
 * in a circle, so whatever does not ascend ends the walk.
 */
final class Walk {
    private final SessionLocal session;
    private final Index index;
    private final boolean backwards;

    private Walk(SessionLocal session, Index index, boolean backwards) {
        this.session = session;
        this.index = index;
        this.backwards = backwards;
    }

    static Walk over(SessionLocal session, Index index) {
        return new Walk(session, index, false);
    }

    static Walk backwardsOver(SessionLocal session, Index index) {
        return new Walk(session, index, true);
    }

    /** @return why it ended before the last entry; empty when it did not */
    Optional<String> each(Consumer<SearchRow> taker) {
        try {
            Cursor cursor = index.find(session, null, null, backwards);
            SearchRow last = null;
            while (cursor.next()) {
                SearchRow entry = cursor.getSearchRow();
                if (last != null && !follows(entry, last)) {
                    return Optional.of("is out of order after row " + last.getKey());
                }
                taker.accept(entry);
                last = entry;
            }
            return Optional.empty();
        } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError unreadable) {
            // A length that is no length, for one, asks for more memory than there is.
            return Optional.of("cannot be read to its end: " + Unreadable.reason(unreadable));
        }
    }

    private boolean follows(SearchRow entry, SearchRow last) {
        int order = index instanceof MVSecondaryIndex ? index.compareRows(last, entry) : 0;
        order = order == 0 ? Long.compare(last.getKey(), entry.getKey()) : order;
        return backwards ? order > 0 : order < 0;
    }
}
