package org.incidentorchestrator.step.verb.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.EndpointView;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.CommonCauseSettings;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Permissions;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks whether the platform below a service is well: whether the API server answers, whether the nodes that the service's
 * pods are on are ready and without pressure, and whether DNS has an endpoint. A node that has none of its pods is no
 * cause of its trouble. That the API server does not answer is an answer here; what may not be read is unknown, and a
 * reason for nothing.
 */
@RunbookLines({})
@Component
final class CheckPlatform implements Step<CheckPlatform.Input, CheckPlatform.Output> {
    private static final String UNKNOWN = "unknown";

    private final CommonCauseSettings settings;
    private final Reach reach;

    CheckPlatform(CommonCauseSettings settings, Reach reach) {
        this.settings = settings;
        this.reach = reach;
    }

    /**
     * @param workload whose nodes are looked at, by the name that its alert gives; null or empty for any node
     * @param node the one node that is asked for; null or empty for those of the workload
     * @param silentBefore how many looks in a row before this one got no answer
     */
    record Input(@Nullable String namespace, @Nullable String workload, @Nullable String node, int silentBefore) {}

    /**
     * @param apiServer ok; notYet where it has not answered, and may have been slow; silent after several looks
     * @param silentLooks how many looks in a row got no answer, this one too
     * @param node the one in trouble, else empty
     * @param nodeState ready, notReady, pressure, unknown
     * @param dns ok, down, unknown, notLookedAt
     * @param platformText one line
     */
    record Output(String apiServer, int silentLooks, String node, String nodeState, String dns, String platformText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        try {
            return look(in, context);
        } catch (ClusterFailure failure) {
            return switch (failure.kind()) {
                case UNREACHABLE, NOT_SENT, THROTTLED -> silent(in, failure);
                default -> throw failure;
            };
        }
    }

    private Plan<Output> silent(Input in, ClusterFailure failure) {
        int looks = in.silentBefore() + 1;
        String word = looks >= settings.silentLooks() ? "silent" : "notYet";
        String text = "the API server has not answered %d of %d looks: %s"
                .formatted(looks, settings.silentLooks(), Line.of(failure.getMessage(), Line.MODEL / 2));
        return Plan.look(text, new Output(word, looks, "", UNKNOWN, UNKNOWN, text));
    }

    private Plan<Output> look(Input in, StepContext context) {
        NodeTrouble trouble = NodeTrouble.read(in.namespace(), in.workload(), in.node(), context.cluster());
        String dns = dns(context);
        List<String> said = new ArrayList<>(List.of("the API server answers", trouble.inWords()));
        if (!dns.equals("notLookedAt")) {
            said.add("DNS (" + settings.dns() + ") is " + dns);
        }
        String text = Line.of(String.join("; ", said), Line.MODEL);
        var output = new Output("ok", 0, trouble.node(), trouble.state(), dns, text);
        return Plan.look(text, output)
                .kubectl(KubectlText.of(context.cluster().cluster()).list(ResourceType.NODES, Query.in("")));
    }

    /** By who is behind its service: a pod of it that is not ready gets no question. */
    private String dns(StepContext context) {
        String[] service = settings.dns().split("/", 2);
        if (!reach.covers(service[0])) {
            return "notLookedAt";
        }
        Optional<List<KubernetesObject>> slices =
                NodeTrouble.permitted(() -> context.cluster().list(ResourceType.ENDPOINT_SLICES, Query.in(service[0])));
        List<EndpointView> behind = slices.map(EndpointView::of).orElse(List.of()).stream()
                .filter(each -> each.service().equals(service[1]))
                .toList();
        if (behind.isEmpty()) {
            return slices.isPresent() && named(slices.get(), service[1]) ? "down" : UNKNOWN;
        }
        return behind.stream().anyMatch(EndpointView::reached) ? "ok" : "down";
    }

    /** Without a slice there is no such service here: DNS is somewhere else, and may be well. */
    private static boolean named(List<KubernetesObject> slices, String service) {
        return slices.stream().anyMatch(slice -> service.equals(slice.labels().get("kubernetes.io/service-name")));
    }

    @Override
    public Set<Permission> permissions() {
        return Permissions.pods(
                Permission.look("", "nodes", "list"),
                Permission.look("discovery.k8s.io", "endpointslices", "list").at(Place.LOOKED_AT));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
