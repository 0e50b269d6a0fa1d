package org.incidentorchestrator.step.verb.workload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Effects;
import org.springframework.stereotype.Component;

/**
 * Keeps CronJobs from starting any more Jobs, and notes on each for which incident. One that is suspended already is
 * somebody else's. Jobs that run go on. Undone by resumeCronJobs.
 */
@RunbookLines("I01")
@Component
final class SuspendCronJobs implements Step<SuspendCronJobs.Input, SuspendCronJobs.Output> {
    private final ClusterSettings settings;

    SuspendCronJobs(ClusterSettings settings) {
        this.settings = settings;
    }

    /** @param labels {@code app=mcp-gateway}; @param names {@code nightly,cleanup}; both empty: all of the namespace */
    record Input(String namespace, String labels, String names) {}

    /** @param cronJobs the names of those that are suspended, in one line; @param active Jobs of theirs that go on */
    record Output(int suspended, String cronJobs, int active) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        List<KubernetesObject> jobs = CronJobs.in(in.namespace(), settings, context)
                .chosen(in.labels(), in.names())
                .running();
        if (jobs.isEmpty()) {
            throw StepFailure.refused(
                    "nothingToSuspend",
                    "No CronJob of %s that was named runs: there is none, or each is suspended already."
                            .formatted(in.namespace()),
                    "See them: 'kubectl get cronjobs'.");
        }
        int active = jobs.stream()
                .mapToInt(job -> job.items("/status/active").size())
                .sum();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec").put("suspend", true);
        body.withObject("/metadata/annotations").put(CronJobs.SUSPENDED_FOR, CronJobs.owner(context));
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        return Plan.changes(
                "Suspend CronJobs of %s: %s. Of their Jobs %d run, and go on"
                        .formatted(in.namespace(), CronJobs.names(jobs), active),
                jobs.stream().map(job -> Effects.patch(job, "suspend", body)).toList(),
                jobs.stream().map(job -> kubectl.patch(job, body)).toList(),
                new Output(jobs.size(), CronJobs.names(jobs), active));
    }

    @Override
    public Set<Permission> permissions() {
        return CronJobs.PERMISSIONS;
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }

    @Override
    public boolean changes() {
        return true;
    }
}
