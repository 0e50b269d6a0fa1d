package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.incident.Target;

/**
 * The accounts, roles and policies of {@code src/deploy} on a disposable cluster, and the program's identities as these
 * accounts. They stay there: tests share them. Bound they are in the namespaces that a test names.
 */
public final class Deployed {
    public static final String USERS = "system:serviceaccount:incident-orchestrator:";

    private static final String NAMESPACE = "incident-orchestrator";
    private static final Path FOLDER = Path.of("src/deploy");
    private static final List<String> FILES = List.of(
            "base/namespace.yaml",
            "base/accounts.yaml",
            "base/roles.yaml",
            "base/settings.yaml",
            "base/policies.yaml",
            "components/backup/account.yaml",
            "components/backup/roles.yaml",
            "components/backup/only-tries.yaml",
            "components/recovery/account.yaml",
            "components/recovery/roles.yaml");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String kubeconfig;
    private final ApiServer server;
    private final ServedKinds kinds;
    private final Map<Identity, ApiServer> accounts = new java.util.EnumMap<>(Identity.class);

    private Deployed(String kubeconfig) {
        Kubeconfig file = Kubeconfig.read(kubeconfig);
        String context = file.context("cluster.context", "");
        var access = file.as("cluster.context", context);
        access.setImpersonateUsername("somebody-else");
        access.setImpersonateGroups("system:masters");
        this.kubeconfig = kubeconfig;
        this.server = new ApiServer(access, context, TIMEOUT);
        this.kinds = new Discovery(server).kinds();
    }

    public static Deployed on(String kubeconfig) {
        Deployed deployed = new Deployed(kubeconfig);
        FILES.forEach(file -> read(file).forEach(deployed::apply));
        deployed.awaitPolicies();
        return deployed;
    }

    /** @param place its folder in {@code src/deploy}: {@code bindings/ours} */
    public Deployed bound(String place, String namespace) {
        for (ObjectNode binding : read(place + "/bindings.yaml")) {
            binding.withObject("/metadata").put("namespace", namespace);
            apply(binding);
        }
        return this;
    }

    /** Where all accounts may do what they may in a namespace of ours. */
    public Deployed ours(String namespace) {
        return bound("bindings/ours", namespace)
                .bound("components/backup/ours", namespace)
                .bound("components/recovery/ours", namespace);
    }

    public Deployed lookedAt(String namespace) {
        return bound("bindings/looked-at", namespace);
    }

    public Deployed argoCd(String namespace) {
        return bound("bindings/argocd", namespace).bound("components/recovery/argocd", namespace);
    }

    private String path(JsonNode object) {
        String apiVersion = object.path("apiVersion").asText();
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        ResourceType type = kinds.find(group, object.path("kind").asText()).orElseThrow();
        return Urls.any(
                type,
                object.at("/metadata/namespace").asText(),
                object.at("/metadata/name").asText());
    }

    private void apply(ObjectNode object) {
        String path = Urls.with(path(object), Map.of("fieldManager", "deployed", "force", "true"));
        ApiAnswer answer = server.send(ApiRequest.apply("apply " + path, path, object), server.bound());
        assertThat(answer.ok()).as(path + ": " + answer.body()).isTrue();
    }

    /** A policy is in force a moment after it was made: a change that one refuses is tried until it is. */
    private void awaitPolicies() {
        bound("components/backup/ours", NAMESPACE);
        ApiServer backup = as(Identity.BACKUP);
        Awaitility.await("the policies").atMost(Duration.ofMinutes(1)).until(() -> refused(backup));
    }

    /** The account that may make whatever there is, as a dry run: what it makes before its policy holds is harmless. */
    private static boolean refused(ApiServer backup) {
        ObjectNode map = YAML.createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("generateName", "is-the-policy-there-");
        ApiAnswer answer = backup.send(
                ApiRequest.post("make", "/api/v1/namespaces/" + NAMESPACE + "/configmaps", map), backup.bound());
        return answer.body().contains("only dry runs are allowed");
    }

