package org.incidentorchestrator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;

/** Looks at a real cluster. Nothing is cached: what was not installed a minute ago may be now. */
final class Fabric8Reader implements ClusterReader {
    /** Of a pod's answer to a health request; more says nothing more. */
    private static final int MOST_OF_AN_ANSWER = 64 * 1024;

    /** How the API server says that it has nobody to pass a request on to. */
    private static final Pattern NOBODY =
            Pattern.compile("no endpoints available|no service port|error trying to reach service");

    private final Identities identities;
    private final ApiServer server;
    private final int page;

    /** @param page how many objects of a list one request asks for */
    Fabric8Reader(ApiServer server, int page) {
        this(Identities.alone(server), Identity.LOOK, page);
    }

    Fabric8Reader(Identities identities, Identity identity, int page) {
        this.identities = identities;
        this.server = identities.of(identity);
        this.page = page;
    }

    @Override
    public ClusterReader as(Identity identity) {
        return new Fabric8Reader(identities, identity, page);
    }

    @Override
    public ClusterIdentity cluster() {
        Bound bound = server.bound();
        ResourceType namespaces = ResourceType.NAMESPACES;
        ApiRequest who = ApiRequest.get("read the cluster's identity", Urls.one(namespaces, "", "kube-system"));
        ApiRequest version = ApiRequest.get("read the cluster's version", "/version");
        String uid = json(who, server.send(who, bound)).at("/metadata/uid").asText();
        String release =
                json(version, server.send(version, bound)).path("gitVersion").asText();
        return new ClusterIdentity(server.context(), uid, release);
    }

    @Override
    public Optional<KubernetesObject> get(ResourceType type, String namespace, String name) {
        return get(type, namespace, name, server.bound());
    }

    Optional<KubernetesObject> get(ResourceType type, String namespace, String name, Bound bound) {
        String what = "read " + type.kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
        ApiRequest request = ApiRequest.get(what, Urls.one(type, namespace, name));
        ApiAnswer answer = server.send(request, bound);
        return answer.absent() ? Optional.empty() : Optional.of(KubernetesObject.of(json(request, answer)));
    }

    @Override
    public List<KubernetesObject> list(ResourceType type, Query query) {
        Bound bound = server.bound();
        try {
            return list(type, query, page, bound);
        } catch (Outdated e) {
            // The pages' common snapshot was compacted away meanwhile: as kubectl does, all at once.
            return list(type, query, 0, bound);
        }
    }

    private List<KubernetesObject> list(ResourceType type, Query query, int limit, Bound bound) {
        List<KubernetesObject> all = new ArrayList<>();
        String more = "";
        do {
            JsonNode part = page(type, query, limit, more, bound);
            part.path("items").forEach(item -> all.add(named(type, item)));
            more = part.at("/metadata/continue").asText();
        } while (!more.isEmpty());
        all.sort(Comparator.comparing(KubernetesObject::namespace).thenComparing(KubernetesObject::name));
        return List.copyOf(all);
    }

