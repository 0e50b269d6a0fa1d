package org.incidentorchestrator.step.verb.delivery;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;

/** Argo CD's applications, in its namespace. */
record Applications(ClusterReader cluster, String namespace) {
    static final String NOT_INSTALLED = "Argo CD is not installed";

    static Applications of(ClusterReader cluster, ArgoCdSettings settings) {
        return new Applications(cluster, settings.namespace());
    }

    /** Empty when Argo CD is not installed. @throws ClusterFailure FORBIDDEN: what nobody may see is not absent */
    Optional<List<ApplicationView>> all() {
        try {
            return Optional.of(cluster.list(ResourceType.ARGO_APPLICATIONS, Query.in(namespace)).stream()
                    .map(ApplicationView::new)
                    .toList());
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.NOT_INSTALLED) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** @throws StepFailure badName, argoCdNotInstalled, or targetNotFound */
    ApplicationView get(String name) {
        if (!Target.isName(name)) {
            throw StepFailure.refused(
                    "badName",
                    "Nothing was asked: '%s' is not the name of an application of Argo CD."
                            .formatted(Line.of(name == null ? "" : name, 80)),
                    "Set it to what 'kubectl get applications -n %s' shows.".formatted(namespace));
        }
        return find(name)
                .orElseThrow(() -> StepFailure.notFound(
                        "Argo CD has no application %s in namespace %s.".formatted(name, namespace),
                        "See which it has with 'kubectl get applications -n %s'.".formatted(namespace)));
    }

    Optional<ApplicationView> find(String name) {
        try {
            return cluster.get(ResourceType.ARGO_APPLICATIONS, namespace, name).map(ApplicationView::new);
        } catch (ClusterFailure failure) {
            if (failure.kind() == ClusterFailure.Kind.NOT_INSTALLED) {
                throw notInstalled();
            }
            throw failure;
        }
    }

    static StepFailure notInstalled() {
        return StepFailure.refused(
                "argoCdNotInstalled",
                NOT_INSTALLED + ": the API server does not serve applications.argoproj.io.",
                "Deliver by hand, or install Argo CD.");
    }

    String listLine() {
        return KubectlText.of(cluster.cluster()).list(ResourceType.ARGO_APPLICATIONS, Query.in(namespace));
    }

    String getLine(String name) {
        return KubectlText.of(cluster.cluster()).get(ResourceType.ARGO_APPLICATIONS, namespace, name);
    }
}
