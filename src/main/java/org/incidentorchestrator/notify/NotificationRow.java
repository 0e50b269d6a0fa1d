package org.incidentorchestrator.notify;

import static org.incidentorchestrator.incident.Incidents.instant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.notify.Notification.Draft;
import org.incidentorchestrator.notify.Notification.Kind;
import org.incidentorchestrator.notify.Notification.Recipient;
import org.incidentorchestrator.notify.Notification.State;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.Contact.Address;

/** What a row of the outbox holds, and by what it is known. */
final class NotificationRow {
    private NotificationRow() {}

    static Notification read(ResultSet row, int ignored) throws SQLException {
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

    /** One a line: its channel, and who it is there. */
    static String addresses(Contact contact) {
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

    /** What a draft is told once by. Text from outside is in it: a digest has no length of its own. */
    static String key(Draft draft) {
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
}