    private ApiServer as(Identity identity) {
        Kubeconfig file = Kubeconfig.read(kubeconfig);
        var access = file.as("cluster.context", server.context());
        access.setOauthToken(token(identity));
        return new ApiServer(access, server.context(), TIMEOUT);
    }

    private static String account(Identity identity) {
        return "incident-orchestrator"
                + (identity == Identity.LOOK ? "" : "-" + identity.name().toLowerCase(Locale.ROOT));
    }

    /** As the API server hands it out to a pod, for an hour. */
    private String token(Identity identity) {
        String path = "/api/v1/namespaces/incident-orchestrator/serviceaccounts/" + account(identity) + "/token";
        ObjectNode request = YAML.createObjectNode()
                .put("apiVersion", "authentication.k8s.io/v1")
                .put("kind", "TokenRequest");
        request.putObject("spec").put("expirationSeconds", 7200);
        ApiAnswer answer = server.send(ApiRequest.post("have a token made", path, request), server.bound());
        assertThat(answer.ok()).as(answer.body()).isTrue();
        return answer.json().at("/status/token").asText();
    }

    /** A kubeconfig with a context for each identity, named by its word; the current one looks, under its own name. */
    public Path kubeconfig(Path file) {
        try {
            ObjectNode config = (ObjectNode) YAML.readTree(Path.of(kubeconfig).toFile());
            String cluster = config.at("/contexts/0/context/cluster").asText();
            config.putArray("contexts");
            config.putArray("users");
            for (Identity identity : Identity.values()) {
                String name = identity == Identity.LOOK
                        ? server.context()
                        : identity.name().toLowerCase(Locale.ROOT);
                config.withArray("contexts")
                        .addObject()
                        .put("name", name)
                        .putObject("context")
                        .put("cluster", cluster)
                        .put("user", name);
                config.withArray("users")
                        .addObject()
                        .put("name", name)
                        .putObject("user")
                        .put("token", token(identity));
            }
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, YAML.writeValueAsString(config.put("current-context", server.context())));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks as the look account, and as the others where it is told to. */
    public ClusterReader reader() {
        return new Fabric8Reader(identities(), Identity.LOOK, 250);
    }

    /** Sends each change as the account of its identity. */
    public ClusterWriter writer() {
        Identities accounts = identities();
        return (change, write) ->
                new Fabric8Writer(accounts.of(change.identity()), accounts.of(change.seenBy())).apply(change, write);
    }

    /** Lets an account do this in a namespace too. @param resource with a dot and its group, {@code roles.rbac…}, or {@code *} */
    public Deployed grants(Identity identity, String namespace, String resource, List<String> verbs) {
        int dot = resource.indexOf('.');
        String plural = dot < 0 ? resource : resource.substring(0, dot);
        String group = resource.equals("*") ? "*" : dot < 0 ? "" : resource.substring(dot + 1);
        String name = account(identity) + "-" + (resource.equals("*") ? "all" : plural);
        String rbac = "rbac.authorization.k8s.io";
        apply((ObjectNode) Manifest.tree(
                """
                {apiVersion: %1$s/v1, kind: Role, metadata: {name: %2$s, namespace: %3$s}, rules: [{apiGroups: ["%4$s"],
                 resources: ["%5$s"], verbs: [%6$s]}]}"""
                        .formatted(rbac, name, namespace, group, plural, String.join(", ", verbs))));
        apply((ObjectNode) Manifest.tree(
                """
                {apiVersion: %1$s/v1, kind: RoleBinding, metadata: {name: %2$s, namespace: %3$s}, roleRef: {
                 apiGroup: %1$s, kind: Role, name: %2$s}, subjects: [{kind: ServiceAccount, name: %4$s,
                 namespace: incident-orchestrator}]}"""
                        .formatted(rbac, name, namespace, account(identity))));
        return this;
    }

    /** A dry run of a server-side apply by an account. @param yaml an object, with its namespace */
    public Verdict applies(Identity identity, String yaml) {
        JsonNode object = Manifest.tree(yaml);
        String path = Urls.with(path(object), Map.of("fieldManager", "account", "dryRun", "All"));
        ApiServer account = accounts.computeIfAbsent(identity, this::as);
        ApiAnswer answer = account.send(ApiRequest.apply("try", path, object), account.bound());
        return new Verdict(answer.status(), answer.message());
    }

    /** @param message empty where it was taken */
    public record Verdict(int status, String message) {
        public boolean taken() {
            return status < 300;
        }
    }

    /** A dry run of what an account might send who does not keep to our code. @param body JSON, of a patch or an object */
    public Verdict tries(Identity identity, String method, Target target, String body) {
        ResourceType type = ResourceType.ofKind(target.kind()).orElseThrow();
        String path = method.equals("POST")
                ? Urls.all(type, target.namespace())
                : Urls.one(type, target.namespace(), target.name());
        String dry = path + "?dryRun=All";
        ApiRequest request = method.equals("PATCH")
                ? ApiRequest.patch("try", type, dry, Manifest.tree(body))
                : new ApiRequest(
                        "try",
                        method,
                        dry,
                        "application/json",
                        Manifest.tree(body).toString());
        ApiServer account = accounts.computeIfAbsent(identity, this::as);
        ApiAnswer answer = account.send(request, account.bound());
        return new Verdict(answer.status(), answer.message());
    }

    /** What the accounts may do, as they are told themselves. */
    public AccessReview review() {
        return review(identities());
    }

    private static AccessReview review(Identities asked) {
        return new AccessReview(
                asked, ClusterGates.gate(ClusterGates.settings(), Clock.systemUTC(), new SimpleMeterRegistry()));
    }

    private Identities identities() {
        Stream.of(Identity.values()).forEach(identity -> accounts.computeIfAbsent(identity, this::as));
        return new Identities(accounts);
    }

    /** The contexts of {@link #kubeconfig} beside the current one, each named like the setting that names it. */
    public static List<String> contexts() {
        return Stream.of(Identity.values())
                .filter(identity -> identity != Identity.LOOK)
                .map(identity -> identity.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The same, as the program asks in a pod. */
    public AccessReview reviewInPod(Path folder) throws IOException {
        return review(inPod(folder));
    }

    /** Takes an account's right to act as that of an identity away, as where its component is not taken in. */
    public void mayNotActAs(Identity identity) {
        String path = "/apis/rbac.authorization.k8s.io/v1/namespaces/" + NAMESPACE + "/rolebindings/"
                + "incident-orchestrator-acts-as-" + identity.name().toLowerCase(Locale.ROOT);
        server.send(new ApiRequest("delete a binding", "DELETE", path, "", ""), server.bound());
    }

    /** The program's way to the cluster in a pod: one token, and the other accounts by impersonation. */
    Identities inPod(Path folder) throws IOException {
        Kubeconfig file = Kubeconfig.read(kubeconfig);
        var access = file.as("cluster.context", server.context());
        Files.createDirectories(folder);
        Files.write(folder.resolve("ca.crt"), Base64.getDecoder().decode(access.getCaCertData()));
        Files.writeString(folder.resolve("namespace"), "incident-orchestrator");
        Files.writeString(folder.resolve("token"), token(Identity.LOOK), StandardCharsets.UTF_8);
        var address = java.net.URI.create(access.getMasterUrl());
        var pod = new ServiceAccount(
                Map.of(
                        "KUBERNETES_SERVICE_HOST",
                        address.getHost(),
                        "KUBERNETES_SERVICE_PORT",
                        String.valueOf(address.getPort())),
                folder);
        Map<Identity, String> accounts = new java.util.EnumMap<>(Identity.class);
        Stream.of(Identity.values())
                .filter(identity -> identity != Identity.LOOK)
                .forEach(identity -> accounts.put(identity, account(identity)));
        return Identities.inCluster(
                new ClusterSettings(
                        "", true, "", Map.of(), accounts, TIMEOUT, 10, List.of("a1"), Duration.ofSeconds(15)),
                pod);
    }

    private static List<ObjectNode> read(String file) {
        try (var documents = YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(FOLDER.resolve(file).toFile())) {
            return documents.readAll().stream().map(ObjectNode.class::cast).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not YAML", e);
        }
    }
}
