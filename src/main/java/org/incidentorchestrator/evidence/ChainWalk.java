package org.incidentorchestrator.evidence;

import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Reads sealed entries in their order, each with its artefacts (one row each), until one does not fit its seal. */
final class ChainWalk implements ResultSetExtractor<Verdict> {
    @Override
    public Verdict extractData(ResultSet rows) throws SQLException {
        long entries = 0;
        String head = ChainRow.BEGINNING;
        boolean more = rows.next();
        while (more) {
            Link link = Link.read(rows);
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
        return new Verdict.Intact(entries, head);
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

    /** @param before the hash of the entry before it, as that one says; {@code follows}, as this one says */
    private record Link(long sequence, String before, String follows, String hash, ChainRow entry) {
        static Link read(ResultSet row) throws SQLException {
            long sequence = row.getLong("seq");
            return new Link(
                    sequence,
                    sequence == 1 ? ChainRow.BEGINNING : row.getString("before"),
                    row.getString("prev_hash"),
                    row.getString("hash"),
                    ChainRow.read(row, new ArrayList<>()));
        }

        Optional<String> fault(boolean contents) {
            if (!contents) {
                return Optional.of("the content of one of its artefacts was changed");
            }
            if (!follows.equals(before)) {
                return Optional.of("it does not follow the entry before it: one of the two was changed");
            }
            return entry.hash(sequence, before).equals(hash)
                    ? Optional.empty()
                    : Optional.of("its content, its place or the list of its artefacts was changed");
        }
    }
}
