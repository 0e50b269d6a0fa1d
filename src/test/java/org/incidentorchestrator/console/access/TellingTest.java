package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.TaskService;
import org.incidentorchestrator.IncidentOrchestrator;
import org.incidentorchestrator.incident.Alert;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.IncidentsOpened;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.notify.channel.ReceivingServer;
import org.incidentorchestrator.support.ProgramInForce;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** The whole program tells people by mail, chat and pager, and hears from each of them that somebody has taken it. */
@AutoConfigureObservability
@DirtiesContext
@SpringBootTest(
        classes = IncidentOrchestrator.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:telling;DB_CLOSE_DELAY=-1",
            "data.folder=${test.data:./target/test-data}/telling",
            "sandbox.first-alert=false",
            "sandbox.world=",
            "intake.sources.alertmanager.token=a-token-for-this-test",
            "camunda.bpm.job-execution.enabled=false",
            "notify.base-url=https://incidents.example.org",
            "notify.pagerduty.users.PALICE=responder"
        })
@ExtendWith(ProgramInForce.class)
class TellingTest {
    private static final GreenMail MAIL = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private static final ReceivingServer CHAT = new ReceivingServer();
    private static final ReceivingServer PAGER = new ReceivingServer();
    private static final Pattern LINK = Pattern.compile("https://incidents\\.example\\.org(/acknowledge/[\\w-]{43})");
    private static final String CONTACTS =
            """
            contacts:
              - {name: Alice, user: responder, addresses: [{mail: alice@example.org}]}
              - {name: Gone, user: nobody, addresses: [{mail: gone@example.org}]}
              - {name: Room, addresses: [{slack: ops}]}
              - {name: Pager, addresses: [{pagerduty: platform}]}
            groups:
              l1: {contacts: [Alice, Gone, Room, Pager]}
              l2: {contacts: [Alice]}
              l3: {contacts: [Alice]}
              l4: {contacts: [Alice]}
              approver: {contacts: [Alice]}
            """;

    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    @Autowired
    private Incidents incidents;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Clock clock;

    private Map<String, String> known;

    @BeforeAll
    static void open() {
        MAIL.start();
    }

