package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.incident.Target;

/**
 * The kubectl lines that do or show the same as we do, to be copied into a POSIX shell. Made here and nowhere else.
 * Each names its context, and its namespace where the kind has one. They are equivalent in what they do to the object,
 * not byte for byte: our scale is a patch that carries our annotation, and our restart a patch whose time was planned.
 *
 * @param context as in {@link ClusterIdentity#context()}
 */
public record KubectlText(String context) {
    public static KubectlText of(ClusterIdentity cluster) {
        return new KubectlText(cluster.context());
    }

    public String get(ResourceType type, String namespace, String name) {
        return in(type, namespace)
                .words("get", resource(type), name, "-o", "yaml")
                .toString();
    }

    public String list(ResourceType type, Query query) {
        String fields = new TreeMap<>(query.fields())
                .entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining(","));
        return in(type, query.namespace())
                .words("get", resource(type))
                .when(
                        !query.labels().requirements().isEmpty(),
                        "-l",
                        query.labels().toString())
                .when(!fields.isEmpty(), "--field-selector", fields)
                .toString();
    }

    /** All objects of several kinds, as one list that can be kept. */
    public String all(List<ResourceType> types, String namespace) {
        String kinds = types.stream().map(KubectlText::resource).collect(Collectors.joining(","));
        return in(namespace).words("get", kinds, "-o", "yaml").toString();
    }

    /** What a line prints, encrypted by age before it touches the disk. */
    public String encrypted(String line, List<String> recipients, String file) {
        ShellLine age = new ShellLine("age");
        recipients.forEach(recipient -> age.words("-r", recipient));
        return line + " | " + age.words("-o", file);
    }

    /** Applies what is decrypted, without a file that holds it. */
    public String applyDecrypted(Path file) {
        return new ShellLine("age").words("-d", "-i", "backup-key.txt", file.toString()) + " | "
                + kubectl()
                        .words("apply", "--server-side", "--field-manager=" + ClusterWriter.FIELD_MANAGER, "-f", "-");
    }

    /** Whether a file could be applied, as {@link ClusterReader#validate} asks for each of its objects. */
    public String applyDryRun(String file) {
        return kubectl()
                .words("apply", "--server-side", "--dry-run=server", "--force-conflicts")
                .words("--field-manager=" + ClusterWriter.FIELD_MANAGER, "-f", file)
                .toString();
    }

    public String describe(Target target) {
        return in(target).words("describe", target.kubectl()).toString();
    }

    /** Every object of a kind, described. @param namespace empty for all, or for cluster-scoped kinds */
    public String describeAll(ResourceType type, String namespace) {
        return in(type, namespace).words("describe", resource(type)).toString();
    }

    public String logs(LogQuery query) {
        return in(query.namespace())
                .words("logs", query.pod(), "-c", query.container())
                .when(query.previous(), "--previous")
                .words("--tail=" + query.tailLines(), "--limit-bytes=" + query.limitBytes())
                .toString();
    }

    /** What the metrics server knows of the pods' containers. */
    public String top(String namespace, LabelSelector selector) {
        return in(namespace)
                .words("top", "pods", "--containers")
                .when(!selector.requirements().isEmpty(), "-l", selector.toString())
                .toString();
    }

    /** What the metrics server knows of the nodes. */
    public String topNodes() {
        return kubectl().words("top", "nodes").toString();
    }

    /** A program in a container, without a shell in there. */
    public String exec(ExecQuery query) {
        return in(query.namespace())
                .words("exec", query.pod(), "-c", query.container(), "--")
                .words(query.command().toArray(String[]::new))
                .toString();
    }

    /** What a pod or a service answers, asked through the API server. */
    public String http(HttpQuery query) {
        return in(query.namespace()).words("get", "--raw", Urls.proxy(query)).toString();
    }

    public String rolloutRestart(Target workload) {
        return in(workload).words("rollout", "restart", workload.kubectl()).toString();
    }

    public String rolloutUndo(Target workload, String revision) {
        return in(workload)
                .words("rollout", "undo", workload.kubectl(), "--to-revision=" + revision)
                .toString();
    }

    public String rolloutStatus(Target workload) {
        return in(workload)
                .words("rollout", "status", workload.kubectl(), "--watch=false")
                .toString();
    }

    /** A patch as {@link Change.Patch} is sent: strategic, or for a custom kind a JSON merge. */
    public String patch(ResourceType type, Target target, JsonNode body) {
        return in(target)
                .words("patch", resource(type), target.name())
                .when(type.custom(), "--type=merge")
                .words("-p", body.toString())
                .toString();
    }

    /** The same of an object that was read; its kind is one of ours, or it would not have been. */
    public String patch(KubernetesObject object, JsonNode body) {
        return patch(ResourceType.ofKind(object.kind()).orElseThrow(), object.target(), body);
    }

    /** A server-side apply of a file as {@link Change.Apply} is sent; the objects name their namespaces themselves. */
    public String apply(Path file) {
        return kubectl()
                .words(
                        "apply",
                        "--server-side",
                        "--field-manager=" + ClusterWriter.FIELD_MANAGER,
                        "-f",
                        file.toString())
                .toString();
    }

    /** The same of a single object, which the line holds itself. */
    public String apply(JsonNode manifest) {
        return kubectl()
                .words("apply", "--server-side", "--field-manager=" + ClusterWriter.FIELD_MANAGER, "-f", "-")
                .reading(manifest.toString());
    }

    /** Sets an annotation, also where there is one of that name. */
    public String annotate(ResourceType type, Target target, String name, String value) {
        return in(target)
                .words("annotate", resource(type), target.name(), name + "=" + value, "--overwrite")
                .toString();
    }

    /** @param from the replicas that it was decided on: kubectl refuses when there are others meanwhile */
    public String scale(Target workload, int from, int to) {
        return in(workload)
                .words("scale", workload.kubectl(), "--current-replicas=" + from, "--replicas=" + to)
                .toString();
    }

    /** By uid alone, as an eviction; kubectl's own delete goes by the name. */
    public String delete(ResourceType type, Target target, String uid, boolean force) {
        return in(target)
                .words("delete", "--raw", Urls.one(type, target.namespace(), target.name()), "-f", "-")
                .reading(Deletion.of(uid, force).toString());
    }

    /** By uid alone: the resource version of a pod moves too often for a line that a person types. */
    public String evict(Target pod, String uid) {
        return in(pod).words("create", "--raw", Urls.eviction(pod), "-f", "-")
                .reading(Eviction.of(pod, uid).toString());
    }

    private ShellLine in(ResourceType type, String namespace) {
        return !type.namespaced() ? kubectl() : namespace.isEmpty() ? kubectl().words("-A") : in(namespace);
    }

    private ShellLine in(Target target) {
        return target.namespace().isEmpty() ? kubectl() : in(target.namespace());
    }

    private ShellLine in(String namespace) {
        return kubectl().words("-n", namespace);
    }

    private ShellLine kubectl() {
        return new ShellLine("kubectl").words("--context", context);
    }

    /** With its group where another kind of the same plural may be served: {@code pods.metrics.k8s.io}. */
    private static String resource(ResourceType type) {
        return type.group().contains(".") ? type.plural() + "." + type.group() : type.plural();
    }
}
