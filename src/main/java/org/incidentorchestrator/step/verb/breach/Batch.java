package org.incidentorchestrator.step.verb.breach;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.verb.Notes;

/**
 * The Jobs and CronJobs that start pods of a workload's own beside it: by the labels that its selector asks for, or with
 * its service account where that is one of its own. What an intruder has reached there is reached through them too.
 */
record Batch(WorkloadView workload, ClusterReader cluster) {
    static final Set<Permission> PERMISSIONS =
            Set.of(Permission.look("batch", "cronjobs", "list"), Permission.look("batch", "jobs", "list"));

    private static final String ACCOUNT = "/spec/serviceAccountName";
    private static final String DEFAULT = "default";

    /** CronJobs that are not suspended. */
    List<KubernetesObject> scheduled() {
        return cronJobs().filter(cron -> !cron.flag("/spec/suspend")).toList();
    }

    /** CronJobs that were suspended for an incident. */
    List<KubernetesObject> suspendedFor(String incident) {
        return cronJobs()
                .filter(cron -> cron.flag("/spec/suspend"))
                .filter(cron -> cron.annotation(Notes.SUSPENDED_FOR)
                        .filter(incident::equals)
                        .isPresent())
                .toList();
    }

    private Stream<KubernetesObject> cronJobs() {
        return cluster.list(ResourceType.CRON_JOBS, here()).stream()
                .filter(cron -> belongs(cron.at("/spec/jobTemplate/spec/template")));
    }

    /** Jobs that have pods, but for the workload itself. */
    List<KubernetesObject> running() {
        return cluster.list(ResourceType.JOBS, here()).stream()
                .filter(job -> job.number("/status/active", 0) > 0)
                .filter(job -> !job.uid().equals(workload.object().uid()))
                .filter(job -> belongs(job.at("/spec/template")))
                .toList();
    }

    private Query here() {
        return Query.in(workload.target().namespace());
    }

    private boolean belongs(KubernetesObject template) {
        String account =
                workload.template().at("/spec").exists() ? workload.template().text(ACCOUNT, DEFAULT) : DEFAULT;
        boolean same =
                !account.equals(DEFAULT) && template.text(ACCOUNT, DEFAULT).equals(account);
        return same
                || workload.selector()
                        .filter(selector -> !selector.requirements().isEmpty())
                        .filter(selector -> selector.matches(template.labels()))
                        .isPresent();
    }
}
