package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which route answers whom with what: the table is the rule. */
@ConsoleTest
class SecurityTest {
    private static final Map<String, Browser> SESSIONS = new ConcurrentHashMap<>();
    private static final Pattern HEADER_NONCE = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern PAGE_NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    @LocalServerPort
    private int port;

    @Autowired
    private FirstPasswords passwords;

    @Autowired
    private IdentityService identities;

    private Map<String, String> known;

    @BeforeEach
    void readPasswords() throws java.io.IOException {
        known = passwords.read();
    }

    @ParameterizedTest(name = "{0} {1}: anonymous {2}, auditor {3}, responder {4}, admin {5}")
    @CsvSource({
        "GET,    /actuator/health,                                        200, 200, 200, 200",
        "GET,    /actuator/health/liveness,                               200, 200, 200, 200",
        "GET,    /actuator/prometheus,                                    401, 403, 403, 200",
        "GET,    /actuator/env,                                           404, 404, 404, 404",
        "GET,    /api/openapi,                                            401, 200, 200, 200",
        "POST,   /api/nothing,                                            401, 403, 404, 404",
        "GET,    /api/incidents,                                          401, 200, 200, 200",
        "GET,    /api/incidents/INC-4711,                                 401, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/report,                          401, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/evidence/1,                      401, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/run,                             401, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/run/some-instance,               401, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/proposals,                       401, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/variables,                       401, 404, 404, 404",
        "GET,    /api/operations,                                         401, 200, 200, 200",
        "GET,    /api/operations/lines,                                   401, 200, 200, 200",
        "DELETE, /api/incidents/INC-4711,                                 401, 403, 405, 405",
        "GET,    /api/inbox,                                              401, 200, 200, 200",
        "POST,   /api/inbox/4711/replay,                                  401, 403, 404, 404",
        "GET,    /sandbox/scenarios,                                      401, 200, 200, 200",
        "POST,   /sandbox/scenarios,                                      401, 403, 400, 400",
        "POST,   /sandbox/nothing,                                        401, 403, 404, 404",
        "GET,    /webhooks/nothing,                                       405, 405, 405, 405",
        "POST,   /webhooks/nothing,                                       404, 404, 404, 404",
        "POST,   /webhooks/alertmanager,                                  401, 401, 401, 401",
        "POST,   /pagerduty/webhook,                                      404, 404, 404, 404",
        "GET,    /acknowledge/nothing,                                    404, 404, 404, 404",
        "POST,   /acknowledge/nothing,                                    404, 404, 404, 404",
        "GET,    /acknowledge/,                                           404, 404, 404, 404",
        "GET,    /api/incidents/INC-4711/notifications,                   401, 404, 404, 404",
        "POST,   /api/notifications/test,                                 401, 403, 403, 400",
        "GET,    /engine-rest/task,                                       401, 200, 200, 200",
        "GET,    /engine-rest/engine,                                     401, 200, 200, 200",
        "GET,    /engine-rest/user,                                       401, 200, 200, 200",
        "GET,    /engine-rest/group/l1,                                   401, 200, 200, 200",
        "PUT,    /engine-rest/group/l1,                                   401, 403, 403, 403",
        "DELETE, /engine-rest/group/l1,                                   401, 403, 403, 403",
        "POST,   /engine-rest/group/create,                               401, 403, 403, 403",
        "POST,   /engine-rest/deployment/create,                          401, 403, 403, 403",
        "POST,   /engine-rest/deployment/create/,                         401, 403, 403, 403",
        "POST,   /engine-rest/%64eployment/create,                        401, 403, 403, 403",
        "POST,   /engine-rest/engine/default/deployment/create,           401, 403, 403, 403",
        "POST,   /engine-rest/engine/default/deployment/4711/redeploy,    401, 403, 403, 403",
        "DELETE, /engine-rest/deployment/4711,                            401, 403, 403, 403",
        "POST,   /engine-rest/process-instance/4711/modification,         401, 403, 403, 403",
        "POST,   /engine-rest/message,                                    401, 403, 403, 403",
        "DELETE, /engine-rest/history/process-instance/4711,              401, 403, 403, 403",
        "POST,   /engine-rest/history/process-instance/delete,            401, 403, 403, 403",
        "POST,   /engine-rest/history/cleanup,                            401, 403, 403, 403",
        "POST,   /engine-rest/job/4711/execute,                           401, 403, 403, 403",
        "PUT,    /engine-rest/job/4711/duedate,                           401, 403, 403, 403",
        "PUT,    /engine-rest/job/4711/retries,                           401, 403, 403, 500",
        "DELETE, /engine-rest/process-instance/4711,                      401, 403, 403, 404",
        "GET,    /camunda/app/admin/default/setup/,                       403, 403, 403, 403",
        "POST,   /camunda/api/admin/setup/default/user/create,            403, 403, 403, 403",
        "GET,    /nothing,                                                404, 404, 404, 404",
        "GET,    /h2-console,                                             404, 404, 404, 404",
        "GET,    /error,                                                  404, 404, 404, 404",
        "GET,    //evil.example/camunda/app,                              400, 400, 400, 400",
        "GET,    /engine-rest/task;x=y,                                   400, 400, 400, 400"
    })
    void answers(String method, String path, int anonymous, int auditor, int responder, int admin) {
        assertThat(Map.of(
                        "anonymous", new Browser(port).status(method, path),
                        "auditor", as("auditor").status(method, path),
                        "responder", as("responder").status(method, path),
                        "admin", as("admin").status(method, path)))
                .isEqualTo(Map.of("anonymous", anonymous, "auditor", auditor, "responder", responder, "admin", admin));
    }

