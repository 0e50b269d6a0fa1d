package org.incidentorchestrator.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A reader of a fixed set of objects, logs and answers, which remembers what it was asked for. It has no controllers: a
 * cluster at one moment.
 */
public final class ObjectsCluster implements ClusterReader {
    private final List<KubernetesObject> objects;
    private final Set<KubernetesObject> read = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, ClusterFailure.Kind> failing = new HashMap<>();
    private final Map<String, String> logs = new HashMap<>();
    private final Map<String, HttpAnswer> answers = new HashMap<>();
    private final Map<String, List<ExecAnswer>> programs = new HashMap<>();
    private final Set<String> run = new TreeSet<>();

    public ObjectsCluster(Collection<KubernetesObject> objects) {
        this.objects = List.copyOf(objects);
    }

    public static ObjectsCluster of(String... manifests) {
        return new ObjectsCluster(List.of(manifests).stream().map(Manifest::of).toList());
    }

    /**
     * @param what a kind, {@code pods/log}, the name of a pod whose address does not answer, {@code group/} and the name
     *     of an API group that does not answer, or {@code discovery}
     */
    public ObjectsCluster failing(String what, ClusterFailure.Kind kind) {
        failing.put(what, kind);
        return this;
    }

    /** @param name {@code pod-container} or {@code pod-container-previous} */
    public ObjectsCluster logging(String name, String text) {
        logs.put(name, text);
        return this;
    }

    /**
     * @param command {@code pod/container program argument …}; what is not told of is not there
     * @param answers one after the other, the last one for ever
     */
    public ObjectsCluster running(String command, List<ExecAnswer> answers) {
        programs.put(command, new ArrayList<>(answers));
        return this;
    }

    /** @param url {@code pod:port/path}, or {@code service/name:port/path} */
    public ObjectsCluster answering(String url, HttpAnswer answer) {
        answers.put(url, answer);
        return this;
    }

    /** Whether any answer has held this very object. */
    public boolean wasRead(KubernetesObject object) {
        return read.contains(object);
    }

    @Override
    public ClusterIdentity cluster() {
        return new ClusterIdentity("prod", "0b1c2d3e-kube-system", "v1.34.1");
    }

    @Override
    public Optional<KubernetesObject> get(ResourceType type, String namespace, String name) {
        asked.add(right("get", type));
        return find(type, new Query(namespace, LabelSelector.EVERYTHING, Map.of("metadata.name", name))).stream()
                .findFirst();
    }

    @Override
    public List<KubernetesObject> list(ResourceType type, Query query) {
        asked.add(right("list", type));
        return find(type, query);
    }

    /** The rights that the requests so far take, in RBAC's words: {@code list deployments.apps}. */
    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    private static String right(String verb, ResourceType type) {
        return verb + " " + type.plural() + (type.group().isEmpty() ? "" : "." + type.group());
    }

    private List<KubernetesObject> find(ResourceType type, Query query) {
        fail(type.kind());
        List<KubernetesObject> found = objects.stream()
                .filter(object -> object.kind().equals(type.kind()))
                .filter(object ->
                        query.namespace().isEmpty() || query.namespace().equals(object.namespace()))
                .filter(object -> query.labels().matches(object.labels()))
                .filter(object -> query.fields().entrySet().stream()
                        .allMatch(field -> object.text("/" + field.getKey().replace('.', '/'), "")
                                .equals(field.getValue())))
                .sorted(Comparator.comparing(KubernetesObject::namespace).thenComparing(KubernetesObject::name))
                .toList();
        read.addAll(found);
        return found;
    }

    @Override
    public LogAnswer logs(LogQuery query) {
        asked.add("get pods/log");
        fail("pods/log");
        String text = logs.remove(query.pod() + "-" + query.container() + (query.previous() ? "-previous" : ""));
        return text == null ? new LogAnswer.None("container has not started") : new LogAnswer.Lines(text);
    }

    /** The logs that nobody asked for. */
    public Set<String> unreadLogs() {
        return Set.copyOf(logs.keySet());
    }

    @Override
    public HttpAnswer http(HttpQuery query) {
        boolean ofService = query.type().equals(ResourceType.SERVICES);
        asked.add("get " + query.type().plural() + "/proxy");
        fail((ofService ? "service/" : "") + query.name());
        String url = query.name() + ":" + query.port() + query.path();
        HttpAnswer answer = answers.get(ofService ? "service/" + url : url);
        if (answer == null) {
            throw new IllegalStateException("no answer was given for " + query);
        }
        return answer;
    }

    @Override
    public ExecAnswer exec(ExecQuery query) {
        asked.addAll(List.of("get pods/exec", "create pods/exec"));
        fail("pods/exec");
        fail(query.pod());
        List<ExecAnswer> answers =
                programs.get(query.pod() + "/" + query.container() + " " + String.join(" ", query.command()));
        if (answers == null) {
            return new ExecAnswer.NotStarted(
                    "exec: \"" + query.command().get(0) + "\": executable file not found in $PATH");
        }
        run.add(query.pod() + "/" + query.container() + " " + String.join(" ", query.command()));
        return answers.size() > 1 ? answers.remove(0) : answers.get(0);
    }

    /** The programs that nobody ran. */
    public Set<String> unrunPrograms() {
        Set<String> unrun = new TreeSet<>(programs.keySet());
        unrun.removeAll(run);
        return unrun;
    }

    /** Takes every object of a kind that is not failing. */
    @Override
    public KubernetesObject validate(ResourceType type, KubernetesObject object) {
        asked.add(right("patch", type));
        fail(type.kind());
        return object;
    }

    @Override
    public boolean discover(ResourceType type) {
        return failing.get(type.kind()) != ClusterFailure.Kind.NOT_INSTALLED;
    }

    /** What Kubernetes itself serves, and what the CustomResourceDefinitions among the objects define. */
    @Override
    public ServedKinds kinds() {
        fail("discovery");
        SortedSet<String> verbs = new TreeSet<>(Set.of("get", "list", "patch", "create", "delete"));
        List<ServedKinds.Silent> silent = failing.entrySet().stream()
                .filter(each -> each.getKey().startsWith("group/"))
                .map(each -> new ServedKinds.Silent(each.getKey().substring(6), "v1", "no answer"))
                .toList();
        return new ServedKinds(
                Stream.concat(
                                ResourceType.known().stream().filter(type -> discover(type) && !isCustom(type)),
                                definitions())
                        .map(type -> new ServedKinds.Served(type, verbs))
                        .toList(),
                silent);
    }

    private static boolean isCustom(ResourceType type) {
        return type.group().contains(".") && !type.group().endsWith(".k8s.io");
    }

    private Stream<ResourceType> definitions() {
        List<KubernetesObject> definitions = objects.stream()
                .filter(object -> object.kind().equals("CustomResourceDefinition"))
                .toList();
        read.addAll(definitions);
        return definitions.stream()
                .map(crd -> new ResourceType(
                        crd.text("/spec/group").orElseThrow(),
                        crd.text("/spec/versions/0/name").orElseThrow(),
                        crd.text("/spec/names/kind").orElseThrow(),
                        crd.text("/spec/names/plural").orElseThrow(),
                        crd.text("/spec/scope").orElseThrow().equals("Namespaced")));
    }

    private void fail(String what) {
        ClusterFailure.Kind kind = failing.get(what);
        if (kind != null) {
            throw new ClusterFailure(kind, what + ": " + kind);
        }
    }
}
