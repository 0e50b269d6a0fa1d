package org.incidentorchestrator.step.verb.certificate;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.CheckedInput;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.stereotype.Component;

/**
 * Lists the workloads whose pods mount a secret or have it in their environment: those that a new certificate reaches
 * only by a restart. Jobs are not among them (each starts anew), nor are ingresses, whose controllers load a new one by
 * themselves; those are counted.
 */
@RunbookLines("X04")
@Component
final class ListSecretConsumers implements Step<ListSecretConsumers.Input, ListSecretConsumers.Output> {
    private static final List<ResourceType> KINDS =
            List.of(ResourceType.DEPLOYMENTS, ResourceType.STATEFUL_SETS, ResourceType.DAEMON_SETS);
    /** What one process variable holds: far from the 4,000 characters at which a commit fails. */
    private static final int MOST = 3_000;

    private final Reach reach;

    ListSecretConsumers(Reach reach) {
        this.reach = reach;
    }

    record Input(String namespace, String secret) {}

    /**
     * @param consumers workloads that use it
     * @param restartThemselves those of them that Reloader restarts
     * @param targets the others, as target ids separated by commas
     * @param complete whether all of them are in {@code targets}: a variable holds about 40
     * @param ingresses that serve it
     * @param servedHost where a client gets to see it, a DNS name; empty when it is not known
     * @param servedPort 0 when it is not known
     */
    record Output(
            int consumers,
            int restartThemselves,
            String targets,
            boolean complete,
            int ingresses,
            String servedHost,
            int servedPort) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        String secret = CheckedInput.name("a secret", in.secret());
        List<SecretUse> uses = uses(context.cluster(), namespace, secret);
        List<KubernetesObject> ingresses = context.cluster().list(ResourceType.INGRESSES, Query.in(namespace)).stream()
                .filter(ingress -> ingress.items("/spec/tls").stream()
                        .anyMatch(tls -> tls.text("/secretName", "").equals(secret)))
                .toList();
        ServingPlace served = ServingPlace.of(
                secret, ingresses, uses, context.cluster().list(ResourceType.SERVICES, Query.in(namespace)));
        Output output = output(uses, ingresses.size(), served);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        String line = kubectl.list(ResourceType.DEPLOYMENTS, Query.in(namespace));
        Plan<Output> plan = Plan.look(
                "%d workloads in namespace %s use %s (%d of them restart themselves), and %d ingresses serve it"
                        .formatted(output.consumers, namespace, secret, output.restartThemselves, output.ingresses),
                output);
        for (ResourceType kind : KINDS) {
            plan = plan.kubectl(kubectl.list(kind, Query.in(namespace)));
        }
        return plan.kubectl(kubectl.list(ResourceType.SERVICES, Query.in(namespace)))
                .keeping(Artefact.text(
                        secret + "-consumers.txt", line, table(uses, ingresses).toString()));
    }

    private static List<SecretUse> uses(ClusterReader cluster, String namespace, String secret) {
        return KINDS.stream()
                .flatMap(kind -> cluster.list(kind, Query.in(namespace)).stream())
                .map(workload -> SecretUse.of(workload, secret))
                .filter(SecretUse::uses)
                .toList();
    }

    private static Output output(List<SecretUse> uses, int ingresses, ServingPlace served) {
        StringBuilder targets = new StringBuilder();
        boolean complete = true;
        for (SecretUse use : uses) {
            String id = use.workload().target().id();
            boolean fits = targets.length() + id.length() < MOST;
            if (!use.restartsItself() && fits) {
                targets.append(targets.isEmpty() ? "" : ",").append(id);
            }
            complete &= use.restartsItself() || fits;
        }
        int themselves = (int) uses.stream().filter(SecretUse::restartsItself).count();
        return new Output(
                uses.size(), themselves, targets.toString(), complete, ingresses, served.host(), served.port());
    }

    private static Table table(List<SecretUse> uses, List<KubernetesObject> ingresses) {
        Table table = Table.of("KIND", "NAME", "USES IT AS", "RESTARTS ITSELF");
        Stream.concat(
                        uses.stream().map(use -> new String[] {
                            use.workload().kind(),
                            use.workload().name(),
                            String.join(", ", use.ways()),
                            use.restartsItself() ? "yes" : "no"
                        }),
                        ingresses.stream().map(ingress ->
                                new String[] {ingress.kind(), ingress.name(), "certificate", "not needed"}))
                .forEach(row -> table.row((Object[]) row));
        return table;
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("apps", "deployments", "list"),
                Permission.look("apps", "statefulsets", "list"),
                Permission.look("apps", "daemonsets", "list"),
                Permission.look("", "services", "list"),
                Permission.look("networking.k8s.io", "ingresses", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
