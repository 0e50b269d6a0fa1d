package org.incidentorchestrator.intake;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/**
 * What paging systems sent, as they sent it. A row is RECEIVED until its alerts have been worked on, then DONE; PARKED
 * is one that only a person can help. Each method joins the caller's transaction.
 */
@Repository
class Inbox {
    private static final long BYTES_AT_ONCE = 4L * 1024 * 1024;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    Inbox(JdbcTemplate template) {
        this.template = template;
        this.jdbc = JdbcClient.create(template);
    }

    enum State {
        RECEIVED,
        DONE,
        PARKED
    }

    /** A message to be worked on. */
    record Row(long id, String source, Instant receivedAt, int attempts, byte[] body) {}

    /** A message to be stored. */
    record Received(String source, Instant at, byte[] body, String sha256) {}

    /** What became of a message. */
    record Settled(long id, State state, String outcome) {}

    /** What waits. @param oldest none when nothing waits */
    record Backlog(long waiting, long parked, Optional<Instant> oldest) {}

    /** @return the ids, in the order of the messages */
    List<Long> add(List<Received> messages) {
        var keys = new GeneratedKeyHolder();
        template.batchUpdate(
                connection -> connection.prepareStatement(
                        """
                        insert into inbox (source, received_at, sha256, body, state, attempts, due_at)
                        values (?, ?, ?, ?, 'RECEIVED', 0, ?)""",
                        new String[] {"id"}),
                new BatchPreparedStatementSetter() {
                    @Override
                    public void setValues(PreparedStatement row, int at) throws SQLException {
                        set(row, messages.get(at));
                    }

                    @Override
                    public int getBatchSize() {
                        return messages.size();
                    }
                },
                keys);
        return keys.getKeyList().stream()
                .map(key -> ((Number) key.values().iterator().next()).longValue())
                .toList();
    }

    private static void set(PreparedStatement row, Received message) throws SQLException {
        row.setString(1, message.source());
        row.setObject(2, utc(message.at()));
        row.setString(3, message.sha256());
        row.setBytes(4, message.body());
        row.setObject(5, utc(message.at()));
    }

    /**
     * Messages that are due, those first that wait longest: at most so many, and no more bytes than memory should hold at
     * once. Ordered as the index is, so that a backlog is not sorted for each thousand of it.
     */
    List<Row> due(Instant now, int limit) {
        List<Long> ids = new ArrayList<>();
        long[] bytes = {0};
        jdbc.sql(
                        """
                        select id, octet_length(body) as size from inbox
                        where state = 'RECEIVED' and due_at <= :now order by state, due_at, id limit :limit""")
                .param("now", utc(now))
                .param("limit", limit)
                .query(row -> {
                    bytes[0] += row.getLong("size");
                    if (ids.isEmpty() || bytes[0] <= BYTES_AT_ONCE) {
                        ids.add(row.getLong("id"));
                    }
                });
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("select id, source, received_at, attempts, body from inbox where id in (:ids) order by id")
                        .param("ids", ids)
                        .query(Inbox::row)
                        .list();
    }

    /**
     * Takes messages for the caller's transaction: locks their rows in the order of their ids and returns those that
     * are still to be worked on. Another program that is at the same rows waits here, then finds them done: the state
     * is looked at again once the lock is held, on H2 and on PostgreSQL alike, and nothing is left behind by a program
     * that is killed.
     */
    Set<Long> take(Collection<Long> ids) {
        return new HashSet<>(
                jdbc.sql("select id from inbox where id in (:ids) and state = 'RECEIVED' order by id for update")
                        .param("ids", ids)
                        .query(Long.class)
                        .list());
    }

    void settle(Collection<Settled> rows, Instant now) {
        template.batchUpdate(
                "update inbox set state = ?, outcome = ?, done_at = ? where id = ?", rows, 200, (statement, row) -> {
                    statement.setString(1, row.state().name());
                    statement.setString(2, CleanText.line(row.outcome(), 4000));
                    statement.setObject(3, utc(now));
                    statement.setLong(4, row.id());
                });
    }

    /** Tries it again later; why it failed is kept beside it. */
    void postpone(long id, int attempts, Instant dueAt, String why) {
        jdbc.sql(
                        """
                        update inbox set attempts = :attempts, due_at = :dueAt, outcome = :why
                        where id = :id and state = 'RECEIVED'""")
                .param("attempts", attempts)
                .param("dueAt", utc(dueAt))
                .param("why", CleanText.line(why, 4000))
                .param("id", id)
                .update();
    }

    /** @return whether it was parked */
    boolean replay(long id, Instant now) {
        return jdbc.sql(
                                """
                        update inbox set state = 'RECEIVED', attempts = 0, due_at = :now, outcome = null, done_at = null
                        where id = :id and state = 'PARKED'""")
                        .param("now", utc(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Newest first. */
    List<InboxView> list(State state, int limit) {
        return jdbc.sql("select * from inbox where state = :state order by id desc limit :limit")
                .param("state", state.name())
                .param("limit", limit)
                .query(InboxView::read)
                .list();
    }

    Optional<InboxView> find(long id) {
        return jdbc.sql("select * from inbox where id = :id")
                .param("id", id)
                .query(InboxView::read)
                .optional();
    }

    Backlog backlog() {
        return jdbc.sql(
                        """
                        select count(case when state = 'RECEIVED' then 1 end) as waiting,
                            count(case when state = 'PARKED' then 1 end) as parked,
                            min(case when state = 'RECEIVED' then received_at end) as oldest
                        from inbox where state in ('RECEIVED', 'PARKED')""")
                .query((row, at) -> new Backlog(
                        row.getLong("waiting"), row.getLong("parked"), Optional.ofNullable(instant(row, "oldest"))))
                .single();
    }

    private static Row row(ResultSet row, int ignored) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("source"),
                instant(row, "received_at"),
                row.getInt("attempts"),
                row.getBytes("body"));
    }
}
