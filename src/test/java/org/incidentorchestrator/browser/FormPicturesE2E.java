package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.incidentorchestrator.program.PagerMessage;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The forms of procedures, causes and lists as their people see them, each filled by what the sandbox was in: nothing in
 * them is raw, and nothing is cut off. What they look like lies in {@code target/screenshots/form-*.png}.
 */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class FormPicturesE2E {
    private static final String NAMESPACE = "a1-orchestrator";
    /** What git has since the scenario of a new revision. */
    private static final String REVISION = "3b7f0e1c9a5d48e2b6c1f4a7d0938e5c2b1a6f47";

    @TempDir
    Path folder;

    @Test
    void of_what_is_planned_while_nothing_is_wrong() throws IOException {
        try (var program = Program.in(folder).start();
                var forms = new FormGallery(program)) {
            Locator dialog = forms.tasklist().begins("Begin procedure");
            forms.keep("begin-procedure", dialog.locator(".fjs-container"));
            dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close"))
                    .click();
            assertThat(dialog).isHidden();

            forms.begins("weekly-maintenance", "");
            forms.answers(
                    "responder",
                    forms.shows("work-item"),
                    Map.of("itemAnswer", "endWork", "settledNote", "not this week"));
            forms.begins("capacity-review", NAMESPACE);
            forms.answers("responder", forms.shows("read-capacity"), Map.of("review", "review"));
            forms.shows("plan-capacity");
            forms.begins("configuration-backup", NAMESPACE);
            forms.answers("responder", forms.shows("read-backup"), Map.of("backupAnswer", "accept"));
            forms.begins("disaster-recovery", "");
            forms.answers("responder", "decide-recovery", Map.of("recovery", "rehearse"));
            forms.answers("responder", "read-backup", Map.of("backupAnswer", "accept"));
            forms.shows("read-rehearsal");
        }
    }

    @Test
    void of_certificates_that_end() throws IOException {
        try (var program = Program.in(folder).with("wait.served-poll", "1s").start();
                var forms = new FormGallery(program)) {
            forms.plays("certificate-expires", "mcp-config");
            forms.begins("certificate-rotation", NAMESPACE);
            forms.answers("responder", forms.shows("choose-certificates"), Map.of("rotation", "rotate"));
            forms.answers("responder", forms.shows("renew-at-source"), Map.of("rotation", "skip"));
            forms.plays("healthy-again", "mcp-config");

            forms.plays("certificate-expires", "mcp-gateway");
            forms.begins("certificate-rotation", NAMESPACE);
            forms.answers("responder", "choose-certificates", Map.of("rotation", "rotate"));
            forms.answers("responder", "decide-remedy", Map.of("decision", "apply"));
            forms.answers("responder", "decide-remedy", Map.of("decision", "skip"));
            forms.shows("confirm-served");
        }
    }

    @Test
    void of_a_deployment_that_fails() throws IOException {
        try (var program = Program.in(folder)
                        // Sooner than the same application may be synced again: the way back is left to people.
                        .with("rollout.deadline", "15s")
                        .start();
                var forms = new FormGallery(program)) {
            forms.plays("broken-revision", "mcp-gateway");
            forms.begins("planned-deployment", NAMESPACE);
            deploys(forms, forms.shows("plan-deployment"));
            forms.answers("approver", "approve-change", Map.of("approvalAnswer", "approve", "approvalReason", "seen"));
            forms.shows("revert-in-git");
        }
    }

    private static void deploys(FormGallery forms, JsonNode plan) {
        forms.answers("responder", plan, Map.of("plan", "check", "application", NAMESPACE, "revision", REVISION));
    }

    @Test
    void of_a_night_on_which_much_is_wrong() throws IOException {
        try (var program = Program.in(folder)
                        .with("isolation.hold", "2s")
                        .with("wait.isolation-poll", "1s")
                        .with("wait.capture-poll", "1s")
                        .start();
                var forms = new FormGallery(program)) {
            program.api().post(PagerMessage.firing("PolicyViolation", "mcp-config"));
            program.api().post(PagerMessage.firing("HighErrorRate", "mcp-policy-proxy"));
            forms.shows("triage-violations");
            forms.shows("decide-next-step");
            forms.starts("responder", "look-around-by-hand", Map.of("incident", "INC-1", "namespace", NAMESPACE));
            forms.shows("read-findings");
            forms.begins("weekly-maintenance", "");
            forms.shows("decide-to-begin");
            forms.plays("new-revision", "mcp-gateway");
            forms.begins("planned-deployment", NAMESPACE);
            deploys(forms, forms.open("plan-deployment"));
            forms.shows("settle-checks");
            forms.tasklist()
                    .declares(
                            "A suspected breach",
                            Map.of(
                                    "Namespace", NAMESPACE,
                                    "Workload", "mcp-gateway",
                                    "What is wrong?", "a shell in the logs"));
            forms.answers("approver", "approve-change", Map.of("approvalAnswer", "approve", "approvalReason", "seen"));
            forms.shows("rotate-at-source");
            card(forms, "Rotate at the source");
        }
    }

    /** As much as that of any other task. */
    private static void card(FormGallery forms, String task) {
        Locator card = forms.tasklist().card(task);
        for (String line :
                new String[] {"Incident: INC-", "Severity: critical", "Service: mcp-gateway", "What: a shell"}) {
            assertThat(card).containsText(line);
        }
    }

    @Test
    void of_a_disaster() throws IOException {
        Path root = script();
        try (var program = Program.in(folder.resolve("data"))
                        .with("accounts.members.l3", "architect")
                        .with("outage.looks", 2)
                        .with("wait.outage-poll", "2s")
                        .with("wait.script-poll", "1s")
                        .with("host.root", root)
                        .with("host.scripts.k3s-install.path", "k3s-install.sh")
                        .with("host.scripts.k3s-install.sha256", sha256(root.resolve("k3s-install.sh")))
                        .start();
                var forms = new FormGallery(program)) {
            forms.begins("configuration-backup", NAMESPACE);
            forms.answers("responder", "read-backup", Map.of("backupAnswer", "accept"));
            forms.plays("api-unreachable", "");
            forms.starts(
                    "responder",
                    "declare-incident",
                    Map.of("kind", "disaster", "summary", "the machine does not come up"));
            forms.answers(
                    "architect",
                    forms.shows("decide-recovery"),
                    Map.of("recovery", "recover", "typedCluster", "sandbox"));
            forms.answers("approver", "approve-change", Map.of("approvalAnswer", "approve", "approvalReason", "seen"));
            forms.answers(
                    "architect",
                    forms.shows("clear-obstacle"),
                    Map.of("obstacleAnswer", "byHand", "settledNote", "installed"));
            forms.shows("load-credentials");
            forms.shows("respond-to-incident");
        }
    }

    /** One that fails. */
    private Path script() throws IOException {
        Path root = Files.createDirectory(folder.resolve("host"));
        Path script = Files.writeString(root.resolve("k3s-install.sh"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return root;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
