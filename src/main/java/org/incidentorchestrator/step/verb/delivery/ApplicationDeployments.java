package org.incidentorchestrator.step.verb.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;

/**
 * The Deployments that an application is made of, wherever they are.
 *
 * @param line what reads them by hand
 */
record ApplicationDeployments(Set<Target> targets, String line) {
    static ApplicationDeployments of(Applications applications, String name, String namespace) {
        ApplicationView root = applications.get(name);
        Set<Target> managed = managed(root, applications);
        if (!managed.isEmpty()) {
            return new ApplicationDeployments(managed, applications.getLine(name));
        }
        Query query = Query.in(namespace);
        Set<Target> all = applications.cluster().list(ResourceType.DEPLOYMENTS, query).stream()
                .map(KubernetesObject::target)
                .collect(Collectors.toSet());
        String line = KubectlText.of(applications.cluster().cluster()).list(ResourceType.DEPLOYMENTS, query);
        return new ApplicationDeployments(all, line);
    }

    private static Set<Target> managed(ApplicationView root, Applications applications) {
        Map<Target, ApplicationView> known = root.children().isEmpty()
                ? Map.of()
                : applications.all().orElseGet(List::of).stream()
                        .collect(Collectors.toMap(app -> app.object().target(), Function.identity()));
        Set<Target> found = new HashSet<>();
        Set<Target> seen = new HashSet<>();
        Deque<ApplicationView> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            ApplicationView app = next.pop();
            if (seen.add(app.object().target())) {
                found.addAll(app.resources("Deployment"));
                app.children().stream()
                        .filter(known::containsKey)
                        .map(known::get)
                        .forEach(next::add);
            }
        }
        return found;
    }
}
