package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.junit.jupiter.api.Test;

/** An API server that refuses, hangs, breaks off, or is none: what is said, of which kind, and that it was asked once. */
class FailingApiServerTest extends FailingApiServer {
    // ---- refusals

    @Test
    void a_conflict_on_the_same_object_is_a_conflict() {
        answers("PATCH", 409, status("Conflict", "the object has been modified", "{\"name\":\"mcp-gateway\"}"));
        answers("GET", 200, "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"mcp-gateway\",\"uid\":\"u-1\"}}");
        says(
                Kind.CONFLICT,
                failure(this::patch),
                "patch Deployment a1/mcp-gateway",
                "object has been modified",
                "anew");
        assertThat(asked).hasSize(2);
    }

    @Test
    void a_conflict_on_another_object_of_that_name_is_replaced() {
        answers("PATCH", 409, status("Conflict", "the object has been modified", "{\"name\":\"mcp-gateway\"}"));
        answers("GET", 200, "{\"kind\":\"Deployment\",\"metadata\":{\"name\":\"mcp-gateway\",\"uid\":\"u-2\"}}");
        says(Kind.REPLACED, failure(this::patch), "u-1", "u-2", "made anew");
    }

    @Test
    void an_immutable_uid_is_replaced() {
        answers("PATCH", 422, status("Invalid", "is invalid", "{\"causes\":[{\"field\":\"metadata.uid\"}]}"));
        says(Kind.REPLACED, failure(this::patch), "made anew");
    }

    @Test
    void an_object_that_is_quoted_whole_is_left_out_of_the_message() {
        String quoted =
                "is invalid: patch: Invalid value: \"{\\\\\"env\\\\\": \\\\\"s3cret\\\\\"}\": unknown field a.b";
        answers("PATCH", 422, status("Invalid", quoted, "{}"));
        ClusterFailure failure = failure(this::patch);
        says(Kind.INVALID, failure, "Invalid value: (the object): unknown field a.b");
        assertThat(failure).hasMessageNotContaining("s3cret");
    }

    @Test
    void an_apply_that_is_not_understood_is_refused_for_good_though_the_status_is_that_of_a_breakdown() {
        answers("PATCH", 500, status("", "failed to create typed patch object (/a; /v1, Kind=ConfigMap): .dta", "{}"));
        says(Kind.INVALID, failure(this::patch), ".dta");
    }

    @Test
    void fields_that_others_own_are_told_with_their_owners() {
        answers(
                "PATCH",
                409,
                status(
                        "Conflict",
                        "Apply failed with 1 conflict: conflict with \"argocd-controller\" using v1: .spec.replicas",
                        "{\"causes\":[{\"reason\":\"FieldManagerConflict\",\"field\":\".spec.replicas\"}]}"));
        says(Kind.OWNED, failure(this::patch), "argocd-controller", ".spec.replicas", "nothing is taken over by force");
        assertThat(asked).hasSize(1);
    }

    @Test
    void what_is_invalid_is_said_with_its_cause() {
        answers(
                "PATCH",
                422,
                status(
                        "Invalid",
                        "is invalid",
                        "{\"causes\":[{\"field\":\"spec.replicas\",\"message\":\"below 0\"}]}"));
        says(Kind.INVALID, failure(this::patch), "below 0", "correct the request");
    }