    /** Of a person whose id one knows it tells the groups; who is in a group it does not tell. */
    @Test
    void who_reads_the_names_of_groups_neither_reads_their_members_nor_gets_into_one() {
        Browser responder = as("responder");

        assertThat(responder.send("GET", "/engine-rest/group").body())
                .contains("L1 Platform Engineers", "L2 Senior Platform Engineers", "Approvers of changes");
        assertThat(responder.send("GET", "/engine-rest/group?member=approver").body())
                .contains("\"id\":\"approver\"")
                .doesNotContain("l1");
        assertThat(responder
                        .send("GET", "/engine-rest/user?memberOfGroup=approver")
                        .body())
                .isEqualTo("[]");
        assertThat(responder
                        .send("GET", "/engine-rest/identity/groups?userId=approver")
                        .body())
                .contains("\"groupUsers\":[]");
        assertThat(responder.status("PUT", "/engine-rest/group/l2/members/responder"))
                .isEqualTo(403);
        assertThat(responder.status("DELETE", "/engine-rest/group/l1/members/responder"))
                .isEqualTo(403);
        assertThat(identities.createGroupQuery().groupMember("responder").list())
                .extracting(Group::getId)
                .containsExactly("l1");
    }

    @ParameterizedTest(name = "{0} {1} in the web apps: anonymous {2}, responder {3}, admin {4}")
    @CsvSource({
        "GET,  /camunda/app/tasklist/default/,                                        200, 200, 200",
        "GET,  /camunda/app/cockpit/scripts/config.js,                                200, 200, 200",
        "GET,  /camunda/api/tasklist/plugin/tasklistPlugins/static/app/plugin.js,     200, 200, 200",
        "GET,  /camunda/api/engine/engine/,                                           200, 200, 200",
        "GET,  /camunda/api/admin/auth/user/default,                                  404, 200, 200",
        "GET,  /camunda/app/,                                                         200, 200, 200",
        "GET,  /,                                                                     200, 200, 200",
        "GET,  /camunda/api/engine/engine/default/task,                               401, 200, 200",
        "GET,  /camunda/api/engine/engine/default/identity/password-policy,           401, 200, 200",
        "GET,  /camunda/api/tasklist/plugin/tasklist-plugins/default/anything,        401, 404, 404",
        "POST, /camunda/api/engine/engine/default/deployment/create,                  401, 403, 403",
        "POST, /camunda/api/engine/engine/default/deployment/4711/redeploy,           401, 403, 403",
        "POST, /camunda/api/engine/engine/default/process-instance/4711/modification, 401, 403, 403",
        "POST, /camunda/api/engine/engine/default/job/4711/execute,                   401, 403, 403",
        "PUT,  /camunda/api/engine/engine/default/job/4711/duedate,                   401, 403, 403",
        "POST, /camunda/api/engine/engine/default/history/process-instance/delete,    401, 403, 403",
        "GET,  /api/incidents,                                                        401, 200, 200",
        "POST, /api/inbox/4711/replay,                                                401, 404, 404",
        "POST, /sandbox/scenarios,                                                    401, 400, 400",
        "GET,  /camunda/app/admin/default/setup/,                                     403, 403, 403",
        "POST, /camunda/api/admin/setup/default/user/create,                          403, 403, 403",
        "GET,  /api/openapi,                                                          401, 200, 200",
        "POST, /api/nothing,                                                          401, 404, 404",
        "GET,  /engine-rest/task,                                                     401, 200, 200"
    })
    void answers_a_session(String method, String path, int anonymous, int responder, int admin) {
        assertThat(Map.of(
                        "anonymous", new Browser(port).status(method, path),
                        "responder", session("responder").status(method, path),
                        "admin", session("admin").status(method, path)))
                .isEqualTo(Map.of("anonymous", anonymous, "responder", responder, "admin", admin));
    }

