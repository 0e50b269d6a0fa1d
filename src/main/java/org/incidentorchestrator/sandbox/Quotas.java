package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.PodRequests;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.Quantity;
import org.incidentorchestrator.cluster.QuotaView;

/** Counts what of each quota is used, and says no to a pod that would take more. */
final class Quotas {
    private Quotas() {}

    static void settle(World world, Instant at) {
        for (ObjectNode quota : world.all("ResourceQuota")) {
            Amounts hard = hard(quota);
            Amounts used = used(world, Pods.namespace(quota));
            ObjectNode status = Json.object();
            status.set("hard", quota.at("/spec/hard").deepCopy());
            ObjectNode counted = status.putObject("used");
            hard.byName().keySet().stream()
                    .filter(resource -> used.get(resource).isPresent())
                    .forEach(resource -> counted.put(resource, used.text(resource)));
            Status.write(world, quota, status, Status.CONTROLLER_MANAGER, at);
        }
    }

    /** @param spec of the pod that is to be made @return why a quota does not let it, in the admission's words */
    static Optional<String> refusal(World world, String namespace, JsonNode spec) {
        KubernetesObject pod = KubernetesObject.of(spec);
        return world.all("ResourceQuota", namespace).stream()
                .flatMap(quota -> refusal(quota, used(world, namespace), demand(pod)).stream())
                .findFirst();
    }

    private static Optional<String> refusal(ObjectNode quota, Amounts used, Amounts demand) {
        List<String> over = hard(quota).byName().keySet().stream()
                .filter(resource -> demand.get(resource).isPresent())
                .filter(resource -> used.amount(resource)
                                .add(demand.amount(resource))
                                .compareTo(hard(quota).amount(resource))
                        > 0)
                .toList();
        return over.isEmpty()
                ? Optional.empty()
                : Optional.of("exceeded quota: " + Pods.name(quota) + ", requested: " + said(demand, over) + ", used: "
                        + said(used, over) + ", limited: " + said(hard(quota), over));
    }

    private static String said(Amounts amounts, List<String> resources) {
        return resources.stream()
                .map(resource -> resource + "=" + Amounts.text(resource, amounts.amount(resource)))
                .collect(Collectors.joining(","));
    }

    private static Amounts hard(ObjectNode quota) {
        return new QuotaView(KubernetesObject.of(quota)).hard();
    }

    private static Amounts used(World world, String namespace) {
        Amounts pods = world.all("Pod", namespace).stream()
                .map(KubernetesObject::of)
                .filter(pod -> !PodView.of(pod).ended())
                .map(pod -> demand(pod.at("/spec")))
                .reduce(demand(KubernetesObject.of(Json.object())).minus(one("pods")), Amounts::plus);
        int claims = world.all("PersistentVolumeClaim", namespace).size();
        return pods.with(new Amounts(Map.of("persistentvolumeclaims", new Quantity(BigDecimal.valueOf(claims)))));
    }

    /** What a quota counts of a pod. */
    private static Amounts demand(KubernetesObject spec) {
        Amounts requests = PodRequests.of(spec);
        Amounts limits = PodRequests.limits(spec);
        Map<String, Quantity> demand = new TreeMap<>(one("pods").byName());
        for (String resource : List.of(Amounts.CPU, Amounts.MEMORY)) {
            demand.put(resource, new Quantity(requests.amount(resource)));
            demand.put("requests." + resource, new Quantity(requests.amount(resource)));
            demand.put("limits." + resource, new Quantity(limits.amount(resource)));
        }
        return new Amounts(demand);
    }

    private static Amounts one(String name) {
        return new Amounts(Map.of(name, new Quantity(BigDecimal.ONE)));
    }
}
