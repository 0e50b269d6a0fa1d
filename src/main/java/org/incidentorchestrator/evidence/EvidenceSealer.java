package org.incidentorchestrator.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives committed entries their place in the chain: sequence number, the hash before, and the hash. Appenders never
 * wait for it: it touches committed rows only. Of two programs on one database the second one's attempt fails at the
 * unique sequence number and leaves nothing behind.
 */
@Component
final class EvidenceSealer {
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final TransactionTemplate transaction;

    EvidenceSealer(JdbcTemplate batch, PlatformTransactionManager transactions) {
        this.batch = batch;
        this.jdbc = JdbcClient.create(batch);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Seals all that is committed. @return how many entries that were */
    int seal() {
        int all = 0;
        int last = AT_ONCE;
        while (last == AT_ONCE) {
            last = sealSome();
            all += last;
        }
        return all;
    }

    private int sealSome() {
        try {
            return transaction.execute(status -> {
                List<ChainRow> rows = unsealed();
                if (!rows.isEmpty()) {
                    append(rows, head());
                }
                return rows.size();
            });
        } catch (AnotherWasFirst | DataIntegrityViolationException | ConcurrencyFailureException e) {
            return 0;
        }
    }

    private List<ChainRow> unsealed() {
        List<Long> ids = jdbc.sql("select id from evidence where seq is null order by id limit :limit")
                .param("limit", AT_ONCE)
                .query(Long.class)
                .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, List<String>> digests = new HashMap<>();
        jdbc.sql("select evidence, sha256 from artefact where evidence in (:ids) order by id")
                .param("ids", ids)
                .query(row -> {
                    digests.computeIfAbsent(row.getLong("evidence"), id -> new ArrayList<>())
                            .add(row.getString("sha256"));
                });
        return jdbc.sql("select * from evidence where id in (:ids) order by id")
                .param("ids", ids)
                .query((row, i) -> ChainRow.read(row, digests.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    private Head head() {
        return jdbc.sql("select seq, hash from evidence where seq = (select max(seq) from evidence)")
                .query((row, i) -> new Head(row.getLong("seq"), row.getString("hash")))
                .optional()
                .orElse(new Head(0, ChainRow.BEGINNING));
    }

    private void append(List<ChainRow> rows, Head head) {
        List<Object[]> seals = new ArrayList<>();
        Head last = head;
        for (ChainRow row : rows) {
            Head next = new Head(last.sequence() + 1, row.hash(last.sequence() + 1, last.hash()));
            seals.add(new Object[] {next.sequence(), last.hash(), next.hash(), row.id()});
            last = next;
        }
        int[] updated = batch.batchUpdate(
                "update evidence set seq = ?, prev_hash = ?, hash = ? where id = ? and seq is null", seals);
        if (Arrays.stream(updated).anyMatch(count -> count == 0)) {
            throw new AnotherWasFirst();
        }
    }

    private record Head(long sequence, String hash) {}

    /** Rolls the attempt back. */
    private static final class AnotherWasFirst extends RuntimeException {
        AnotherWasFirst() {
            super("another program sealed these entries", null, false, false);
        }
    }
}
