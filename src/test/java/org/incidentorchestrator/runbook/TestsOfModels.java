package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;

/**
 * Which tests run a model: those that are named after it ({@code service-down}: {@code ServiceDown…Test}); where there are
 * none, those of the models that call it. And which tests say of themselves that they are about a line:
 * {@code (runbook K01–K04)}.
 */
final class TestsOfModels {
    private static final Path SOURCES = Path.of("src/test/java");
    private static final Pattern ABOUT = Pattern.compile("\\(runbook ([^)]*)\\)");

    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, Set<String>> calls = new TreeMap<>();

    TestsOfModels() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().matches(".*(Test|IT|E2E)\\.java"))
                    .forEach(file ->
                            sources.put(file.getFileName().toString().replace(".java", ""), Carrier.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProjectModels.models()
                .forEach(model -> calls.put(
                        model.key(),
                        model.all(CallActivity.class)
                                .map(CallActivity::getCalledElement)
                                .collect(Collectors.toSet())));
    }

    Set<String> of(Carrier carrier) {
        return carrier.file().toString().endsWith(".dmn")
                ? ofDecision(carrier.model())
                : ofModel(carrier.model(), new HashSet<>());
    }

    Set<String> about(String line) {
        return sources.entrySet().stream()
                .filter(test -> ABOUT.matcher(test.getValue())
                        .results()
                        .anyMatch(about -> Carrier.expanded(about.group(1)).contains(line)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> ofDecision(String key) {
        Set<String> tests = named(key);
        sources.forEach((test, source) -> {
            if (source.contains("able.of(\"" + key + "\")") || source.contains("table(\"" + key + "\")")) {
                tests.add(test);
            }
        });
        return tests;
    }

    private Set<String> ofModel(String key, Set<String> seen) {
        Set<String> tests = named(key);
        if (tests.isEmpty() && seen.add(key)) {
            calls.forEach((caller, called) -> {
                if (called.contains(key)) {
                    tests.addAll(ofModel(caller, seen));
                }
            });
        }
        return tests;
    }

    private Set<String> named(String key) {
        String name = Arrays.stream(key.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return sources.keySet().stream()
                .filter(test -> test.startsWith(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
