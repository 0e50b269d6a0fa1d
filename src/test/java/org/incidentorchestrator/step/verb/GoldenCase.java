package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.step.Effect;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.support.TestIncident;

/** One folder: what a verb is given and what the cluster is at that moment, and what it makes of that. */
final class GoldenCase {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES, Feature.LITERAL_BLOCK_STYLE, Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Path folder;
    private final JsonNode given;
    private final Map<Path, List<KubernetesObject>> manifests = new TreeMap<>();
    private final ObjectsCluster cluster;
    private final PreparedProbes probes;

    GoldenCase(Path folder) {
        this.folder = folder;
        this.given = tree(folder.resolve("input.yaml"));
        files("cluster-", ".yaml").forEach(file -> manifests.put(file, objects(file)));
        this.cluster = new ObjectsCluster(
                manifests.values().stream().flatMap(List::stream).toList());
        given.path("failing")
                .properties()
                .forEach(failure -> cluster.failing(
                        failure.getKey(),
                        ClusterFailure.Kind.valueOf(failure.getValue().asText())));
        given.path("answers")
                .properties()
                .forEach(answer -> cluster.answering(answer.getKey(), answer(answer.getValue())));
        given.path("programs").properties().forEach(each -> running(each.getKey(), each.getValue()));
        this.probes = PreparedProbes.prepare(given.path("prometheus"), served());
        files("logs-", ".txt")
                .forEach(file ->
                        cluster.logging(file.getFileName().toString().replaceAll("^logs-|\\.txt$", ""), text(file)));
    }

    /** {@code programs: {pod/container: {"cat /etc/hosts": {exit: 0, out: …, err: …, cut: false}}}}, or a list of such. */
    private void running(String container, JsonNode commands) {
        commands.properties().forEach(command -> {
            JsonNode ends = command.getValue();
            List<ExecAnswer> answers = new ArrayList<>();
            (ends.isArray() ? ends : JSON.createArrayNode().add(ends))
                    .forEach(end -> answers.add(new ExecAnswer.Ended(
                            end.path("exit").asInt(),
                            end.path("out").asText(),
                            end.path("err").asText(),
                            end.path("cut").asBoolean())));
            cluster.running(container + " " + command.getKey(), answers);
        });
    }

