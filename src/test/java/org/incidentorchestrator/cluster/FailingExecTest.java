package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.junit.jupiter.api.Test;

/** A program in a container that cannot be run: what is said, of which kind, and what of it is an answer. */
class FailingExecTest extends FailingApiServer {
    @Test
    void an_exec_that_is_not_allowed_names_the_right() {
        answers("GET", 403, status("Forbidden", "pods \"p-0\" is forbidden: cannot get resource pods/exec", "{}"));
        says(Kind.FORBIDDEN, failure(this::exec), "run 'ls'", "pods/exec", "Grant this right");
    }

    @Test
    void an_exec_in_a_container_that_does_not_run_is_an_answer() {
        nodeRefuses("{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}}");
        assertThat(reader(server).exec(query()))
                .isEqualTo(new ExecAnswer.NotStarted("container app does not run: CrashLoopBackOff"));
    }

    @Test
    void an_exec_that_the_node_refuses_for_another_reason_is_a_failure() {
        nodeRefuses("{\"running\":{}}");
        says(Kind.UNREACHABLE, failure(this::exec), "its node refused (500)", "Check the pod and its node");
    }

    @Test
    void an_exec_without_an_answer_is_given_up_in_time() {
        http.createContext("/", this::hang);
        ApiServer hurried = hurried();
        says(Kind.UNREACHABLE, failure(() -> reader(hurried).exec(query())), "no answer in time");
    }

    /** A node's refusal reaches us without a reason; asked plainly, the API server misses the WebSocket. */
    private void nodeRefuses(String state) {
        answers("GET", 0, "");
        answers.put("GET", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Upgrade")) {
                reply(exchange, 500, "unable to upgrade connection: container not found", "X", "");
            } else if (exchange.getRequestURI().getPath().endsWith("/exec")) {
                reply(exchange, 400, status("BadRequest", "Upgrade request required", "{}"), "X", "");
            } else {
                String pod = "{\"kind\":\"Pod\",\"status\":{\"containerStatuses\":[{\"name\":\"app\",\"state\":" + state
                        + "}]}}";
                reply(exchange, 200, pod, "X", "");
            }
        });
    }

    private void exec() {
        reader(server).exec(query());
    }

    private static ExecQuery query() {
        return new ExecQuery("a1", "p-0", "app", List.of("ls", "/tmp"), 1000);
    }
}
