package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident.Outcome;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * A planned deployment on a real API server, with the application as its own definition has it: the test plays Argo CD,
 * which takes the operation up and sets the image. Pods that kwok plays serve no HTTP and there is no Prometheus: what is
 * not known is not taken for good, and a person decides.
 */
@TestPropertySource(
        properties = {
            "step.mode=EXECUTE",
            "step.cool-down=1ms",
            "accounts.create=responder,approver",
            "watch.hold=2s",
            "wait.sync-poll=1s",
            "wait.pods-poll=1s",
            "wait.bake=3s",
            "wait.bake-poll=1s",
        })
class PlannedDeploymentApiServerIT extends ApiServerScenario {
    private static final String OLD = "1f0c7a3e5b9d2468ace013579bdf02468ace1357";
    private static final String NEW = "9a8b7c6d5e4f30210fedcba98765432100112233";
    private static final String SHOP = "shop";
    private static final JsonMapper JSON = new JsonMapper();

    @DynamicPropertySource
    static void argoCd(DynamicPropertyRegistry settings) {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
    }

    @Test
    void the_approved_revision_is_asked_for_once_and_every_deployment_is_waited_for() throws JsonProcessingException {
        runsAtTheOldRevision();
        begins();
        answers(
                "responder",
                "Plan the deployment",
                Map.of(
                        "plan",
                        "check",
                        "application",
                        SHOP,
                        "revision",
                        NEW,
                        "prune",
                        false,
                        "settledNote",
                        "the release of this week"));
        answers("approver", "Approve change", Map.of("approvalAnswer", "approve", "approvalReason", "seen"));
        argoCdSyncs();

        awaitTold("STEP_LOOKED", "Sync of shop complete");
        awaitTold("STEP_LOOKED", "The rollout of Deployment " + cluster.name() + "/shop is complete");
        awaitTold("STEP_LOOKED", "without a restart for");
        awaitTold("NOTE", "Metrics against those before: unknown");
        decides("Sync application shop from " + NEW + " to " + OLD, "skip");

        assertThat(closed().outcome()).isEqualTo(Outcome.WORK_DONE);
        assertThat(told("RUNBOOK_ENDED")).containsExactly("runbook planned-deployment ended: done");
        assertThat(told("NOTE")).first().asString().contains("cause fit", "Smoke test: passed", "Deployments: 1");
        assertChanged("patch applications/shop");
    }

    private void begins() {
        Declared begun = declarations.declare(
                new Declaration("deployment", cluster.name(), "", "", "the release of this week", ""),
                "alice",
                Optional.empty());
        assertThat(begun).isInstanceOf(Opened.class);
        isAbout(((Opened) begun).incident(), SHOP);
    }

    /** Two pods, and an application that says so. */
    private void runsAtTheOldRevision() throws JsonProcessingException {
        cluster.makes(
                """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: shop, namespace: %s}, spec: {
                 replicas: 2, selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop}},
                  spec: {terminationGracePeriodSeconds: 1, containers: [{name: app, image: "example.invalid/app:1",
                   resources: {limits: {cpu: 10m, memory: 16Mi}}}]}}}}
                """
                        .formatted(cluster.name()));
        await("its pods", () -> cluster.deployment(SHOP).number("/status/readyReplicas", 0) == 2 ? true : null);
        cluster.has(
                ResourceType.ARGO_APPLICATIONS,
                """
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "shop"}, "spec": {
                 "project": "default", "source": {"repoURL": "https://git.example/shop.git", "path": "shop",
                  "targetRevision": "main"}, "destination": {"namespace": "%s"}}}"""
                        .formatted(cluster.name()));
        reports("OutOfSync", OLD);
    }

    /** Argo CD's controller makes what the operation asks for, says so, and takes it off. */
    private void argoCdSyncs() throws JsonProcessingException {
        KubernetesObject asked = await("the operation", () -> Optional.of(application())
                .filter(app -> app.at("/operation").exists())
                .orElse(null));
        String revision = asked.text("/operation/sync/revision", "");
        assertThat(revision).isEqualTo(NEW);
        cluster.merge(
                ResourceType.DEPLOYMENTS,
                cluster.deployment(SHOP),
                "",
                tree(
                        """
                        {"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "example.invalid/app:2",
                         "resources": {"limits": {"cpu": "10m", "memory": "16Mi"}}}]}}}}"""));
        reports("Synced", revision);
        // Last, so that nobody sees an application without an operation that says nothing of it yet.
        cluster.merge(ResourceType.ARGO_APPLICATIONS, asked, "", tree("{\"operation\": null}"));
    }

    private void reports(String sync, String revision) throws JsonProcessingException {
        cluster.merge(
                ResourceType.ARGO_APPLICATIONS,
                application(),
                "/status",
                tree(
                        """
                        {"status": {"sync": {"status": "%1$s", "revision": "%2$s"}, "health": {"status": "Healthy"},
                         "operationState": {"phase": "Succeeded", "message": "successfully synced",
                          "startedAt": "%5$s", "finishedAt": "%5$s", "operation": {}, "syncResult": {"revision": "%3$s"}},
                         "resources": [{"group": "apps", "version": "v1", "kind": "Deployment", "namespace": "%4$s",
                          "name": "shop"}]}}"""
                                .formatted(sync, NEW, revision, cluster.name(), clock.instant())));
    }

    private static KubernetesObject application() {
        return cluster.object(new Target("Application", cluster.name(), SHOP)).orElseThrow();
    }

    private static ObjectNode tree(String json) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(json);
    }
}
