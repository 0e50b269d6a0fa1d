package org.incidentorchestrator.notify;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.EvidenceSettings;
import org.incidentorchestrator.evidence.Redaction;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Glances;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.OpenTasks;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.notify.channel.Channels;
import org.incidentorchestrator.notify.channel.ReceivingServer;
import org.incidentorchestrator.notify.channel.TestChannels;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.Contact.Address;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;

/** The outbox with its channels on a database of its own, and a mail server, a chat and a pager at the other end. */
final class Rig implements AutoCloseable {
    static final Address MAIL = new Address("mail", "alice@example.org");
    static final Address CHAT = new Address("slack", "ops");
    static final Address PAGER = new Address("pagerduty", "platform");

    final TestDatabase database = TestDatabase.create();
    final TestClock clock = new TestClock();
    final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    final ReceivingServer chat = new ReceivingServer();
    final ReceivingServer pager = new ReceivingServer();
    final Map<String, List<Contact>> onCall = new LinkedHashMap<>();
    final List<Object> events = new ArrayList<>();
    final Incidents incidents = new Incidents(database.jdbc());
    final Outbox outbox = new Outbox(database.jdbc(), database.transactions());
    final Claims claims = new Claims(database.jdbc(), outbox);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Channels channels;
    final Tidings tidings;
    final Drafts drafts;
    final Sending sending;
    final AcknowledgeLinks links;
    final NotificationMetrics metrics;
    final NotifySettings settings;
    final OutboxSignal signal = new OutboxSignal();
    private final Path secrets;

    Rig() {
        this(Map.of());
    }

    /** @param changed settings beside those of the servers */
    Rig(Map<String, String> changed) {
        mail.start();
        secrets = folder();
        Map<String, String> given = new LinkedHashMap<>(Map.of(
                "notify.mail.host", "localhost",
                "notify.mail.port", Integer.toString(mail.getSmtp().getPort()),
                "notify.mail.security", "plain",
                "notify.mail.from", "incidents@example.org",
                "notify.mail.timeout", "8s",
                "notify.slack.webhook-files.ops", secret("slack", chat.url("/hooks/SECRET-OF-THE-CHAT")),
                "notify.slack.timeout", "8s",
                "notify.pagerduty.integration-key-files.platform", secret("pager", "SECRET-OF-THE-PAGER"),
                "notify.pagerduty.url", pager.url("/v2/enqueue"),
                "notify.pagerduty.timeout", "8s"));
        given.put("notify.base-url", "https://incidents.example.org");
        given.putAll(changed);
        settings = TestChannels.bind("notify", NotifySettings.class, given);
        channels = TestChannels.of(given, clock);
        var urls = new Links(settings);
        var redaction = new Redaction(EvidenceSettings.defaults());
        var evidence = database.evidence(clock);
        metrics = new NotificationMetrics(meters, outbox, channels, new Glances(clock));
        var writing = new Writing(outbox, signal, channels, evidence, metrics, database.transactions(), clock);
        var recipients = new Recipients(
                (group, at) -> onCall.getOrDefault(group, List.of()),
                () -> onCall.values().stream().flatMap(List::stream).toList(),
                clock);
        var tasks = new Tasks();
        drafts = new Drafts(redaction, urls);
        tidings = new Tidings(outbox, drafts, recipients, incidents, tasks, writing, clock);
        links = new AcknowledgeLinks(database.jdbc(), incidents, tasks, urls, settings, new SecureRandom(), clock);
        var settling = new Settling(
                outbox, claims, signal, evidence, events::add, metrics, settings, database.transactions(), clock);
        sending = new Sending(
                claims,
                new Recheck(outbox, clock),
                incidents,
                tasks,
                links,
                new Wording(redaction, urls),
                channels,
                settling,
                clock);
    }

    /** The tasks that people would have: named after what they are about. */
    private static final class Tasks implements OpenTasks {
        @Override
        public Optional<String> respond(IncidentNumber incident) {
            return Optional.of("respond-to-" + incident);
        }

        @Override
        public Optional<String> about(String subject) {
            return Optional.of("task-of-" + subject);
        }
    }

    void isOnCall(String group, String name, Address... addresses) {
        onCall.put(group, List.of(new Contact(name, Optional.of(name), List.of(addresses))));
    }

    Incident opened() {
        return opened("cart", "cart is down");
    }

    Incident opened(String workload, String summary) {
        var key = new IncidentKey("ServiceDown", "shop", workload);
        return incidents.open(
                new Alert(
                        "alertmanager",
                        Alert.Status.FIRING,
                        workload,
                        clock.instant(),
                        key,
                        Severity.CRITICAL,
                        summary,
                        Map.of(),
                        Map.of()),
                clock.instant());
    }

    void page(Incident incident, int level) {
        database.inTransaction(() ->
                tidings.paged(new org.incidentorchestrator.incident.LevelPaged(incident, level, clock.instant())));
    }

    Incident takenBy(String person, Incident incident) {
        database.inTransaction(() -> {
            incidents.acknowledge(incident.number(), person, clock.instant());
            tidings.taken(new org.incidentorchestrator.incident.IncidentAcknowledged(
                    incidents.get(incident.number()), person));
        });
        return incidents.get(incident.number());
    }

    Incident givenBack(Incident incident) {
        database.inTransaction(() -> {
            incidents.giveBack(incident.number(), clock.instant());
            tidings.givenBack(new org.incidentorchestrator.incident.IncidentGivenBack(
                    incidents.get(incident.number()), "alice has given it back; paging goes on"));
        });
        return incidents.get(incident.number());
    }

    void closed(Incident incident) {
        database.inTransaction(() -> {
            incidents.close(incident.number(), Incident.Outcome.RESOLVED_BY_RUNBOOK, clock.instant());
            tidings.closed(new org.incidentorchestrator.incident.IncidentClosed(incidents.get(incident.number())));
        });
    }

    /** All that is due now, in each channel. @return how many were worked on */
    int sendAll() {
        int sent = 0;
        for (boolean more = true; more; ) {
            more = false;
            for (String channel : channels.configured()) {
                if (sending.next(channel)) {
                    more = true;
                    sent++;
                }
            }
        }
        return sent;
    }

    void passAndSend(Duration time) {
        clock.pass(time);
        sendAll();
    }

    List<Notification> rows() {
        return database.jdbc().sql("select id from notification order by id").query(Long.class).list().stream()
                .map(id -> outbox.find(id).orElseThrow())
                .toList();
    }

    List<String> states() {
        return rows().stream()
                .map(row ->
                        row.what().to().address().channel() + " " + row.what().kind() + " " + row.state())
                .toList();
    }

    List<String> evidence(String kind) {
        return database.jdbc()
                .sql("select summary from evidence where kind = :kind order by id")
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    Instant now() {
        return clock.instant();
    }

    private String secret(String name, String text) {
        try {
            return Files.writeString(secrets.resolve(name), text + "\n").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("notify");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        mail.stop();
        chat.close();
        pager.close();
        database.close();
    }
}
