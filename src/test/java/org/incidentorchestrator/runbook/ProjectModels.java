package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Known.FormFacts;
import org.incidentorchestrator.runbook.rules.Known.StepFacts;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.verb.Verbs;
import org.springframework.lang.Nullable;

/** The models, forms and decisions of the project's folders, and the steps that they may call. */
final class ProjectModels {
    private static final Pattern SHOWN = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern VARIABLE = Pattern.compile("(?<![.\\w\"])([a-z]\\w*)(?![\\w(\"])");

    private ProjectModels() {}

    static List<Model> models() {
        return files(Path.of("processes"), ".bpmn").map(Model::read).toList();
    }

    static Known known() {
        return new Known(steps(), obligations(), forms(), names(Path.of("processes/decisions"), ".dmn"), models());
    }

    private static Map<String, StepFacts> steps() {
        return Verbs.all().stream().map(ProjectModels::facts).collect(toMap(StepFacts::name, Function.identity()));
    }

    private static StepFacts facts(Step<?, ?> step) {
        Set<RefusalCode> codes = step.changes() ? EnumSet.allOf(RefusalCode.class) : EnumSet.noneOf(RefusalCode.class);
        codes.addAll(step.codes());
        return new StepFacts(
                step.name(),
                step.changes(),
                inputs(step.input(), component -> !optional(component)),
                inputs(step.input(), ProjectModels::optional),
                components(step.output()),
                codes.stream().map(RefusalCode::code).collect(toSet()));
    }

    private static Set<String> inputs(Class<? extends Record> input, Predicate<RecordComponent> which) {
        return Stream.of(input.getRecordComponents())
                .filter(which)
                .map(RecordComponent::getName)
                .collect(toSet());
    }

    /** What may be null may be left out of a model. */
    private static boolean optional(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(Nullable.class);
    }

    private static Set<String> components(Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(toSet());
    }

    private static Set<String> obligations() {
        try (Stream<String> lines = Files.lines(Path.of("src/main/resources/runbook/obligations.tsv"))) {
            return lines.skip(1).map(line -> line.split("\t")[0]).collect(toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, FormFacts> forms() {
        return files(Path.of("forms"), ".form")
                .map(ProjectModels::form)
                .collect(toMap(FormFacts::id, Function.identity()));
    }

    private static FormFacts form(Path file) {
        try {
            JsonNode form = new ObjectMapper().readTree(file.toFile());
            Set<String> keys = new HashSet<>(form.findValuesAsText("key"));
            Set<String> shown = Stream.concat(
                            form.findValuesAsText("content").stream().flatMap(ProjectModels::templates),
                            form.findValuesAsText("hide").stream().map(text -> text.substring(1)))
                    .flatMap(ProjectModels::variables)
                    .collect(toSet());
            return new FormFacts(form.path("id").asText(), keys, shown);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> templates(String content) {
        return SHOWN.matcher(content).results().map(found -> found.group(1));
    }

    private static Stream<String> variables(String feel) {
        return VARIABLE.matcher(feel).results().map(MatchResult::group).filter(word -> !word.matches("null|or|and"));
    }

    private static Set<String> names(Path folder, String suffix) {
        return files(folder, suffix)
                .map(file -> file.getFileName().toString().replace(suffix, ""))
                .collect(toSet());
    }

    private static Stream<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
