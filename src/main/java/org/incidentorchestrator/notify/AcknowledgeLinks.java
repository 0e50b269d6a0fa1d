package org.incidentorchestrator.notify;

import static org.incidentorchestrator.incident.Incidents.instant;
import static org.incidentorchestrator.incident.Incidents.utc;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.OpenTasks;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Links by which the reader of a message takes an incident, as the account of the contact that it went to. Each has a
 * token of 256 random bits, of which only the digest is kept: whoever reads the database acknowledges nothing. It works
 * once, until it expires.
 */
@Component
public class AcknowledgeLinks {
    private static final int BYTES = 32;

    /** A pager has an acknowledging of its own. */
    private static final Set<String> CHANNELS = Set.of("mail", "slack");

    private final JdbcClient jdbc;
    private final Incidents incidents;
    private final OpenTasks tasks;
    private final Links links;
    private final NotifySettings settings;
    private final SecureRandom random;
    private final Clock clock;

    AcknowledgeLinks(
            JdbcClient jdbc,
            Incidents incidents,
            OpenTasks tasks,
            Links links,
            NotifySettings settings,
            SecureRandom random,
            Clock clock) {
        this.jdbc = jdbc;
        this.incidents = incidents;
        this.tasks = tasks;
        this.links = links;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /** What a link is good for now. */
    public sealed interface State {
        /** There is none with this token. */
        record Unknown() implements State {}

        /** @param task where to log in and take it instead */
        record Expired(Incident incident, Instant at, URI task) implements State {}

        record Used(Incident incident, Instant at, URI task) implements State {}

        /** @param by who has the incident */
        record Taken(Incident incident, String by, URI task) implements State {}

        record Closed(Incident incident) implements State {}

        /** @param person the account that it acknowledges as */
        record Ready(Incident incident, String contact, String person) implements State {}
    }

    private record Row(
            IncidentNumber incident,
            int episode,
            String contact,
            String person,
            Instant expiresAt,
            Optional<Instant> usedAt) {}

    /** For a message that calls somebody who has an account; anybody else has to log in. */
    Optional<URI> forReaderOf(Notification row) {
        Optional<String> person = row.what().to().contact().user();
        boolean one = row.what().kind() == Notification.Kind.PAGE
                && CHANNELS.contains(row.what().to().address().channel());
        return one ? person.map(user -> make(row, user)) : Optional.empty();
    }

    private URI make(Notification row, String person) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        jdbc.sql(
                        """
                        insert into acknowledge_link (token_sha256, incident, episode, contact, person, expires_at)
                        values (:digest, :incident, :episode, :contact, :person, :expires)""")
                .param("digest", digest(token))
                .param("incident", row.what().incident().orElseThrow().value())
                .param("episode", row.what().episode())
                .param("contact", row.what().to().contact().name())
                .param("person", person)
                .param("expires", utc(clock.instant().plus(settings.linkExpiry())))
                .update();
        return links.acknowledge(token);
    }

    /** Looks only: whoever follows links without being asked changes nothing. */
    public State look(String token) {
        return find(token).map(this::state).orElseGet(State.Unknown::new);
    }

    /**
     * Uses a link up. Call it in the transaction that acknowledges.
     *
     * @return whether it was good, and this is its one use
     */
    public boolean use(String token) {
        return jdbc.sql(
                                """
                        update acknowledge_link set used_at = :now
                        where token_sha256 = :digest and used_at is null and expires_at > :now""")
                        .param("now", utc(clock.instant()))
                        .param("digest", digest(token))
                        .update()
                == 1;
    }

    /** Where the incident is worked on, after a login. */
    public URI task(Incident incident) {
        return links.task(tasks.respond(incident.number()));
    }

    private State state(Row link) {
        Incident incident = incidents.get(link.incident());
        if (!incident.open() || incident.reopened() != link.episode()) {
            return new State.Closed(incident);
        }
        URI task = task(incident);
        if (incident.takenBy().isPresent()) {
            return new State.Taken(incident, incident.acknowledgedBy(), task);
        }
        if (link.usedAt().isPresent()) {
            return new State.Used(incident, link.usedAt().get(), task);
        }
        return clock.instant().isBefore(link.expiresAt())
                ? new State.Ready(incident, link.contact(), link.person())
                : new State.Expired(incident, link.expiresAt(), task);
    }

    private Optional<Row> find(String token) {
        return jdbc.sql("select * from acknowledge_link where token_sha256 = :digest")
                .param("digest", digest(token))
                .query(AcknowledgeLinks::read)
                .optional();
    }

    private static Row read(ResultSet row, int ignored) throws SQLException {
        return new Row(
                new IncidentNumber(row.getLong("incident")),
                row.getInt("episode"),
                row.getString("contact"),
                row.getString("person"),
                instant(row, "expires_at"),
                Optional.ofNullable(instant(row, "used_at")));
    }

    private static String digest(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
