package org.incidentorchestrator.step.verb.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.LabelSelector;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Fields;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Notes;
import org.incidentorchestrator.step.verb.Permissions;

/** The CronJobs that a step is about, and by what those are known that we have suspended. */
record CronJobs(List<KubernetesObject> jobs) {
    /** Its value is the incident that it was suspended for: {@code INC-7}. */
    static final String SUSPENDED_FOR = Notes.SUSPENDED_FOR;

    static final Set<Permission> PERMISSIONS = Permissions.of(
            Permissions.OWNERS,
            Permission.look("batch", "cronjobs", "list"),
            Permission.look("batch", "cronjobs", "get"),
            Permission.change("batch", "cronjobs", "patch").only(Fields.SUSPENDED));

    /** @throws StepFailure badInput */
    static CronJobs in(String namespace, ClusterSettings settings, StepContext context) {
        return new CronJobs(context.cluster().list(ResourceType.CRON_JOBS, Query.in(ours(namespace, settings))));
    }

    private static String ours(String namespace, ClusterSettings settings) {
        if (namespace == null || !settings.allows(namespace)) {
            throw StepFailure.badInput(
                    "'%s' is not one of our namespaces.".formatted(Line.of(String.valueOf(namespace), 80)),
                    "Name one of the setting cluster.namespaces.");
        }
        return namespace;
    }

    /**
     * @param labels {@code app=mcp-gateway,tier=batch}, or empty for all
     * @param names {@code nightly-report,cleanup}, or empty for all
     * @throws StepFailure badInput when the labels cannot be read, refused when there is none of a name
     */
    CronJobs chosen(String labels, String names) {
        LabelSelector selector = selector(labels);
        List<String> wanted = words(names);
        List<KubernetesObject> chosen = jobs.stream()
                .filter(job -> selector.matches(job.labels()))
                .filter(job -> wanted.isEmpty() || wanted.contains(job.name()))
                .toList();
        wanted.stream()
                .filter(name -> chosen.stream().noneMatch(job -> job.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw StepFailure.refused(
                            "noSuchCronJob",
                            "There is no CronJob %s%s.".formatted(name, labels(labels)),
                            "Name those that are there: 'kubectl get cronjobs'.");
                });
        return new CronJobs(chosen);
    }

    private static String labels(String labels) {
        return labels == null || labels.isBlank() ? "" : " with the labels " + labels;
    }

    private static LabelSelector selector(String labels) {
        Map<String, String> equal = new TreeMap<>();
        for (String pair : words(labels)) {
            String[] sides = pair.split("=", -1);
            if (sides.length != 2 || sides[0].isBlank()) {
                throw StepFailure.badInput(
                        "'%s' is no label.".formatted(Line.of(pair, 80)),
                        "Write labels as app=mcp-gateway,tier=batch.");
            }
            equal.put(sides[0].strip(), sides[1].strip());
        }
        return equal.isEmpty() ? LabelSelector.EVERYTHING : LabelSelector.equalTo(equal);
    }

    private static List<String> words(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    List<KubernetesObject> running() {
        return jobs.stream().filter(job -> !suspended(job)).toList();
    }

    /** Those that were suspended for this incident, and that nobody has let run again. */
    List<KubernetesObject> suspendedFor(String incident) {
        return jobs.stream()
                .filter(CronJobs::suspended)
                .filter(job ->
                        job.annotation(SUSPENDED_FOR).filter(incident::equals).isPresent())
                .toList();
    }

    private static boolean suspended(KubernetesObject job) {
        return job.flag("/spec/suspend");
    }

    static String owner(StepContext context) {
        return context.incident().map(incident -> incident.number().toString()).orElse("");
    }

    static String names(List<KubernetesObject> jobs) {
        return Line.of(
                String.join(", ", jobs.stream().map(KubernetesObject::name).toList()), Line.MODEL);
    }
}