    @Test
    void an_eviction_that_a_budget_forbids_is_sent_once_and_names_the_budget() {
        answers("GET", 200, POD_JSON);
        answers(
                "POST",
                429,
                status(
                        "TooManyRequests",
                        "Cannot evict pod as it would violate the pod's disruption budget.",
                        "{\"causes\":[{\"reason\":\"DisruptionBudget\",\"message\":\"The disruption budget mcp-gateway needs"
                                + " 2 healthy pods and has 2 currently\"}]}"),
                "Retry-After",
                "10");
        ClusterFailure failure = failure(this::evict);
        says(Kind.BUDGET, failure, "Pod a1/p-0", "budget mcp-gateway needs 2 healthy pods", "Wait until");
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(10));
        assertThat(asked).filteredOn(each -> each.startsWith("POST")).hasSize(1);
    }

    @Test
    void a_throttled_change_is_sent_once_and_says_when_to_come_again() {
        answers("PATCH", 429, status("TooManyRequests", "too many requests", "{}"), "Retry-After", "7");
        ClusterFailure failure = failure(this::patch);
        says(Kind.THROTTLED, failure, "too many requests", "after the time");
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(7));
        assertThat(asked).hasSize(1);
    }

    @Test
    void a_throttled_look_is_sent_once_too() {
        answers("GET", 503, status("ServiceUnavailable", "starting", "{\"retryAfterSeconds\":3}"));
        ClusterFailure failure = failure(this::list);
        says(Kind.THROTTLED, failure, "list pods in namespace a1", "starting");
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(3));
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_internal_error_is_sent_once_and_leaves_the_outcome_open() {
        answers("PATCH", 500, status("InternalError", "etcd is gone", "{}"));
        says(Kind.UNREACHABLE, failure(this::patch), "etcd is gone", "may or may not have been made");
        assertThat(asked).hasSize(1);
    }

    @Test
    void credentials_that_are_not_accepted_are_said_without_them() {
        answers("GET", 401, status("Unauthorized", "Unauthorized", "{}"));
        says(Kind.FORBIDDEN, failure(this::list), "Unauthorized", "renew them");
    }

    @Test
    void a_right_that_is_missing_is_named() {
        answers("GET", 403, status("Forbidden", "pods is forbidden: User \"look\" cannot list", "{}"));
        says(Kind.FORBIDDEN, failure(this::list), "User \"look\" cannot list", "Grant");
    }

    @Test
    void a_token_that_changes_is_sent_as_it_is_now_and_no_other_is_looked_for() {
        List<String> tokens = new CopyOnWriteArrayList<>(List.of("first", "second"));
        http.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
            reply(exchange, 401, status("Unauthorized", "Unauthorized", "{}"), "X", "");
        });
        Config access = new ConfigBuilder(Config.empty())
                .withMasterUrl(access().getMasterUrl())
                .withOauthTokenProvider(() -> tokens.get(0))
                .build();
        try (ApiServer turning = new ApiServer(access, "prod", Duration.ofSeconds(5))) {
            failure(() -> reader(turning).list(ResourceType.PODS, Query.in("a1")));
            tokens.remove(0);
            failure(() -> reader(turning).list(ResourceType.PODS, Query.in("a1")));
        }
        assertThat(asked).startsWith("Bearer first").endsWith("Bearer second");
        assertThat(asked).containsOnly("Bearer first", "Bearer second");
    }

    // ---- no API server

    @Test
    void a_login_page_is_not_taken_for_an_answer() {
        http.createContext("/", exchange -> reply(exchange, 200, "<html>Log in</html>", "Content-Type", "text/html"));
        says(Kind.UNREACHABLE, failure(this::list), "'text/html'", "Kubernetes API");
        says(Kind.UNREACHABLE, failure(this::patch), "'text/html'", "may or may not");
    }

    @Test
    void a_strange_404_is_not_taken_for_absence() {
        http.createContext("/", exchange -> reply(exchange, 404, "<html>No route</html>", "Content-Type", "text/html"));
        says(Kind.UNREACHABLE, failure(this::get), "'text/html'");
    }

    @Test
    void a_redirect_is_not_followed_because_it_would_carry_the_credentials() {
        http.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            reply(exchange, 302, "", "Location", "/elsewhere");
        });
        says(Kind.UNREACHABLE, failure(this::list), "(302)");
        assertThat(asked).doesNotContain("/elsewhere").hasSize(1);
    }

    @Test
    void a_server_that_hangs_is_given_up_in_time_and_sent_to_once() {
        http.createContext("/", this::hang);
        ClusterFailure failure = failure(() -> new Fabric8Writer(hurried()).apply(change(), Write.FOR_REAL));
        says(Kind.UNREACHABLE, failure, "no answer in time", "may or may not have been made");
        assertThat(asked).hasSize(1);
    }

    @Test
    void an_answer_that_never_ends_is_given_up_in_time() {
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hang(exchange);
        });
        says(Kind.UNREACHABLE, failure(() -> reader(hurried()).list(ResourceType.PODS, Query.in("a1"))), "in time");
    }

    @Test
    void pages_without_end_are_given_up_in_time() {
        answers("GET", 200, "{\"items\":[],\"metadata\":{\"continue\":\"more\"}}");
        says(Kind.UNREACHABLE, failure(() -> reader(hurried()).list(ResourceType.PODS, Query.in("a1"))), "in time");
    }

    @Test
    void a_connection_that_breaks_leaves_the_outcome_open() {
        http.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod());
            exchange.close();
        });
        says(Kind.UNREACHABLE, failure(this::patch), "the exchange broke", "may or may not have been made");
        assertThat(asked).hasSize(1);
    }

    @Test
    void nobody_there_is_said_so() {
        http.stop(0);
        says(Kind.UNREACHABLE, failure(this::list), "nothing accepts connections", "http://127.0.0.1:");
        says(Kind.UNREACHABLE, failure(() -> reader(server).cluster()), "identity");
    }

    // ---- answers that look like failures

    @Test
    void what_is_not_there_and_what_is_not_served_are_told_apart() {
        answers("GET", 404, status("NotFound", "not found", "{\"name\":\"p-0\",\"kind\":\"pods\"}"));
        assertThat(reader(server).get(ResourceType.PODS, "a1", "p-0")).isEmpty();
        http.removeContext("/");
        http.createContext("/", exchange -> reply(exchange, 404, "404 page not found\n", "Content-Type", "text/plain"));
        says(Kind.NOT_INSTALLED, failure(this::get), "looked for again");
        assertThat(reader(server).discover(ResourceType.ARGO_APPLICATIONS)).isFalse();
    }

    @Test
    void a_kind_is_looked_for_each_time() {
        http.createContext("/", exchange -> {
            asked.add("");
            reply(
                    exchange,
                    asked.size() == 1 ? 404 : 200,
                    asked.size() == 1 ? "404 page not found" : "{\"resources\":[{\"name\":\"applications\"}]}",
                    "X",
                    "");
        });
        assertThat(reader(server).discover(ResourceType.ARGO_APPLICATIONS)).isFalse();
        assertThat(reader(server).discover(ResourceType.ARGO_APPLICATIONS)).isTrue();
    }

    @Test
    void a_metrics_server_that_is_down_is_as_good_as_none() {
        answers("GET", 503, status("ServiceUnavailable", "the server is currently unable", "{}"));
        says(
                Kind.NOT_INSTALLED,
                failure(() -> reader(server).list(ResourceType.POD_METRICS, Query.in("a1"))),
                "unable",
                "do without");
    }

    @Test
    void a_container_without_logs_is_an_answer() {
        LogQuery query = new LogQuery("a1", "p-0", "app", true, 10, 100);
        answers(
                "GET",
                400,
                status("BadRequest", "previous terminated container \"app\" in pod \"p-0\" not found", "{}"));
        assertThat(reader(server).logs(query))
                .isInstanceOfSatisfying(LogAnswer.None.class, none -> assertThat(none.reason())
                        .contains("previous terminated container"));
        answers("GET", 400, status("BadRequest", "container \"app\" is waiting to start: ContainerCreating", "{}"));
        assertThat(reader(server).logs(query)).isInstanceOf(LogAnswer.None.class);
        answers("GET", 400, status("BadRequest", "container x is not valid for pod p-0", "{}"));
        says(Kind.INVALID, failure(() -> reader(server).logs(query)), "previous logs of container app", "not valid");
    }

    @Test
    void a_pods_own_503_is_its_answer_and_a_status_is_none() {
        HttpQuery query = HttpQuery.ofPod("a1", "p-0", "http", 8080, "/health");
        answers("GET", 503, "starting");
        assertThat(reader(server).http(query)).isInstanceOfSatisfying(HttpAnswer.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(503);
            assertThat(answered.body()).isEqualTo("starting");
            assertThat(answered.took()).isPositive();
        });
        assertThat(asked).hasSize(1);
        answers("GET", 503, status("ServiceUnavailable", "error trying to reach service: connection refused", "{}"));
        assertThat(reader(server).http(query))
                .isEqualTo(new HttpAnswer.Unanswered("error trying to reach service: connection refused"));
        answers("GET", 503, status("ServiceUnavailable", "apiserver is shutting down", "{}"));
        says(Kind.UNREACHABLE, failure(() -> reader(server).http(query)), "/health on port 8080", "shutting down");
    }

    @Test
    void a_service_without_endpoints_is_told_from_its_own_503() {
        HttpQuery query = HttpQuery.ofService("a1", "gateway", "http", 8080, "/health");
        answers("GET", 503, status("ServiceUnavailable", "no endpoints available for service 'gateway'", "{}"));
        assertThat(reader(server).http(query))
                .isInstanceOfSatisfying(HttpAnswer.Unanswered.class, none -> assertThat(none.noEndpoints())
                        .isTrue());
        answers("GET", 503, "no endpoints available: my own words");
        assertThat(reader(server).http(query)).isInstanceOf(HttpAnswer.Answered.class);
    }

    @Test
    void a_pod_that_answers_without_end_is_read_as_far_as_is_useful() {
        answers("GET", 200, "x".repeat(1_000_000));
        assertThat(reader(server).http(HttpQuery.ofPod("a1", "p-0", "http", 8080, "/")))
                .isInstanceOfSatisfying(HttpAnswer.Answered.class, answered -> assertThat(answered.body())
                        .hasSize(64 * 1024));
    }

    @Test
    void a_list_whose_pages_have_expired_is_read_anew_at_once() {
        http.createContext("/", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            asked.add(String.valueOf(query));
            if (query == null) {
                reply(
                        exchange,
                        200,
                        "{\"items\":[{\"metadata\":{\"name\":\"b\"}},{\"metadata\":{\"name\":\"a\"}}]}",
                        "X",
                        "");
            } else if (query.contains("continue")) {
                reply(exchange, 410, status("Expired", "the continue token is too old", "{}"), "X", "");
            } else {
                reply(exchange, 200, "{\"items\":[],\"metadata\":{\"continue\":\"c\"}}", "X", "");
            }
        });
        assertThat(reader(server).list(ResourceType.PODS, Query.in("a1")))
                .extracting(KubernetesObject::name)
                .containsExactly("a", "b");
        assertThat(asked).hasSize(3);
    }

    // ---- what is sent

    @Test
    void a_rehearsed_patch_carries_dry_run_manager_uid_and_version() throws IOException {
        answers("PATCH", 200, "{\"kind\":\"Deployment\"}");
        new Fabric8Writer(server).apply(change(), Write.DRY_RUN);
        assertThat(asked)
                .containsExactly("PATCH /apis/apps/v1/namespaces/a1/deployments/mcp-gateway"
                        + "?fieldManager=incident-orchestrator&fieldValidation=Strict&dryRun=All");
        assertThat(bodies)
                .containsExactly(
                        "{\"spec\":{\"replicas\":3},\"metadata\":{\"uid\":\"u-1\",\"resourceVersion\":\"7\"}}");
    }

    @Test
    void a_rehearsed_eviction_carries_both_preconditions_and_dry_run() throws IOException {
        answers("GET", 200, POD_JSON);
        answers("POST", 201, "{\"kind\":\"Status\",\"status\":\"Success\"}");
        new Fabric8Writer(server).apply(eviction(), Write.DRY_RUN);
        JsonNode options = new ObjectMapper().readTree(bodies.get(1)).get("deleteOptions");
        assertThat(options.toString())
                .isEqualTo("{\"preconditions\":{\"uid\":\"u-1\",\"resourceVersion\":\"7\"},\"dryRun\":[\"All\"]}");
        assertThat(asked.get(1)).endsWith("/eviction?dryRun=All");
    }

    @Test
    void a_change_without_uid_or_version_is_not_sent() {
        Change unfenced = new Change.Evict(POD, "u-1", "", Identity.CHANGE);
        says(Kind.INVALID, failure(() -> new Fabric8Writer(server).apply(unfenced, Write.FOR_REAL)), "no uid or no");
        assertThat(asked).isEmpty();
    }
}
