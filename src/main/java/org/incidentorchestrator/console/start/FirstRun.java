package org.incidentorchestrator.console.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.incidentorchestrator.console.access.AccountSettings;
import org.incidentorchestrator.console.access.ClusterKind;
import org.incidentorchestrator.console.access.DataSettings;
import org.incidentorchestrator.intake.AlertmanagerSettings;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Three lines when the program is ready: where Tasklist is, as whom to log in, and what comes next; and a warning when
 * nobody would be told of a page.
 */
@Component
final class FirstRun {
    private static final Logger LOG = LoggerFactory.getLogger("first-run");

    private final AccountSettings accounts;
    private final ClusterKind cluster;
    private final DataSettings data;
    private final AlertmanagerSettings alertmanager;
    private final OnCall onCall;
    private final Environment environment;

    FirstRun(
            AccountSettings accounts,
            ClusterKind cluster,
            DataSettings data,
            AlertmanagerSettings alertmanager,
            OnCall onCall,
            Environment environment) {
        this.accounts = accounts;
        this.cluster = cluster;
        this.data = data;
        this.alertmanager = alertmanager;
        this.onCall = onCall;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void say() {
        lines().forEach(LOG::info);
        onCall.warning().ifPresent(LOG::warn);
    }

    List<String> lines() {
        String root = "http://localhost:" + environment.getProperty("local.server.port");
        return List.of(
                "Tasklist: " + root + "/camunda/app/tasklist/",
                "Log in as %s; %s".formatted(accounts.loginAs(cluster.sandbox()), password()),
                "Next: " + (cluster.sandbox() ? sandbox() : real(root)));
    }

    private String password() {
        Path file = data.firstPasswords();
        return Files.exists(file) ? "the password lies in " + file : "the first passwords were removed, use your own";
    }

    private String sandbox() {
        return environment.getProperty("sandbox.first-alert", Boolean.class, true)
                ? "where all is well, the sandbox breaks mcp-gateway in a few seconds; its incident comes up in Tasklist"
                : "start a scenario with POST /sandbox/scenarios; its incident comes up in Tasklist";
    }

    private String real(String root) {
        String mode = environment.getProperty("step.mode", "REHEARSE").toUpperCase(Locale.ROOT);
        String context = environment.getProperty("cluster.context", "");
        return "alerts that Alertmanager posts to %s/webhooks/alertmanager with the bearer token in %s become incidents of %s, in mode %s"
                .formatted(
                        root,
                        alertmanager.tokenFile().toAbsolutePath().normalize(),
                        context.isEmpty() ? "the cluster" : "cluster " + context,
                        mode.equals("EXECUTE") ? mode : mode + " (step.mode=EXECUTE lets changes happen)");
    }
}
