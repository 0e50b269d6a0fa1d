package org.incidentorchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.Deployed;
import org.incidentorchestrator.cluster.Deployed.Verdict;
import org.incidentorchestrator.cluster.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The rights that an API server asks for within another request, of which its audit log says nothing: without them it refuses. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "rights that no audit log tells of; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster,"
                        + " such as '.ci/kube-cluster up FOLDER' starts")
class AskedWithinApiServerIT {
    private static final String POLICY =
            """
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: quarantine-it, namespace: %s, labels: {
             incident-orchestrator/quarantine: INC-7}}, spec: {policyTypes: [Ingress, Egress], podSelector: {
             matchLabels: {incident-orchestrator/quarantine: INC-7}}}}""";
    private static final String ROLE =
            """
            {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: it, namespace: %s}, rules: [{
             apiGroups: [""], resources: [pods], verbs: [delete]}]}""";
    private static final String BINDING =
            """
            {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: it, namespace: %1$s}, roleRef: {
             apiGroup: rbac.authorization.k8s.io, kind: %2$s, name: admin}, subjects: [{kind: ServiceAccount,
             name: default, namespace: %1$s}]}""";
    private static final String ROLES = "roles.rbac.authorization.k8s.io";

    private final TestNamespace cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
    private final Deployed deployed = Deployed.on(System.getenv("TEST_KUBECONFIG"));

    @AfterEach
    void gone() {
        cluster.close();
    }

    @Test
    void a_patch_that_makes_its_object_asks_for_create() {
        String kind = "networkpolicies.networking.k8s.io";
        deployed.grants(Identity.ISOLATE, cluster.name(), kind, List.of("patch"));
        refused(() -> applied(Identity.ISOLATE, POLICY), "cannot create resource \"networkpolicies\"");
        deployed.grants(Identity.ISOLATE, cluster.name(), kind, List.of("patch", "create"));
        taken(() -> applied(Identity.ISOLATE, POLICY));
    }

    @Test
    void a_role_asks_for_escalate_and_a_binding_for_bind() {
        deployed.grants(Identity.BACKUP, cluster.name(), "*", List.of("create", "patch"));
        refused(() -> applied(Identity.BACKUP, ROLE), "attempting to grant RBAC permissions not currently held");
        deployed.grants(Identity.BACKUP, cluster.name(), ROLES, List.of("escalate"));
        taken(() -> applied(Identity.BACKUP, ROLE));

        refused(() -> applied(Identity.BACKUP, BINDING, "ClusterRole"), "attempting to grant RBAC permissions");
        deployed.grants(Identity.BACKUP, cluster.name(), "clusterroles.rbac.authorization.k8s.io", List.of("bind"));
        taken(() -> applied(Identity.BACKUP, BINDING, "ClusterRole"));
        refused(() -> applied(Identity.BACKUP, BINDING, "Role"), "not found");
        deployed.grants(Identity.BACKUP, cluster.name(), ROLES, List.of("escalate", "bind"));
        taken(() -> applied(Identity.BACKUP, BINDING, "Role"));
    }

    private Verdict applied(Identity identity, String yaml, Object... more) {
        Object[] all = new Object[more.length + 1];
        all[0] = cluster.name();
        System.arraycopy(more, 0, all, 1, more.length);
        return deployed.applies(identity, yaml.formatted(all));
    }

    private static void refused(Callable<Verdict> request, String why) {
        // A grant is in force a moment after it was made.
        Awaitility.await(why)
                .untilAsserted(() -> assertThat(request.call().message()).contains(why));
    }

    private static void taken(Callable<Verdict> request) {
        Awaitility.await("what is granted")
                .untilAsserted(() -> assertThat(request.call()).matches(Verdict::taken));
    }
}
