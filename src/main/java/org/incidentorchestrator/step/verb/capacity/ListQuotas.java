package org.incidentorchestrator.step.verb.capacity;

import java.util.Set;
import org.incidentorchestrator.cluster.Amounts;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.stereotype.Component;

/**
 * Lists the quotas and limit ranges of a namespace, sums what its pods request against what they may take, and names the
 * controllers whose pods a quota refuses. Where there is no quota, the sums alone tell.
 */
@RunbookLines("A03")
@Component
final class ListQuotas implements Step<ListQuotas.Input, ListQuotas.Output> {
    private final Reach reach;

    ListQuotas(Reach reach) {
        this.reach = reach;
    }

    record Input(String namespace) {}

    /**
     * @param fullestPercent used of hard, of the resource nearest to its bound; -1 without a quota, or before it is counted
     * @param fullestQuota {@code compute: limits.memory 2048Mi of 2048Mi}; empty likewise
     * @param cpuRequests cores, of all pods that have not ended, as is cpuLimits
     * @param memoryRequests MiB, as is memoryLimits
     * @param withoutLimits containers without a limit of CPU or memory: they may take more than the sums say
     * @param limitsDemanded whether a pod that says no limits is refused: a quota counts them and no limit range gives them
     * @param refused controllers whose pods a quota refuses
     * @param refusedText what the API server says to them; one line, empty when there are none
     */
    record Output(
            int quotas,
            int fullestPercent,
            String fullestQuota,
            double cpuRequests,
            double cpuLimits,
            long memoryRequests,
            long memoryLimits,
            int withoutLimits,
            boolean limitsDemanded,
            int refused,
            String refusedText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = in.namespace() == null ? "" : in.namespace();
        reach.require(namespace);
        Allowance allowance = Allowance.read(context.cluster(), namespace, context.plannedAt());
        Output output = output(allowance);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        String line = kubectl.describeAll(ResourceType.QUOTAS, namespace);
        return Plan.look(summary(namespace, output), output)
                .kubectl(line)
                .kubectl(kubectl.describeAll(ResourceType.LIMIT_RANGES, namespace))
                .keeping(Artefact.text(namespace + "-quotas.txt", line, allowance.report()));
    }

    private static Output output(Allowance allowance) {
        Amounts requests = allowance.demand().requests();
        Amounts limits = allowance.demand().limits();
        int refused = allowance.refused().byController().size();
        return new Output(
                allowance.quotas().size(),
                allowance
                        .fullest()
                        .map(quota -> quota.fullestPercent().getAsInt())
                        .orElse(-1),
                allowance
                        .fullest()
                        .map(quota -> quota.name() + ": " + quota.fullest())
                        .orElse(""),
                requests.amount(Amounts.CPU).doubleValue(),
                limits.amount(Amounts.CPU).doubleValue(),
                mebibytes(requests),
                mebibytes(limits),
                allowance.demand().withoutLimits(),
                allowance.limitsDemanded(),
                refused,
                refused == 0 ? "" : Line.of(allowance.refused().text(), Line.MODEL));
    }

    private static long mebibytes(Amounts amounts) {
        return amounts.amount(Amounts.MEMORY).toBigInteger().shiftRight(20).longValue();
    }

    private static String summary(String namespace, Output output) {
        String quotas = output.quotas == 0
                ? "Namespace " + namespace + " has no quota"
                : "The fullest quota of %s is %s".formatted(namespace, fullest(output));
        String sums =
                "; its pods request %s cores and %d Mi, and may take %s cores and %d Mi; %d containers lack a limit"
                        .formatted(
                                output.cpuRequests,
                                output.memoryRequests,
                                output.cpuLimits,
                                output.memoryLimits,
                                output.withoutLimits);
        String refused =
                output.refused == 0 ? "" : "; the pods of %d controllers are refused".formatted(output.refused);
        return quotas + sums + refused;
    }

    private static String fullest(Output output) {
        return output.fullestPercent < 0
                ? "not known, none is counted yet"
                : output.fullestQuota + " (" + output.fullestPercent + " %)";
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "resourcequotas", "list"),
                Permission.look("", "limitranges", "list"),
                Permission.look("", "pods", "list"),
                Permission.look("", "events", "list"),
                Permission.look("apps", "replicasets", "list"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }
}
