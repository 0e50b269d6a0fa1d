package org.incidentorchestrator.evidence;

import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Reads sealed entries in their order, each with its artefacts (one row each), until one does not fit its seal. */
final class ChainWalk implements ResultSetExtractor<Verdict> {
    private final long first;
    private final RemovedEvidence removed;

    /** @param first the sequence number that the chain begins with; later than 1 when what was removed is gone */
    ChainWalk(long first, RemovedEvidence removed) {
        this.first = first;
        this.removed = removed;
    }

    @Override
    public Verdict extractData(ResultSet rows) throws SQLException {
        long entries = 0;
        String head = ChainRow.BEGINNING;
        boolean more = rows.next();
        while (more) {
            Link link = link(rows);
            boolean contents = true;
            do {
                contents &= take(rows, link);
                more = rows.next();
            } while (more && rows.getLong("seq") == link.sequence());
            Optional<String> fault = link.fault(contents);
            if (fault.isPresent()) {
                return new Verdict.Broken(link.sequence(), fault.get());
            }
            entries++;
            head = link.hash();
        }
        return new Verdict.Intact(entries, head, first - 1);
    }

    private Link link(ResultSet row) throws SQLException {
        long sequence = row.getLong("seq");
        return new Link(
                sequence,
                sequence == first ? beforeTheFirst(row) : row.getString("before"),
                row.getString("prev_hash"),
                row.getString("hash"),
                sequence == removed.through() ? removed.lastHash() : row.getString("hash"),
                ChainRow.read(row, new ArrayList<>()));
    }

    /** While only some of what was stated are gone, what the first that is left follows is not known any more. */
    private String beforeTheFirst(ResultSet row) throws SQLException {
        if (first == 1) {
            return ChainRow.BEGINNING;
        }
        return first == removed.through() + 1 ? removed.lastHash() : row.getString("prev_hash");
    }

    /** @return whether the artefact's content has the digest that is kept beside it; also for a row that has none */
    private static boolean take(ResultSet row, Link link) throws SQLException {
        String digest = row.getString("sha256");
        if (digest == null) {
            return true;
        }
        link.entry().artefacts().add(digest);
        try {
            return Content.sha256(Content.gunzip(row.getBytes("content"))).equals(digest);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /**
     * @param before the hash of the entry before it, as that one says; {@code follows}, as this one says
     * @param stated its hash, as whoever says what was removed says
     */
    private record Link(long sequence, String before, String follows, String hash, String stated, ChainRow entry) {
        Optional<String> fault(boolean contents) {
            if (!contents) {
                return Optional.of("the content of one of its artefacts was changed");
            }
            if (!follows.equals(before)) {
                return Optional.of("it does not follow the entry before it: one of the two was changed");
            }
            if (!hash.equals(stated)) {
                return Optional.of("it is not the one that was stated to be the last that is removed");
            }
            return entry.hash(sequence, before).equals(hash)
                    ? Optional.empty()
                    : Optional.of("its content, its place or the list of its artefacts was changed");
        }
    }
}
