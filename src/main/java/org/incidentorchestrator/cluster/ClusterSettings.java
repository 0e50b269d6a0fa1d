package org.incidentorchestrator.cluster;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.incident.Target;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which cluster, as whom, and how much of it. Where neither a kubeconfig nor the pod's own service account is named, it
 * is the embedded sandbox. The environment's KUBECONFIG is not looked at: a cluster is changed only when it was named to
 * this program.
 *
 * @param kubeconfig path of a kubeconfig file
 * @param inCluster use the service account of the pod that this program runs in
 * @param context the kubeconfig's context; empty for its current one. With {@code in-cluster} it is only what kubectl
 *     lines name, {@code in-cluster} when empty
 * @param contexts the contexts of the same cluster for {@code change}, {@code isolate}, {@code backup},
 *     {@code secrets} and {@code restore}; where one is not named, changes and back-ups are made and secrets read as
 *     {@code context}, and isolations and restores are made as changes
 * @param accounts with {@code in-cluster}, the service accounts of the pod's namespace for the same; the pod's own looks,
 *     and needs the right to impersonate the others. One that is not named follows the rule of {@code contexts}
 * @param requestTimeout of one call in all, at most 10 s
 * @param permits how many steps may be in cluster calls at once; fewer than the 16 job threads, so that a hung API
 *     server never holds up a timer
 * @param namespaces where steps may look and change
 * @param breakerWait how long nothing is sent after half of the last ten calls went unanswered
 */
@Validated
@ConfigurationProperties("cluster")
public record ClusterSettings(
        @DefaultValue("") String kubeconfig,
        @DefaultValue("false") boolean inCluster,
        @DefaultValue("") String context,
        @DefaultValue Map<Identity, @NotEmpty String> contexts,
        @DefaultValue Map<Identity, @NotEmpty String> accounts,
        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration requestTimeout,
        @DefaultValue("10") @Min(1) @Max(15) int permits,
        @DefaultValue("a1-orchestrator") @NotEmpty List<String> namespaces,
        @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(minutes = 5) Duration breakerWait) {
    public ClusterSettings {
        namespaces = List.copyOf(namespaces);
        contexts = Map.copyOf(contexts);
        accounts = Map.copyOf(accounts);
        for (String namespace : namespaces) {
            if (!Target.isNamespace(namespace)) {
                throw new IllegalArgumentException("cluster.namespaces: '" + namespace
                        + "' is not a namespace; write at most 63 of a-z, 0-9 and '-', without patterns");
            }
        }
        if (inCluster && !kubeconfig.isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster.in-cluster and cluster.kubeconfig name two clusters; leave one of them out");
        }
        if (!inCluster && kubeconfig.isEmpty() && !(context.isEmpty() && contexts.isEmpty())) {
            throw new IllegalArgumentException(
                    "cluster.context names a context of no file; set cluster.kubeconfig to the file that has it");
        }
        if (contexts.containsKey(Identity.LOOK)) {
            throw new IllegalArgumentException("cluster.contexts.look is named cluster.context; move it there");
        }
        if (inCluster && !contexts.isEmpty()) {
            throw new IllegalArgumentException("cluster.contexts names contexts of a kubeconfig, and with"
                    + " cluster.in-cluster there is none; name service accounts in cluster.accounts instead");
        }
        if (!inCluster && !accounts.isEmpty()) {
            throw new IllegalArgumentException(
                    "cluster.accounts names service accounts that a pod impersonates; it needs"
                            + " cluster.in-cluster. With a kubeconfig name its contexts in cluster.contexts");
        }
        if (accounts.containsKey(Identity.LOOK)) {
            throw new IllegalArgumentException(
                    "cluster.accounts.look is the pod's own service account; set it as the pod's serviceAccountName");
        }
    }

    /** Whether a real cluster is named; the sandbox otherwise. */
    public boolean real() {
        return inCluster || !kubeconfig.isEmpty();
    }

    public boolean allows(String namespace) {
        return namespaces.contains(namespace);
    }
}
