package org.incidentorchestrator.notify;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.Notification.Kind;
import org.incidentorchestrator.notify.Notification.Recipient;
import org.incidentorchestrator.notify.Notification.State;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.Contact.Address;
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
    private static final int LONGEST_NOTE = 1000;

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
        String digest = digest(draft);
        if (isThere(digest)) {
            return false;
        }
        try {
            savepoint.executeWithoutResult(status -> insert(digest, draft, dueAt, now));
            return true;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }

    private boolean isThere(String digest) {
        return jdbc.sql("select 1 from notification where dedup_key = :key")
                .param("key", digest)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void insert(String digest, Draft draft, Instant dueAt, Instant now) {
        Recipient to = draft.to();
        jdbc.sql(
                        """
                        insert into notification (dedup_key, incident, episode, kind, level, subject, text, paged,
                            pager_key, task, contact, person, addresses, position, round, channel, address, state,
                            attempts, due_at, created_at)
                        values (:key, :incident, :episode, :kind, :level, :subject, :text, :paged, :pagerKey, :task,
                            :contact, :person, :addresses, :position, :round, :channel, :address, 'DUE', 0, :dueAt,
                            :now)""")
                .param("key", digest)
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
                .param("addresses", addresses(to.contact()))
                .param("position", to.position())
                .param("round", to.round())
                .param("channel", to.address().channel())
                .param("address", to.address().to())
                .param("dueAt", utc(dueAt))
                .param("now", utc(now))
                .update();
    }

    /** Text from outside is in the key: a digest has no length of its own. */
    private static String digest(Draft draft) {
        Recipient to = draft.to();
        String all = String.join(
                "\u001f",
                draft.key(),
                to.contact().name(),
                Integer.toString(to.position()),
                Integer.toString(to.round()));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * What is to be sent by a channel now, those first that wait longest. Of one incident and address one after the
     * other, in the order in which they were written: nothing overtakes what is not settled yet.
     */
    List<Notification> due(String channel, Instant now, int limit) {
        return jdbc.sql(
                        """
                        select * from notification n
                        where n.state = 'DUE' and n.due_at <= :now and n.channel = :channel
                            and not exists (select 1 from notification earlier
                                where earlier.state = 'DUE' and earlier.incident = n.incident
                                    and earlier.channel = n.channel and earlier.address = n.address
                                    and earlier.id < n.id)
                        order by n.due_at, n.id limit :limit""")
                .param("now", utc(now))
                .param("channel", channel)
                .param("limit", limit)
                .query(Outbox::read)
                .list();
    }

    /**
     * Takes one to send it: of several programs that try, one gets it. It has it until the lease ends; then whoever looks
     * next may take it, because a program that was killed leaves it so.
     *
     * @return as it is now; none when another was first
     */
    Optional<Notification> claim(Notification due, Instant lease) {
        int claimed = jdbc.sql(
                        """
                        update notification set attempts = attempts + 1, due_at = :lease
                        where id = :id and state = 'DUE' and attempts = :attempts""")
                .param("lease", utc(lease))
                .param("id", due.id())
                .param("attempts", due.attempts())
                .update();
        return claimed == 0 ? Optional.empty() : find(due.id());
    }

    Optional<Notification> find(long id) {
        return jdbc.sql("select * from notification where id = :id")
                .param("id", id)
                .query(Outbox::read)
                .optional();
    }

    /** @return whether it was still the caller's, who had claimed it */
    boolean settle(Notification claimed, State state, String note, Instant now) {
        return jdbc.sql(
                                """
                        update notification set state = :state, note = :note, done_at = :now
                        where id = :id and state = 'DUE' and attempts = :attempts""")
                        .param("state", state.name())
                        .param("note", note.isEmpty() ? null : Text.line(note, LONGEST_NOTE), Types.VARCHAR)
                        .param("now", utc(now))
                        .param("id", claimed.id())
                        .param("attempts", claimed.attempts())
                        .update()
                == 1;
    }

    /** @return whether it was still the caller's, who had claimed it */
    boolean postpone(Notification claimed, Instant dueAt, String why) {
        return jdbc.sql(
                                """
                        update notification set due_at = :dueAt, note = :note
                        where id = :id and state = 'DUE' and attempts = :attempts""")
                        .param("dueAt", utc(dueAt))
                        .param("note", Text.line(why, LONGEST_NOTE))
                        .param("id", claimed.id())
                        .param("attempts", claimed.attempts())
                        .update()
                == 1;
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
                .query(Outbox::read)
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

    private static String addresses(Contact contact) {
        return contact.addresses().stream()
                .map(address -> address.channel() + " " + address.to())
                .collect(Collectors.joining("\n"));
    }

    private static Contact contact(ResultSet row) throws SQLException {
        List<Address> addresses = Arrays.stream(row.getString("addresses").split("\n"))
                .map(line -> line.split(" ", 2))
                .map(parts -> new Address(parts[0], parts[1]))
                .toList();
        return new Contact(row.getString("contact"), Optional.ofNullable(row.getString("person")), addresses);
    }

    private static Notification read(ResultSet row, int ignored) throws SQLException {
        long incident = row.getLong("incident");
        Optional<IncidentNumber> number = row.wasNull() ? Optional.empty() : Optional.of(new IncidentNumber(incident));
        return new Notification(
                row.getLong("id"),
                new Draft(
                        row.getString("dedup_key"),
                        number,
                        row.getInt("episode"),
                        Kind.valueOf(row.getString("kind")),
                        row.getInt("level"),
                        row.getString("subject"),
                        row.getString("text"),
                        row.getString("paged"),
                        row.getString("pager_key"),
                        Optional.ofNullable(row.getString("task")),
                        new Recipient(contact(row), row.getInt("position"), row.getInt("round"))),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                instant(row, "due_at"),
                instant(row, "created_at"),
                Optional.ofNullable(instant(row, "done_at")),
                Optional.ofNullable(row.getString("note")));
    }
}