    @Test
    void a_session_that_has_ended_is_no_reason_for_the_browser_to_ask_for_a_password() {
        var ended = new Browser(port).send("POST", "/camunda/api/engine/engine/default/task/4711/submit-form");
        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(ended.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(ended.body()).contains("\"message\":\"Your session has ended: log in again");

        var read = new Browser(port).asPage().send("GET", "/api/incidents");
        assertThat(read.statusCode()).isEqualTo(401);
        assertThat(read.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(read.body()).contains("Your session has ended: log in again");
        assertThat(new Browser(port).send("GET", "/api/incidents").headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(new Browser(port)
                        .asPage()
                        .withPassword("stranger", "a guess")
                        .send("GET", "/api/incidents")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .isPresent();
    }

    @Test
    void a_write_with_a_session_needs_its_token() {
        Browser forged =
                new Browser(port).loggedIn("responder", known.get("responder")).withoutToken();
        assertThat(forged.status("GET", "/api/openapi")).isEqualTo(200);
        assertThat(forged.send("POST", "/api/nothing"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403))
                .satisfies(answer -> assertThat(answer.body()).contains("X-XSRF-TOKEN"));
        assertThat(forged.status("POST", "/engine-rest/task/4711/claim")).isEqualTo(403);
    }

    @Test
    void requests_of_one_session_that_come_at_once_are_all_known() {
        Browser browser = session("responder");
        assertThat(IntStream.range(0, 64)
                        .parallel()
                        .map(i -> browser.status("GET", "/camunda/api/engine/engine/default/task/count"))
                        .boxed())
                .containsOnly(200);
    }

    @Test
    void a_login_gives_the_session_another_id() {
        Browser browser = new Browser(port);
        browser.send("GET", "/camunda/app/tasklist/default/");
        String before = browser.session();
        assertThat(browser.loggedIn("auditor", known.get("auditor"), "cockpit").session())
                .isNotEqualTo(before);
    }

    @Test
    void a_wrong_password_is_refused_and_locks_nobody_else_out() {
        User guessed = identities.newUser("guessed");
        guessed.setPassword("Quite-1-password!");
        identities.saveUser(guessed);
        Browser wrong = new Browser(port).withPassword("guessed", "not the password");
        assertThat(wrong.status("GET", "/api/openapi")).isEqualTo(401);
        assertThat(as("auditor").status("GET", "/api/openapi")).isEqualTo(200);
    }

    /** Camunda's own filters give a page the nonce of another that loads at the same time; its scripts are refused then. */
    @Test
    void eight_people_who_load_pages_at_once_each_with_a_session_of_their_own_get_the_nonce_of_each_page()
            throws Exception {
        List<Browser> people = IntStream.range(0, 8)
                .mapToObj(i ->
                        List.of("responder", "approver", "architect", "admin").get(i % 4))
                .map(who -> new Browser(port).loggedIn(who, known.get(who)))
                .toList();
        assertThat(people).extracting(Browser::session).doesNotHaveDuplicates().doesNotContain("");
        int loads = 60;
        var ready = new CyclicBarrier(people.size());
        ExecutorService threads = Executors.newFixedThreadPool(people.size());
        try {
            List<Callable<Long>> work = IntStream.range(0, people.size())
                    .<Callable<Long>>mapToObj(i -> () -> {
                        ready.await(1, TimeUnit.MINUTES);
                        return IntStream.iterate(i, load -> load < loads, load -> load + people.size())
                                .filter(load -> carriesItsNonce(people.get(i)))
                                .count();
                    })
                    .toList();
            long right = 0;
            for (Future<Long> one : threads.invokeAll(work)) {
                right += one.get();
            }
            assertThat(right).as("page loads of " + loads + " that are right").isEqualTo(loads);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean carriesItsNonce(Browser person) {
        var page = person.send("GET", "/camunda/app/tasklist/default/");
        Matcher header = HEADER_NONCE.matcher(
                page.headers().firstValue("Content-Security-Policy").orElse(""));
        List<String> scripts = PAGE_NONCE
                .matcher(page.body())
                .results()
                .map(one -> one.group(1))
                .toList();
        return header.find() && !scripts.isEmpty() && scripts.stream().allMatch(header.group(1)::equals);
    }

    private Browser as(String user) {
        return new Browser(port).withPassword(user, known.get(user));
    }

    private Browser session(String user) {
        return SESSIONS.computeIfAbsent(user, name -> new Browser(port).loggedIn(name, known.get(name)));
    }
}