    @AfterAll
    static void close() {
        MAIL.stop();
        CHAT.close();
        PAGER.close();
    }

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry settings) throws IOException {
        MAIL.start();
        Path folder = Files.createTempDirectory("telling");
        String contacts = file(folder, "on-call.yml", CONTACTS);
        String hook = file(folder, "hook", CHAT.url("/hooks/xyz"));
        String key = file(folder, "key", "an-integration-key");
        String secret = file(folder, "secret", "the-secret-of-the-webhook");
        settings.add("on-call.file", () -> contacts);
        settings.add("notify.mail.host", () -> "localhost");
        settings.add("notify.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("notify.mail.security", () -> "plain");
        settings.add("notify.mail.from", () -> "incidents@example.org");
        settings.add("notify.slack.webhook-files.ops", () -> hook);
        settings.add("notify.pagerduty.integration-key-files.platform", () -> key);
        settings.add("notify.pagerduty.url", () -> PAGER.url("/v2/enqueue"));
        settings.add("notify.pagerduty.webhook-secret-files", () -> secret);
    }

    @BeforeEach
    void start() throws Exception {
        known = passwords.read();
        MAIL.purgeEmailFromAllMailboxes();
    }

    @Test
    void the_link_in_a_mail_takes_the_incident_once_and_looking_at_it_changes_nothing() throws Exception {
        Incident incident = page("by-mail", "<script>alert(1)</script> is down");
        String link = linkOf("alice@example.org", incident);
        Browser anybody = new Browser(port);

        for (int scanner = 0; scanner < 3; scanner++) {
            assertThat(anybody.status("HEAD", link)).isEqualTo(200);
            assertThat(anybody.send("GET", link)).satisfies(page -> {
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body())
                        .contains("Acknowledge as responder", "&lt;script&gt;alert(1)", "width=device-width")
                        .doesNotContain("<script");
                assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains("default-src 'none'", "form-action 'self'", "frame-ancestors 'none'");
                assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
                assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            });
        }
        assertThat(holder(incident)).isEmpty();

        assertThat(anybody.send("POST", link).body()).contains(incident.number() + " is yours, responder");
        assertThat(holder(incident)).contains("responder");
        assertThat(assignee(incident)).isEqualTo("responder");
        assertThat(anybody.send("POST", link).body()).contains("It is with responder already");
        assertThat(jdbc.sql("select token_sha256 from acknowledge_link")
                        .query(String.class)
                        .list())
                .allSatisfy(digest -> assertThat(link).doesNotContain(digest));
    }

    @Test
    void a_link_that_was_used_takes_nothing_again_when_the_incident_was_given_back() throws Exception {
        Incident incident = page("given-back", "down");
        String link = linkOf("alice@example.org", incident);
        Browser anybody = new Browser(port);
        anybody.send("POST", link);
        assertThat(as("responder").status("POST", "/engine-rest/task/" + task(incident) + "/unclaim"))
                .isEqualTo(204);

        assertThat(anybody.send("POST", link)).satisfies(page -> {
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("This link was used at", "/camunda/app/tasklist/");
        });
        assertThat(holder(incident)).isEmpty();
    }

    @Test
    void what_cannot_be_taken_any_more_says_so_plainly() throws Exception {
        Browser anybody = new Browser(port);
        Incident expired = page("expired", "down");
        String old = linkOf("alice@example.org", expired);
        jdbc.sql("update acknowledge_link set expires_at = '2020-01-01T00:00:00Z' where incident = "
                        + expired.number().value())
                .update();
        assertThat(anybody.send("POST", old).body()).contains("This link expired at 2020-01-01 00:00 UTC");
        assertThat(holder(expired)).isEmpty();

        Incident closed = page("closed", "down");
        String late = linkOf("alice@example.org", closed);
        incidents.close(closed.number(), Incident.Outcome.RESOLVED_BY_PERSON, clock.instant());
        assertThat(anybody.send("POST", late).body()).contains(closed.number() + " is closed");

        assertThat(anybody.send("POST", "/acknowledge/" + "x".repeat(43))).satisfies(page -> {
            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.body()).contains("There is no such link");
        });
    }

    @Test
    void an_account_that_is_not_there_any_more_takes_nothing() throws Exception {
        Incident incident = page("no-account", "down");

        assertThat(new Browser(port).send("POST", linkOf("gone@example.org", incident)))
                .satisfies(page -> {
                    assertThat(page.statusCode()).isEqualTo(403);
                    assertThat(page.body()).contains("The account nobody", "the contact Gone corrected");
                });
        assertThat(holder(incident)).isEmpty();
    }

    @Test
    void a_room_without_an_account_gets_a_link_to_the_task_where_a_login_is_needed() {
        Incident incident = page("room", "down");

        String text = next(CHAT, "text", incident.number() + " ");

        assertThat(text)
                .contains("/camunda/app/tasklist/default/#/?task=" + task(incident))
                .doesNotContain("/acknowledge/");
    }

    @Test
    void whoever_acknowledges_in_the_pager_has_it_and_every_other_pager_hears_of_it() throws Exception {
        Incident incident = page("by-pager", "down");
        String key = next(PAGER, "dedup_key", "/" + incident.number() + ".");

        assertThat(post(event("incident.acknowledged", key, "PALICE"), "another-secret"))
                .isEqualTo(401);
        assertThat(holder(incident)).isEmpty();
        assertThat(post(event("incident.acknowledged", key, "PALICE"), "the-secret-of-the-webhook"))
                .isEqualTo(202);
        assertThat(post(event("incident.acknowledged", key, "PBOB"), "the-secret-of-the-webhook"))
                .isEqualTo(202);

        assertThat(holder(incident)).contains("responder");
        assertThat(next(PAGER, "event_action", "acknowledge")).isEqualTo("acknowledge");
    }

    @Test
    void a_user_of_the_pager_without_an_account_is_named_as_the_pager_names_it() throws Exception {
        Incident incident = page("by-bob", "down");
        String key = next(PAGER, "dedup_key", "/" + incident.number() + ".");

        post(event("incident.acknowledged", key, "PBOB"), "the-secret-of-the-webhook");

        assertThat(holder(incident)).contains("pagerduty:PBOB");
    }

    @Test
    void what_else_the_pager_says_is_answered_and_noted_and_changes_nothing() throws Exception {
        Incident incident = page("noted", "down");
        String key = next(PAGER, "dedup_key", "/" + incident.number() + ".");
        String secret = "the-secret-of-the-webhook";

        assertThat(post(event("incident.resolved", key, "PBOB"), secret)).isEqualTo(202);
        assertThat(post(
                        event("incident.acknowledged", key, "PBOB").replace("user_reference", "service_reference"),
                        secret))
                .isEqualTo(202);
        assertThat(post(event("incident.acknowledged", key, "PBOB").replace("2099-", "2020-"), secret))
                .isEqualTo(202);
        assertThat(post(event("incident.acknowledged", "somebody-else's", "PBOB"), secret))
                .isEqualTo(202);
        assertThat(post("{\"event\":{\"event_type\":\"pagey.ping\"}}", secret)).isEqualTo(202);
        assertThat(post(event("incident.acknowledged", "", "PBOB"), secret)).isEqualTo(202);
        assertThat(post("no JSON", secret)).isEqualTo(202);
        assertThat(post("x".repeat(256 * 1024 + 1), secret)).isEqualTo(413);

        assertThat(holder(incident)).isEmpty();
        assertThat(as("responder")
                        .send("GET", "/api/incidents/" + incident.number() + "/timeline")
                        .body())
                .contains("incident.resolved by PBOB; it changes nothing here", "which is no person")
                .contains("from before the paging began again");
    }

    @Test
    void who_was_told_is_shown_with_addresses_for_administrators_only() throws Exception {
        Incident incident = page("told", "down");
        linkOf("alice@example.org", incident);
        String path = "/api/incidents/" + incident.number() + "/notifications";

        assertThat(as("admin").send("GET", path).body()).contains("alice@example.org", "\"what\":\"page\"");
        assertThat(as("auditor").send("GET", path).body())
                .contains("a…@example.org")
                .doesNotContain("alice@example.org");
        assertThat(new Browser(port).status("GET", path)).isEqualTo(401);
        assertThat(as("admin").status("GET", "/api/incidents/INC-4711/notifications"))
                .isEqualTo(404);
    }

    @Test
    void an_administrator_tries_a_contact_and_reads_what_came_of_it() throws Exception {
        assertThat(trial("admin", "Alice").body()).contains("\"sent\":true");
        assertThat(MAIL.waitForIncomingEmail(10_000, 1)).isTrue();
        assertThat(trial("admin", "Pager").body()).contains("\"sent\":true");
        assertThat(trial("admin", "Somebody").statusCode()).isEqualTo(404);
        assertThat(trial("responder", "Alice").statusCode()).isEqualTo(403);
    }

    @Test
    void health_tells_administrators_of_the_channels() {
        assertThat(as("admin").send("GET", "/actuator/health").body())
                .contains("\"notification\":{\"status\":\"UP\"", "\"channels\":[\"mail\",\"pagerduty\",\"slack\"]");
        assertThat(as("admin").send("GET", "/actuator/prometheus").body())
                .contains("incident_orchestrator_notifications_total{")
                .contains("incident_orchestrator_outbox_backlog{")
                .contains("incident_orchestrator_channel_broken{");
    }

    private Incident page(String workload, String summary) {
        return transaction.execute(status -> {
            Incident incident = incidents.open(alert(workload, summary), clock.instant());
            events.publishEvent(new IncidentsOpened(List.of(incident)));
            return incident;
        });
    }

    private Alert alert(String workload, String summary) {
        return new Alert(
                "test",
                Alert.Status.FIRING,
                workload,
                clock.instant(),
                new IncidentKey("ServiceDown", "a1-orchestrator", workload),
                Severity.CRITICAL,
                summary,
                Map.of(),
                Map.of());
    }

    private Optional<String> holder(Incident incident) {
        return incidents.get(incident.number()).takenBy();
    }

    private String task(Incident incident) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(incident.number().toString())
                .taskDefinitionKey("userTask_respondToIncident")
                .singleResult()
                .getId();
    }

    private String assignee(Incident incident) {
        return tasks.createTaskQuery().taskId(task(incident)).singleResult().getAssignee();
    }

    private static String linkOf(String address, Incident incident) throws Exception {
        for (int mails = 1; mails < 20; mails++) {
            assertThat(MAIL.waitForIncomingEmail(20_000, mails)).isTrue();
            for (MimeMessage mail : MAIL.getReceivedMessages()) {
                boolean ours = mail.getAllRecipients()[0].toString().equals(address)
                        && mail.getSubject().startsWith(incident.number() + " ");
                if (ours) {
                    Matcher link = LINK.matcher(text(mail));
                    assertThat(link.find()).isTrue();
                    return link.group(1);
                }
            }
        }
        throw new AssertionError("no mail to " + address);
    }

    private static String text(Part part) throws Exception {
        return part.getContent() instanceof MimeMultipart parts
                ? text(parts.getBodyPart(0))
                : part.getContent().toString();
    }

    /** What the next message that has this in the field has there. */
    private static String next(ReceivingServer server, String field, String part) {
        while (true) {
            String text = server.next().path(field).asText();
            if (text.contains(part)) {
                return text;
            }
        }
    }

    private static String event(String type, String key, String user) {
        return """
                {"event":{"id":"01CH754SM17TWPE2V2H4VPBRO7","event_type":"%s","resource_type":"incident",
                 "occurred_at":"2099-11-23T02:58:21.512Z","agent":{"type":"user_reference","id":"%s"},
                 "data":{"id":"PGR0VU2","type":"incident","incident_key":"%s"}}}"""
                .formatted(type, user, key);
    }

    private int post(String body, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/pagerduty/webhook"))
                                .header("X-PagerDuty-Signature", "v1=" + "0".repeat(64) + ",v1=" + signature)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private HttpResponse<String> trial(String user, String contact) {
        return as(user).send("POST", "/api/notifications/test", "{\"contact\":\"" + contact + "\"}");
    }

    private Browser as(String user) {
        return new Browser(port).withPassword(user, known.get(user));
    }

    private static String file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
