package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** In a pod there is one token, and with it each identity is the account that the settings name for it. */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason =
                "the identities in a pod; set TEST_KUBECONFIG to the kubeconfig of a disposable cluster, such as"
                        + " '.ci/kube-cluster up FOLDER' starts")
class InPodApiServerIT {
    private static TestNamespace cluster;
    private static ClusterReader reader;

    @BeforeAll
    static void inPod(@TempDir Path folder) throws IOException {
        cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
        Identities identities = Deployed.on(System.getenv("TEST_KUBECONFIG"))
                .ours(cluster.name())
                .inPod(folder);
        reader = new Fabric8Reader(identities, Identity.LOOK, 250);
    }

    @AfterAll
    static void gone() {
        cluster.close();
    }

    @Test
    void the_pods_own_account_looks_and_reads_no_secret() {
        assertThat(reader.list(ResourceType.PODS, Query.in(cluster.name()))).isEmpty();
        assertThat(refused(Identity.LOOK)).contains("\"" + Deployed.USERS + "incident-orchestrator\" cannot list");
    }

    @Test
    void another_account_is_impersonated_and_has_its_own_rights_and_no_others() {
        assertThat(reader.as(Identity.SECRETS).list(ResourceType.SECRETS, Query.in(cluster.name())))
                .isEmpty();
        assertThat(refused(Identity.CHANGE)).contains("incident-orchestrator-change\" cannot list");
    }

    private static String refused(Identity identity) {
        return catchThrowableOfType(ClusterFailure.class, () -> reader.as(identity)
                        .list(ResourceType.SECRETS, Query.in(cluster.name())))
                .getMessage();
    }
}
