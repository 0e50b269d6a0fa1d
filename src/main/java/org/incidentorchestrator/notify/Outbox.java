package org.incidentorchestrator.notify;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.Notification.Kind;
import org.incidentorchestrator.notify.Notification.Recipient;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The rows of what is to be told. Each method joins the caller's transaction. */
@Repository
class Outbox {
    static final int LONGEST_NOTE = 1000;

    private final JdbcClient jdbc;
    private final TransactionTemplate savepoint;

    Outbox(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.savepoint = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
    }

    /**
     * Once for each key and contact. Behind a savepoint: PostgreSQL lets a transaction in which an insert has failed do
     * nothing more, and the caller's is not to be lost because something is told already.
     *
     * @return whether it was not there
     */
    boolean add(Draft draft, Instant dueAt, Instant now) {
        String key = NotificationRow.key(draft);
        if (isThere(key)) {
            return false;
        }
        try {
            savepoint.executeWithoutResult(status -> insert(key, draft, dueAt, now));
            return true;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }

    private boolean isThere(String key) {
        return jdbc.sql("select 1 from notification where dedup_key = :key")
                .param("key", key)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void insert(String key, Draft draft, Instant dueAt, Instant now) {
        Recipient to = draft.to();
        jdbc.sql(
                        """
                        insert into notification (dedup_key, incident, episode, kind, level, subject, text, paged,
                            pager_key, task, contact, person, addresses, position, round, channel, address, state,
                            attempts, due_at, created_at)
                        values (:key, :incident, :episode, :kind, :level, :subject, :text, :paged, :pagerKey, :task,
                            :contact, :person, :addresses, :position, :round, :channel, :address, 'DUE', 0, :dueAt,
                            :now)""")
                .param("key", key)
                .param("incident", draft.incident().map(IncidentNumber::value).orElse(null), Types.BIGINT)
                .param("episode", draft.episode())
                .param("kind", draft.kind().name())
                .param("level", draft.level())
                .param("subject", Text.line(draft.subject(), 255))
                .param("text", Text.line(draft.text(), 2000))
                .param("paged", Text.line(draft.paged(), 500))
                .param("pagerKey", draft.pagerKey())
                .param("task", draft.task().orElse(null), Types.VARCHAR)
                .param("contact", to.contact().name())
                .param("person", to.contact().user().orElse(null), Types.VARCHAR)
                .param("addresses", NotificationRow.addresses(to.contact()))
                .param("position", to.position())
                .param("round", to.round())
                .param("channel", to.address().channel())
                .param("address", to.address().to())
                .param("dueAt", utc(dueAt))
                .param("now", utc(now))
                .update();
    }

    Optional<Notification> find(long id) {
        return jdbc.sql("select * from notification where id = :id")
                .param("id", id)
                .query(NotificationRow::read)
                .optional();
    }

    /** Takes back what has not been sent about a subject that has settled itself. */
    void drop(Kind kind, String subject, String why, Instant now) {
        jdbc.sql(
                        """
                        update notification set state = 'DROPPED', note = :note, done_at = :now
                        where state = 'DUE' and kind = :kind and subject = :subject""")
                .param("note", Text.line(why, LONGEST_NOTE))
                .param("now", utc(now))
                .param("kind", kind.name())
                .param("subject", Text.line(subject, 255))
                .update();
    }

    /** What called people to an incident since it was opened last. */
    List<Notification> calls(IncidentNumber incident, int episode) {
        return of(incident).stream()
                .filter(row ->
                        row.what().episode() == episode && row.what().kind().calls())
                .toList();
    }

    /** Everything that was to be told of an incident, in its order. */
    List<Notification> of(IncidentNumber incident) {
        return jdbc.sql("select * from notification where incident = :incident order by id")
                .param("incident", incident.value())
                .query(NotificationRow::read)
                .list();
    }

    /**
     * Whether the other side may have heard of what this is the end of: it was tried, whatever came of it. One that was
     * dropped was only looked at the last time.
     */
    boolean mayHaveHeard(Notification end) {
        return jdbc.sql(
                        """
                        select 1 from notification
                        where incident = :incident and channel = :channel and address = :address and id < :id
                            and (:pagerKey = '' or pager_key = :pagerKey)
                            and attempts > case when state = 'DROPPED' then 1 else 0 end limit 1""")
                .param(
                        "incident",
                        end.what().incident().map(IncidentNumber::value).orElseThrow())
                .param("channel", end.what().to().address().channel())
                .param("address", end.what().to().address().to())
                .param("pagerKey", end.what().pagerKey())
                .param("id", end.id())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** What waits in a channel. @param oldest since when it is due; none when nothing waits */
    record Backlog(String channel, long waiting, Optional<Instant> oldest) {}

    List<Backlog> backlog() {
        return jdbc.sql(
                        """
                        select channel, count(*) as waiting, min(created_at) as oldest
                        from notification where state = 'DUE' group by channel""")
                .query((row, at) -> new Backlog(
                        row.getString("channel"), row.getLong("waiting"), Optional.ofNullable(instant(row, "oldest"))))
                .list();
    }
}
