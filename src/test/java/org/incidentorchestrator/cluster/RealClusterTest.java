package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** From settings to a reader and a writer; nobody listens at the address that the kubeconfig names. */
class RealClusterTest {
    @TempDir
    Path folder;

    private Path kubeconfig;

    private final ApplicationContextRunner program = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Program.class)
            .withBean(Clock.class, TestClock::new)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new);

    @BeforeEach
    void write() throws IOException {
        kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                """
                apiVersion: v1
                kind: Config
                current-context: look
                clusters:
                - name: here
                  cluster: {server: "http://127.0.0.1:1"}
                - name: there
                  cluster: {server: "http://127.0.0.1:2"}
                contexts:
                - name: look
                  context: {cluster: here, user: reader}
                - name: change
                  context: {cluster: here, user: writer}
                - name: elsewhere
                  context: {cluster: there, user: writer}
                - name: broken
                  context: {cluster: nowhere, user: writer}
                users:
                - name: reader
                  user: {token: a}
                - name: writer
                  user: {token: b}
                """);
    }

    @Test
    void the_program_starts_while_the_api_server_is_down_and_stops_asking_it() {
        real().run(context -> {
            ClusterReader reader = context.getBean(ClusterReader.class);
            for (int i = 0; i < 5; i++) {
                assertThat(failure(reader, Kind.UNREACHABLE)).hasMessageContaining("nothing accepts connections");
            }
            assertThat(failure(reader, Kind.NOT_SENT)).hasMessageContaining("circuit open until");
        });
    }

    @Test
    void each_identity_has_the_context_that_is_named_for_it_or_the_next_wider_one() {
        real().run(context -> assertThat(contexts(context)).containsOnly("look"));
        real("cluster.contexts.change=change").run(context -> assertThat(contexts(context))
                .containsExactly("look", "change", "change", "look", "look", "change"));
        real("cluster.contexts.backup=change").run(context -> assertThat(contexts(context))
                .containsExactly("look", "look", "look", "change", "look", "look"));
        real("cluster.contexts.secrets=change").run(context -> assertThat(contexts(context))
                .containsExactly("look", "look", "look", "look", "change", "look"));
        real("cluster.contexts.look=change")
                .run(context -> refused(context, "cluster.contexts.look", "cluster.context"));
        real("cluster.contexts.isolate=").run(context -> refused(context, "contexts[ISOLATE]", "empty"));
    }

    private static List<String> contexts(AssertableApplicationContext context) {
        Identities identities = context.getBean(Identities.class);
        return Stream.of(Identity.values())
                .map(identity -> identities.of(identity).context())
                .toList();
    }

    @Test
    void without_a_named_cluster_nothing_real_is_touched() {
        program.withUserConfiguration(Sandbox.class)
                .withBean("sandboxReader", ClusterReader.class, () -> reader())
                .withBean("sandboxWriter", ClusterWriter.class, () -> new Fabric8Writer(nowhere()))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(RealCluster.class);
                    assertThat(context.getBean(ClusterSettings.class).real()).isFalse();
                    assertThat(context).hasSingleBean(Sandbox.class);
                    assertThat(context.getBean(ClusterReader.class)).isInstanceOf(GatedReader.class);
                    assertThat(context.getBean(ClusterWriter.class)).isInstanceOf(GatedWriter.class);
                });
    }

    @Test
    void with_a_named_cluster_there_is_no_sandbox() {
        real().run(context -> {
            assertThat(context).doesNotHaveBean(Sandbox.class);
            assertThat(context.getBean(ClusterSettings.class).real()).isTrue();
        });
    }

    @Test
    void a_kubeconfig_that_is_missing_or_none_stops_the_start() throws IOException {
        program.withPropertyValues("cluster.kubeconfig=" + folder.resolve("nothing"))
                .run(context -> refused(context, "cluster.kubeconfig", "cannot be read"));
        Path note = Files.writeString(folder.resolve("note"), "{not yaml: [");
        program.withPropertyValues("cluster.kubeconfig=" + note)
                .run(context -> refused(context, "cluster.kubeconfig", "is not a kubeconfig"));
        Path list = Files.writeString(folder.resolve("list"), "- a\n- b\n");
        program.withPropertyValues("cluster.kubeconfig=" + list)
                .run(context -> refused(context, "cluster.kubeconfig", "is not a kubeconfig"));
        Path empty = Files.writeString(folder.resolve("empty"), "");
        program.withPropertyValues("cluster.kubeconfig=" + empty)
                .run(context -> refused(context, "cluster.kubeconfig", "is not a kubeconfig"));
    }

    @Test
    void a_context_that_is_not_there_stops_the_start_and_the_others_are_named() {
        real("cluster.context=prod")
                .run(context -> refused(context, "cluster.context", "no such context", "elsewhere"));
        real("cluster.context=broken").run(context -> refused(context, "cluster.context", "not in"));
    }

    @Test
    void a_change_context_of_another_cluster_stops_the_start() {
        real("cluster.contexts.change=elsewhere")
                .run(context -> refused(context, "cluster.contexts.change", "'there'", "'here'"));
    }

    @Test
    void settings_that_contradict_each_other_stop_the_start() {
        real("cluster.in-cluster=true").run(context -> refused(context, "two clusters"));
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues("cluster.context=look")
                .run(context -> refused(context, "context of no file"));
        real("cluster.accounts.change=changer").run(context -> refused(context, "cluster.accounts", "in-cluster"));
        program.withPropertyValues("cluster.in-cluster=true", "cluster.contexts.change=change")
                .run(context -> refused(context, "cluster.contexts", "cluster.accounts instead"));
        program.withPropertyValues("cluster.in-cluster=true", "cluster.accounts.look=looker")
                .run(context -> refused(context, "cluster.accounts.look", "serviceAccountName"));
        real("cluster.namespaces=a1-*").run(context -> refused(context, "'a1-*' is not a namespace"));
        real("cluster.permits=16").run(context -> refused(context, "permits"));
        real("cluster.request-timeout=11s").run(context -> refused(context, "requestTimeout"));
    }

    @Test
    void outside_of_a_pod_there_is_no_service_account() {
        program.withPropertyValues("cluster.in-cluster=true")
                .run(context -> refused(context, "cluster.in-cluster", "not a pod with a service account"));
    }

    @Test
    void in_a_pod_the_token_is_read_anew_each_time() throws IOException {
        Files.writeString(folder.resolve("token"), "first\n");
        var config = new ServiceAccount(
                        Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"), folder)
                .config();
        assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:6443/");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
        Files.writeString(folder.resolve("token"), "second");
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
        Files.delete(folder.resolve("token"));
        assertThatThrownBy(() -> config.getOauthTokenProvider().getToken()).hasMessageContaining("token");
    }

    @Test
    void in_a_pod_each_account_that_is_named_is_impersonated_and_the_pods_own_looks() throws IOException {
        Files.writeString(folder.resolve("token"), "own");
        Files.writeString(folder.resolve("namespace"), "incident-orchestrator\n");
        var pod = new ServiceAccount(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), folder);
        assertThat(pod.config().getImpersonateUsername()).isNull();
        assertThat(pod.as("isolator").getImpersonateUsername())
                .isEqualTo("system:serviceaccount:incident-orchestrator:isolator");
        assertThat(pod.as("isolator").getOauthTokenProvider().getToken()).isEqualTo("own");
    }

    private ApplicationContextRunner real(String... more) {
        return program.withUserConfiguration(Sandbox.class)
                .withPropertyValues("cluster.kubeconfig=" + kubeconfig)
                .withPropertyValues(more);
    }

    private ClusterReader reader() {
        return new Fabric8Reader(nowhere(), 2);
    }

    private ApiServer nowhere() {
        Kubeconfig file = Kubeconfig.read(kubeconfig.toString());
        return new ApiServer(file.as("cluster.context", "look"), "look", java.time.Duration.ofSeconds(1));
    }

    private static ClusterFailure failure(ClusterReader reader, Kind kind) {
        ClusterFailure failure =
                catchThrowableOfType(ClusterFailure.class, () -> reader.list(ResourceType.PODS, Query.in("a1")));
        assertThat(failure.kind()).isEqualTo(kind);
        return failure;
    }

    private static void refused(AssertableApplicationContext context, String... parts) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = context.getStartupFailure(); cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        assertThat(all.toString()).contains(parts);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ClusterSettings.class)
    static class Settings {}

    @Configuration(proxyBeanMethods = false)
    @Import({Settings.class, RealCluster.class, GatedCluster.class, ClusterGate.class})
    static class Program {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSandbox
    static class Sandbox {}
}