    /** {@code served-HOST-PORT.pem}: what is shown in a TLS handshake. */
    private Map<String, String> served() {
        return files("served-", ".pem").stream()
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replaceAll("^served-|\\.pem$", ""), GoldenCase::text));
    }

    /** A status; the milliseconds it took too, {@code {status: 200, millis: 5}}; or why there was none. */
    private static HttpAnswer answer(JsonNode given) {
        if (given.isTextual()) {
            return new HttpAnswer.Unanswered(given.asText());
        }
        int status = given.isInt() ? given.asInt() : given.path("status").asInt();
        return new HttpAnswer.Answered(
                status, "", Duration.ofMillis(given.path("millis").asInt(3)));
    }

    /** @return file names and texts */
    <I extends Record, O extends Record> Map<String, String> run(Step<I, O> step) {
        I input = JSON.convertValue(given.path("input"), step.input());
        Verbs.RECORDED.are(given.path("recorded"));
        Backups backups = Backups.laidOut(given.at("/input/namespace").asText(), files("backup-", ""));
        var context = new StepContext(
                cluster,
                incident(),
                Mode.EXECUTE,
                Instant.parse(given.path("plannedAt").asText()));
        try {
            Plan<O> plan = step.plan(input, context);
            Map<String, String> outcome = backups.written();
            outcome.put("plan.yaml", yaml(json(plan)));
            outcome.put(
                    "kubectl.txt",
                    plan.kubectl().stream().map(line -> line + "\n").collect(Collectors.joining()));
            return outcome;
        } catch (StepFailure refusal) {
            return Map.of(
                    "refused.txt",
                    String.join(
                            "\n",
                            refusal.code().code() + " " + refusal.reason(),
                            refusal.getMessage(),
                            refusal.remedy(),
                            ""));
        }
    }

    /** The rights that the verb's requests took. */
    Set<String> asked() {
        return cluster.asked();
    }

    /** Files that changed nothing about the outcome. */
    List<String> unused() {
        List<String> unused = new ArrayList<>();
        manifests.forEach((file, objects) -> {
            if (objects.stream().noneMatch(cluster::wasRead)) {
                unused.add(file.getFileName().toString());
            }
        });
        unused.addAll(cluster.unrunPrograms());
        cluster.unreadLogs().forEach(log -> unused.add("logs-" + log + ".txt"));
        probes.unseen().forEach(server -> unused.add("served-" + server + ".pem"));
        return unused;
    }

    /** The golden files that lie in the folder, with their texts. */
    Map<String, String> golden() {
        Map<String, String> golden = new TreeMap<>();
        Stream.concat(
                        Stream.of("plan.yaml", "kubectl.txt", "refused.txt").map(folder::resolve),
                        files("written-", "").stream())
                .filter(Files::exists)
                .forEach(file -> golden.put(file.getFileName().toString(), text(file)));
        return golden;
    }

    /** Files that no part of a case has a name for. */
    List<String> strangers() {
        return files("", "").stream()
                .map(file -> file.getFileName().toString())
                .filter(
                        name -> !name.matches(
                                "input\\.yaml|cluster-.*\\.yaml|logs-.*\\.txt|served-.*\\.pem|plan\\.yaml|(kubectl|refused)\\.txt|(backup|written)-.*"))
                .toList();
    }

    void update(Map<String, String> outcome) throws IOException {
        for (String name : golden().keySet()) {
            Files.delete(folder.resolve(name));
        }
        for (Map.Entry<String, String> file : outcome.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static JsonNode json(Plan<?> plan) {
        ObjectNode json = JSON.createObjectNode();
        json.put("summary", plan.summary());
        json.set("output", JSON.valueToTree(plan.output()));
        if (!plan.effects().isEmpty()) {
            ArrayNode effects = json.putArray("effects");
            plan.effects().forEach(effect -> effects.add(json(effect)));
        }
        if (!plan.artefacts().isEmpty()) {
            ObjectNode kept = json.putObject("kept");
            plan.artefacts().forEach(artefact -> kept.put(artefact.name(), shown(artefact)));
        }
        return json;
    }

    private static JsonNode json(Effect effect) {
        if (effect instanceof Effect.RunScript script) {
            ObjectNode json = JSON.createObjectNode();
            json.put("run", script.run());
            json.set("order", script.then());
            return json;
        }
        return json((Effect.OnCluster) effect);
    }

    private static JsonNode json(Effect.OnCluster effect) {
        ObjectNode json = JSON.createObjectNode();
        Change change = effect.change();
        json.put("action", effect.action());
        json.put("change", change.getClass().getSimpleName());
        json.put("target", change.target().id());
        change.basis()
                .ifPresentOrElse(
                        basis -> json.put("uid", basis.uid()).put("resourceVersion", basis.resourceVersion()),
                        () -> json.put("makes", true));
        json.put("identity", change.identity().name());
        json.set("before", JSON.valueToTree(effect.before()));
        if (change instanceof Change.Patch patch) {
            json.set("body", patch.body());
        }
        if (change instanceof Change.Apply apply) {
            json.set("manifest", apply.manifest());
        }
        return json;
    }

    /** Objects are kept whole: their names are enough here. Of a picture, what it says of itself. */
    private static String shown(Artefact artefact) {
        if (artefact.mediaType().equals("image/svg+xml")) {
            return artefact.content().replaceAll("(?s).*<desc>(.*)</desc>.*", "$1\n");
        }
        if (!artefact.mediaType().equals("application/json")) {
            return artefact.content();
        }
        try {
            List<String> names = new ArrayList<>();
            JSON.readTree(artefact.content())
                    .forEach(object -> names.add(object.at("/kind").asText() + "/"
                            + object.at("/metadata/name").asText()));
            return String.join(" ", names);
        } catch (IOException e) {
            throw new UncheckedIOException(artefact.name() + " is not JSON", e);
        }
    }

    private Optional<Incident> incident() {
        JsonNode ending = given.path("ending");
        Instant at = Instant.parse("2026-11-24T11:50:00Z");
        return Optional.of(TestIncident.opened(7, new IncidentKey("ServiceDown", "a1-orchestrator", "mcp-gateway"), at)
                .sentTo("service-down", null)
                .ended(ending.isMissingNode() ? null : JSON.convertValue(ending, Ending.class))
                .row());
    }

    private static List<KubernetesObject> objects(Path file) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll().stream().map(KubernetesObject::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not YAML", e);
        }
    }

    private List<Path> files(String prefix, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is missing or not YAML", e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String yaml(JsonNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
