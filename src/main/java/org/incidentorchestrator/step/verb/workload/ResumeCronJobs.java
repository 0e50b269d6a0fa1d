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
 * Lets the CronJobs run again that were suspended for this incident, and no others. A run that was missed meanwhile is
 * started at once, unless the CronJob's {@code startingDeadlineSeconds} has passed. It may be done once the incident has
 * ended. Undone by suspendCronJobs.
 */
@RunbookLines("I03")
@Component
final class ResumeCronJobs implements Step<ResumeCronJobs.Input, ResumeCronJobs.Output> {
    private final ClusterSettings settings;

    ResumeCronJobs(ClusterSettings settings) {
        this.settings = settings;
    }

    record Input(String namespace) {}

    /** @param cronJobs the names of those that are resumed, in one line */
    record Output(int resumed, String cronJobs) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String owner = CronJobs.owner(context);
        List<KubernetesObject> jobs =
                CronJobs.in(in.namespace(), settings, context).suspendedFor(owner);
        if (jobs.isEmpty()) {
            throw StepFailure.refused(
                    "nothingToResume",
                    "No CronJob of %s is suspended for %s.".formatted(in.namespace(), owner),
                    "Those that others have suspended are theirs: ask them.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.withObject("/spec").put("suspend", false);
        body.withObject("/metadata/annotations").putNull(CronJobs.SUSPENDED_FOR);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        return Plan.changes(
                "Resume CronJobs of %s: %s".formatted(in.namespace(), CronJobs.names(jobs)),
                jobs.stream().map(job -> Effects.patch(job, "resume", body)).toList(),
                jobs.stream().map(job -> kubectl.patch(job, body)).toList(),
                new Output(jobs.size(), CronJobs.names(jobs)));
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

    @Override
    public boolean givesBack() {
        return true;
    }
}
