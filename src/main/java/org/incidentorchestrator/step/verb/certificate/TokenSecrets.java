package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;

/**
 * The tokens of a workload's service account that do not end by themselves: secrets of type
 * kubernetes.io/service-account-token. The API server hands their values out with them; only names and uids are used here.
 *
 * @param account {@code default} where the pods name none
 */
record TokenSecrets(String namespace, String account, ClusterReader cluster) {
    static final Permission LIST = Permission.secrets("list");

    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String OF = "kubernetes.io/service-account.name";
    /** By which the API server knows them. */
    static final String OWNER = "/metadata/annotations/" + OF.replace("/", "~1");

    private static final String ACCOUNT = "/spec/serviceAccountName";

    static TokenSecrets of(WorkloadView workload, ClusterReader cluster) {
        String account = workload.template()
                .text(ACCOUNT)
                .filter(name -> !name.isEmpty())
                .orElse("default");
        return new TokenSecrets(workload.target().namespace(), account, cluster);
    }

    List<KubernetesObject> longLived() {
        return cluster
                .as(Identity.SECRETS)
                .list(ResourceType.SECRETS, Query.in(namespace).where("type", TYPE))
                .stream()
                .filter(secret -> secret.text("/type", "").equals(TYPE))
                .filter(secret -> secret.annotation(OF).filter(account::equals).isPresent())
                .toList();
    }

    /** Pods of the account, of whatever workload: each has a token of its own, which ends with it. */
    List<PodView> holders() {
        return cluster.list(ResourceType.PODS, Query.in(namespace)).stream()
                .filter(pod -> pod.text(ACCOUNT)
                        .filter(name -> !name.isEmpty())
                        .orElse("default")
                        .equals(account))
                .map(PodView::of)
                .toList();
    }
}
