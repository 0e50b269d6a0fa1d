package org.incidentorchestrator.notify;

import static org.incidentorchestrator.incident.Incidents.utc;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.notify.Notification.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is due in the outbox, given to one sender of several. Each method joins the caller's transaction. */
@Repository
class Claims {
    private final JdbcClient jdbc;
    private final Outbox outbox;

    Claims(JdbcClient jdbc, Outbox outbox) {
        this.jdbc = jdbc;
        this.outbox = outbox;
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
                .query(NotificationRow::read)
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
        return claimed == 0 ? Optional.empty() : outbox.find(due.id());
    }

    /** @return whether it was still the caller's, who had claimed it */
    boolean settle(Notification claimed, State state, String note, Instant now) {
        return jdbc.sql(
                                """
                        update notification set state = :state, note = :note, done_at = :now
                        where id = :id and state = 'DUE' and attempts = :attempts""")
                        .param("state", state.name())
                        .param("note", note.isEmpty() ? null : Text.line(note, Outbox.LONGEST_NOTE), Types.VARCHAR)
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
                        .param("note", Text.line(why, Outbox.LONGEST_NOTE))
                        .param("id", claimed.id())
                        .param("attempts", claimed.attempts())
                        .update()
                == 1;
    }
}
