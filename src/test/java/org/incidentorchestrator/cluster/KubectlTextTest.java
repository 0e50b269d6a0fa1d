package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.LabelSelector.Operator;
import org.incidentorchestrator.cluster.LabelSelector.Requirement;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubectlTextTest {
    private static final Target GATEWAY = new Target("Deployment", "a1-orchestrator", "mcp-gateway");
    private static final LabelSelector SELECTOR = LabelSelector.equalTo(Map.of("app", "mcp-gateway"));
    private final KubectlText text = new KubectlText("prod");

    @Test
    void every_line_names_its_context_and_its_namespace() {
        assertThat(text.get(ResourceType.DEPLOYMENTS, "a1", "x"))
                .isEqualTo("kubectl --context prod -n a1 get deployments x -o yaml");
        assertThat(text.describe(GATEWAY))
                .isEqualTo("kubectl --context prod -n a1-orchestrator describe deployment/mcp-gateway");
        assertThat(text.top("a1", SELECTOR))
                .isEqualTo("kubectl --context prod -n a1 top pods --containers -l app=mcp-gateway");
        assertThat(text.rolloutRestart(GATEWAY))
                .isEqualTo("kubectl --context prod -n a1-orchestrator rollout restart deployment/mcp-gateway");
        assertThat(text.rolloutStatus(GATEWAY))
                .isEqualTo("kubectl --context prod -n a1-orchestrator rollout status deployment/mcp-gateway"
                        + " --watch=false");
    }

    @Test
    void a_patch_is_strategic_where_the_kind_takes_it() {
        Target app = new Target("Application", "argocd", "a1");
        JsonNode body = new ObjectMapper().createObjectNode().put("note", "it's");
        assertThat(text.patch(ResourceType.DEPLOYMENTS, GATEWAY, body))
                .isEqualTo("kubectl --context prod -n a1-orchestrator patch deployments mcp-gateway"
                        + " -p '{\"note\":\"it'\\''s\"}'");
        assertThat(text.patch(ResourceType.ARGO_APPLICATIONS, app, body))
                .startsWith("kubectl --context prod -n argocd patch applications.argoproj.io a1 --type=merge -p ");
    }

    @Test
    void a_rollback_names_the_revision_and_a_deletion_the_uid() {
        assertThat(text.rolloutUndo(GATEWAY, "3"))
                .isEqualTo(
                        "kubectl --context prod -n a1-orchestrator rollout undo deployment/mcp-gateway --to-revision=3");
        assertThat(text.delete(ResourceType.PODS, new Target("Pod", "a1", "p-0"), "u-1", true))
                .isEqualTo("kubectl --context prod -n a1 delete --raw /api/v1/namespaces/a1/pods/p-0 -f - <<'EOF'\n"
                        + "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"preconditions\":{\"uid\":\"u-1\"},"
                        + "\"gracePeriodSeconds\":0}\nEOF");
    }

    @Test
    void a_scale_names_the_replicas_it_was_decided_on() {
        assertThat(text.scale(GATEWAY, 2, 3))
                .isEqualTo("kubectl --context prod -n a1-orchestrator scale deployment/mcp-gateway"
                        + " --current-replicas=2 --replicas=3");
    }

    @Test
    void an_eviction_is_a_post_whose_body_names_the_uid() {
        assertThat(text.evict(new Target("Pod", "a1", "p-0"), "u-1"))
                .isEqualTo(
                        "kubectl --context prod -n a1 create --raw /api/v1/namespaces/a1/pods/p-0/eviction -f - <<'EOF'\n"
                                + "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"p-0\",\"namespace\":\"a1\"},"
                                + "\"deleteOptions\":{\"preconditions\":{\"uid\":\"u-1\"}}}\nEOF");
    }

    @Test
    void a_list_has_its_selectors_and_the_group_of_a_plural_that_is_not_unique() {
        LabelSelector set = new LabelSelector(List.of(
                new Requirement("tier", Operator.IN, Set.of("api", "web")),
                new Requirement("old", Operator.DOES_NOT_EXIST, Set.of())));
        assertThat(text.list(ResourceType.PODS, Query.in("a1").selecting(set)))
                .isEqualTo("kubectl --context prod -n a1 get pods -l 'tier in (api,web),!old'");
        assertThat(text.list(ResourceType.EVENTS, Query.in("").where("involvedObject.name", "x")))
                .isEqualTo("kubectl --context prod -A get events --field-selector involvedObject.name=x");
        assertThat(text.list(ResourceType.POD_METRICS, Query.in("a1")))
                .isEqualTo("kubectl --context prod -n a1 get pods.metrics.k8s.io");
        assertThat(text.list(ResourceType.NODES, Query.in(""))).isEqualTo("kubectl --context prod get nodes");
    }

    @Test
    void logs_name_the_container_and_how_much_is_read() {
        assertThat(text.logs(new LogQuery("a1", "p-0", "app", true, 500, 65536)))
                .isEqualTo("kubectl --context prod -n a1 logs p-0 -c app --previous --tail=500 --limit-bytes=65536");
        assertThat(text.http(HttpQuery.ofPod("a1", "p-0", "http", 8080, "/health?deep=1")))
                .isEqualTo("kubectl --context prod -n a1 get --raw"
                        + " '/api/v1/namespaces/a1/pods/http:p-0:8080/proxy/health?deep=1'");
        assertThat(text.http(HttpQuery.ofService("a1", "gateway", "http", 8080, "/health")))
                .isEqualTo("kubectl --context prod -n a1 get --raw"
                        + " /api/v1/namespaces/a1/services/http:gateway:8080/proxy/health");
    }

    @Test
    void an_exec_hands_its_words_over_as_they_are() {
        assertThat(text.exec(new ExecQuery("a1", "p-0", "app", List.of("ls", "-l", "/tmp/it's here"), 1000)))
                .isEqualTo("kubectl --context prod -n a1 exec p-0 -c app -- ls -l '/tmp/it'\\''s here'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "/bin/bash", "busybox"})
    void a_shell_is_no_command(String shell) {
        assertThatThrownBy(() -> new ExecQuery("a1", "p-0", "app", List.of(shell, "-c", "ls | wc"), 1000))
                .hasMessageContaining("name the program itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "$(id)", "it's", "`id`", "a\nb", "~", "", "a;b", "*", "\\", "\"", "é", "#x", "-x"})
    void a_shell_reads_any_word_as_that_word(String word) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellLine.quoted(word)).start();
        String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(read).isEqualTo(word);
    }

    @Test
    void what_no_shell_can_read_is_refused() {
        assertThatThrownBy(() -> ShellLine.quoted("a\0b")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> new ShellLine("cat").reading("EOF")).hasMessageContaining("EOF");
    }

    @Test
    void a_name_that_leads_elsewhere_is_refused() {
        refused(() -> text.http(HttpQuery.ofPod("a1", "p-0/../x", "http", 80, "/")), "not an object name");
        refused(() -> text.http(HttpQuery.ofPod("../x", "p-0", "http", 80, "/")), "not a namespace");
        assertThatThrownBy(() -> new HttpQuery(ResourceType.NODES, "", "node-1", "https", 10250, "/run/x"))
                .hasMessageContaining("only pods and services");
        refused(() -> text.http(HttpQuery.ofPod("a1", "p-0", "file", 80, "/")), "not a scheme");
        refused(() -> text.evict(new Target("Pod", "", "p-0"), "u"), "not a namespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../../secrets", "/%2e%2E/x", "/.%2e", "health", "", "/a b", "/\n", "/ü", "/#x", "/%"})
    void a_path_that_leads_elsewhere_or_is_none_is_refused(String path) {
        refused(() -> text.http(HttpQuery.ofPod("a1", "p-0", "http", 80, path)), "not a path");
    }

    private static void refused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure).hasMessageContaining(why);
        });
    }
}
