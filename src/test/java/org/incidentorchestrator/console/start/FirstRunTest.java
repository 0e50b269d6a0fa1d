package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.console.access.AccountSettings;
import org.incidentorchestrator.console.access.ClusterKind;
import org.incidentorchestrator.console.access.DataSettings;
import org.incidentorchestrator.intake.AlertmanagerSettings;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class FirstRunTest {
    @TempDir
    Path folder;

    @Test
    void the_sandbox_sends_the_responder_to_tasklist_and_says_what_comes() throws Exception {
        Files.createFile(folder.resolve("first-passwords"));
        assertThat(lines(new MockEnvironment()))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Tasklist: http://localhost:8081/camunda/app/tasklist/"),
                        line -> assertThat(line)
                                .isEqualTo("Log in as responder; the password lies in " + folder + "/first-passwords"),
                        line -> assertThat(line).contains("breaks mcp-gateway"));
    }

    @Test
    void a_sandbox_that_stays_quiet_says_how_to_break_it() {
        assertThat(lines(new MockEnvironment().withProperty("sandbox.first-alert", "false")))
                .last()
                .asString()
                .contains("POST /sandbox/scenarios")
                .doesNotContain("breaks");
    }

    @Test
    void on_a_real_cluster_the_webhook_its_token_and_the_mode_are_named() {
        MockEnvironment real = new MockEnvironment()
                .withProperty("cluster.kubeconfig", "/etc/kube/config")
                .withProperty("cluster.context", "production");
        assertThat(lines(real))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Tasklist: "),
                        line -> assertThat(line).startsWith("Log in as admin; the first passwords were removed"),
                        line -> assertThat(line)
                                .contains("http://localhost:8081/webhooks/alertmanager", folder + "/alertmanager.token")
                                .contains("cluster production", "mode REHEARSE (step.mode=EXECUTE"));
        assertThat(lines(real.withProperty("step.mode", "execute")))
                .last()
                .asString()
                .endsWith("in mode EXECUTE");
    }

    private List<String> lines(MockEnvironment environment) {
        return new FirstRun(
                        new AccountSettings(
                                Optional.empty(),
                                new AccountSettings.Members(Optional.empty(), Optional.empty(), List.of(), List.of())),
                        new ClusterKind(environment),
                        new DataSettings(folder.toString()),
                        new AlertmanagerSettings(folder.resolve("alertmanager.token"), null),
                        OnCall.builtIn(true),
                        environment.withProperty("local.server.port", "8081"))
                .lines();
    }
}
