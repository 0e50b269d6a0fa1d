package org.incidentorchestrator.step.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.AccessReview;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.Deployed;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.deploy.DeployFiles;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.verb.LookSettings;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What the program says of its rights, beside what an API server gives it. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "what the program says of its rights; set TEST_KUBECONFIG to the kubeconfig of a disposable"
                + " cluster, such as '.ci/kube-cluster up FOLDER' starts")
class RightsCheckApiServerIT {
    private final TestNamespace cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
    private final Deployed deployed = Deployed.on(System.getenv("TEST_KUBECONFIG"));

    @AfterEach
    void gone() {
        cluster.close();
    }

    @Test
    void what_is_deployed_is_exactly_what_is_needed() {
        everyday();
        RightsFound found = check(cluster.name());
        assertThat(found.unknown()).isEmpty();
        assertThat(found.missing()).isEmpty();
        assertThat(found.excess()).isEmpty();
        assertThat(found.exact()).isTrue();
    }

    @Test
    void where_nothing_is_bound_each_right_is_missing() {
        everyday();
        assertThat(check(cluster.name(), "elsewhere").missing())
                .contains(
                        "patch deployments.apps in elsewhere, as change",
                        "get pods/log in elsewhere, as look",
                        "list secrets in elsewhere, as secrets",
                        "list *.* in elsewhere, as backup")
                .allMatch(right -> right.contains(" in elsewhere, "))
                .noneMatch(right -> right.endsWith("as restore"));
    }

    @Test
    void the_rights_of_a_recovery_are_in_excess_as_long_as_they_are_there() {
        everyday();
        deployed.bound("components/recovery/ours", cluster.name());
        RightsFound found = check(cluster.name());
        assertThat(found.missing()).isEmpty();
        assertThat(found.excess())
                .contains("create,patch *.* in " + cluster.name() + ", as restore")
                .allMatch(right -> right.endsWith("as restore"));
    }

    @Test
    void in_a_pod_an_account_that_may_not_be_acted_as_has_no_rights_and_the_one_that_restores_needs_none(
            @TempDir Path folder) throws IOException {
        everyday();
        deployed.mayNotActAs(Identity.RESTORE);
        assertThat(check(deployed.reviewInPod(folder), cluster.name()).exact()).isTrue();

        deployed.mayNotActAs(Identity.BACKUP);
        assertThat(check(deployed.reviewInPod(folder), cluster.name()).missing())
                .singleElement()
                .asString()
                .startsWith("all, as backup: ")
                .contains("cannot impersonate");
    }

    private void everyday() {
        deployed.bound("bindings/ours", cluster.name())
                .bound("components/backup/ours", cluster.name())
                .bound("bindings/looked-at", cluster.name())
                .bound("bindings/argocd", cluster.name());
    }

    private RightsFound check(String... namespaces) {
        return check(deployed.review(), namespaces);
    }

    private RightsFound check(AccessReview review, String... namespaces) {
        var settings = new ClusterSettings(
                "",
                true,
                "",
                Map.of(),
                Map.of(),
                Duration.ofSeconds(10),
                10,
                List.of(namespaces),
                Duration.ofSeconds(15));
        var places =
                new Places(settings, new ArgoCdSettings(cluster.name()), new LookSettings(List.of(cluster.name())));
        List<Step<?, ?>> verbs = List.copyOf(
                Verbs.with("manifests.kinds=applications.argoproj.io").values());
        return new RightsCheck(new StepCatalogue(verbs), review, places, new TestClock()).of(DeployFiles.called());
    }
}
