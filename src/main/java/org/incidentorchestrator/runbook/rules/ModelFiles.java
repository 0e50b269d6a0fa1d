package org.incidentorchestrator.runbook.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The models, decision tables and forms that are deployed together. A file's name is the key of what is in it, so two of
 * one name are two versions of one thing.
 *
 * @param byName by the name of their file, {@code await-rollout.bpmn}
 */
public record ModelFiles(Map<String, ModelFile> byName) {
    private static final PathMatchingResourcePatternResolver CLASS_PATH = new PathMatchingResourcePatternResolver();

    public static ModelFiles none() {
        return new ModelFiles(Map.of());
    }

    /** Those that the program comes with. */
    public static ModelFiles ofProgram() {
        return of(Stream.of(
                        "classpath*:processes/**/*.bpmn", "classpath*:processes/**/*.dmn", "classpath*:forms/**/*.form")
                .flatMap(ModelFiles::resources)
                .map(file -> new ModelFile(placeInClassPath(file), file)));
    }

    /** @param folder with the folders {@code processes} and {@code forms}, as the project's own; either may be missing */
    public static ModelFiles in(Path folder) {
        return of(Stream.of("processes", "forms")
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .flatMap(ModelFiles::files)
                .map(file -> new ModelFile(folder.relativize(file), new FileSystemResource(file))));
    }

    /** These, and of those what has no namesake here. */
    public ModelFiles inPlaceOf(ModelFiles those) {
        Map<String, ModelFile> all = new TreeMap<>(those.byName);
        all.putAll(byName);
        return new ModelFiles(all);
    }

    public Collection<ModelFile> all() {
        return byName.values();
    }

    /** @param folder below {@code processes}: {@code procedures} @return the keys of its models, in the order of the alphabet */
    public SortedSet<String> keysIn(String folder) {
        return ending(".bpmn")
                .filter(file -> file.place().getParent().endsWith(folder))
                .map(ModelFile::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Stream<ModelFile> ending(String suffix) {
        return all().stream()
                .filter(file -> file.name().endsWith(suffix))
                .sorted(Comparator.comparing(ModelFile::place));
    }

    private static ModelFiles of(Stream<ModelFile> files) {
        return new ModelFiles(files.collect(
                Collectors.toMap(ModelFile::name, Function.identity(), (one, other) -> one, TreeMap::new)));
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Resource> resources(String pattern) {
        try {
            return Stream.of(CLASS_PATH.getResources(pattern));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path placeInClassPath(Resource file) {
        try {
            String url = URLDecoder.decode(file.getURL().toString(), StandardCharsets.UTF_8);
            return Path.of(url.replaceFirst(".*/(?=(processes|forms)/)", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