    private JsonNode page(ResourceType type, Query query, int limit, String more, Bound bound) {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "labelSelector", query.labels().toString());
        put(parameters, "fieldSelector", fields(query));
        put(parameters, "limit", limit > 0 ? String.valueOf(limit) : "");
        put(parameters, "continue", more);
        String where = query.namespace().isEmpty() ? "" : " in namespace " + query.namespace();
        ApiRequest request = ApiRequest.get(
                "list " + type.plural() + where, Urls.with(Urls.all(type, query.namespace()), parameters));
        ApiAnswer answer = server.send(request, bound);
        if (answer.status() == 410 && limit > 0) {
            throw new Outdated();
        }
        return json(request, answer);
    }

    private static String fields(Query query) {
        return new TreeMap<>(query.fields())
                .entrySet().stream()
                        .map(field -> field.getKey() + "=" + escaped(field.getValue()))
                        .collect(Collectors.joining(","));
    }

    /** As the API server's parser of field selectors takes it. */
    private static String escaped(String value) {
        return value.replaceAll("([\\\\,=])", "\\\\$1");
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.put(name, value);
        }
    }

    /** The items of a list do not say what they are. */
    private static KubernetesObject named(ResourceType type, JsonNode item) {
        ObjectNode named = item.deepCopy();
        named.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        return KubernetesObject.of(named);
    }

    @Override
    public LogAnswer logs(LogQuery query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("container", query.container());
        put(parameters, "previous", query.previous() ? "true" : "");
        parameters.put("tailLines", String.valueOf(query.tailLines()));
        parameters.put("limitBytes", String.valueOf(query.limitBytes()));
        String what = "read the " + (query.previous() ? "previous " : "") + "logs of container " + query.container()
                + " of Pod " + query.namespace() + "/" + query.pod();
        ApiRequest request = ApiRequest.get(what, Urls.with(Urls.log(query), parameters));
        ApiAnswer answer = server.send(request, server.bound());
        if (answer.ok()) {
            return new LogAnswer.Lines(answer.body());
        } else if (hasNone(answer)) {
            return new LogAnswer.None(answer.message());
        }
        throw ApiFailures.of(request, server, answer);
    }

    private static boolean hasNone(ApiAnswer answer) {
        String message = answer.message();
        return answer.status() == 400
                && (message.contains("previous terminated container") || message.contains("is waiting to start"));
    }

    @Override
    public HttpAnswer http(HttpQuery query) {
        String what = "ask " + query.type().kind() + " " + query.namespace() + "/" + query.name() + " for "
                + query.path() + " on port " + query.port();
        ApiRequest request = ApiRequest.get(what, Urls.proxy(query));
        long begun = System.nanoTime();
        ApiAnswer answer = server.send(request, server.bound(), MOST_OF_AN_ANSWER);
        // A Status is the API server speaking, not the pod: the pod gave no answer, or could not be asked.
        if (!answer.isStatus()) {
            return new HttpAnswer.Answered(answer.status(), answer.body(), Duration.ofNanos(System.nanoTime() - begun));
        } else if (answer.status() == 503 && NOBODY.matcher(answer.message()).lookingAt()) {
            return new HttpAnswer.Unanswered(answer.message());
        }
        throw ApiFailures.of(request, server, answer);
    }

    @Override
    public ExecAnswer exec(ExecQuery query) {
        return new PodExec(server, this).run(query);
    }

    @Override
    public KubernetesObject validate(ResourceType type, KubernetesObject object) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("fieldManager", ClusterWriter.FIELD_MANAGER);
        parameters.put("fieldValidation", "Strict");
        parameters.put("force", "true");
        parameters.put("dryRun", "All");
        String what =
                "try whether " + object.kind() + " " + object.namespace() + "/" + object.name() + " could be applied";
        String path = Urls.with(Urls.any(type, object.namespace(), object.name()), parameters);
        ApiRequest request = ApiRequest.apply(what, path, object.toJson());
        return KubernetesObject.of(json(request, server.send(request, server.bound())));
    }

    @Override
    public boolean discover(ResourceType type) {
        ApiRequest request = ApiRequest.get("discover " + type.apiVersion(), Urls.group(type));
        try {
            JsonNode resources =
                    json(request, server.send(request, server.bound())).path("resources");
            return resources.findValuesAsText("name").contains(type.plural());
        } catch (ClusterFailure failure) {
            if (failure.kind() == Kind.NOT_INSTALLED) {
                return false;
            }
            throw failure;
        }
    }

    @Override
    public ServedKinds kinds() {
        return new Discovery(server).kinds();
    }

    private JsonNode json(ApiRequest request, ApiAnswer answer) {
        JsonNode json = answer.json();
        if (!answer.ok() || !json.isObject()) {
            throw ApiFailures.of(request, server, answer);
        }
        return json;
    }

    /** 410: a continue token is older than what the API server still knows. */
    private static final class Outdated extends RuntimeException {
        private Outdated() {
            super(null, null, false, false);
        }
    }
}
