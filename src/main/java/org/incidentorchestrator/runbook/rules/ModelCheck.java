package org.incidentorchestrator.runbook.rules;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.step.verb.Vocabulary;

/**
 * Holds the models of a folder to all rules that the program's own models keep, together with those that the program has
 * beside them. It opens nothing and needs neither a cluster nor a database.
 */
public final class ModelCheck {
    private static final List<Path> FOLDERS = Stream.of("procedures", "runbooks", "parts", "starts")
            .map(folder -> Path.of("processes", folder))
            .toList();

    private ModelCheck() {}

    /**
     * @param folder with {@code processes} and {@code forms}, as the project's own
     * @return what breaks a rule, in the order of files and elements; empty when nothing does
     */
    public static List<Violation> of(Path folder) {
        ModelFiles own = ModelFiles.in(folder);
        if (own.all().isEmpty()) {
            return List.of(new Violation(
                    folder.toString(),
                    missing(folder),
                    "has-models",
                    "put models into its folders processes and forms"));
        }
        ModelFiles beside = ModelFiles.ofProgram();
        var reading = new Reading(own, beside);
        Known known = reading.known(Vocabulary.facts());
        return Stream.of(
                        misplaced(own),
                        reading.faults().stream(),
                        ModelRules.check(judged(own, beside, known.models()), known).stream())
                .flatMap(faults -> faults)
                .sorted(Comparator.comparing(Violation::file).thenComparing(Violation::element))
                .toList();
    }

    /** What people can begin, and what an incident can be sent to, is told by the folder of a model. */
    private static Stream<Violation> misplaced(ModelFiles own) {
        return own.ending(".bpmn")
                .filter(file -> !FOLDERS.contains(file.place().getParent()))
                .map(file -> new Violation(
                        file.name(), file.key(), "lies-in-its-folder", "put it into one of the folders " + FOLDERS));
    }

    /** The folder's own; all, where one takes the place of another that the others rely on. */
    private static List<Model> judged(ModelFiles own, ModelFiles beside, List<Model> all) {
        return own.all().stream().map(ModelFile::name).anyMatch(beside.byName()::containsKey)
                ? all
                : all.stream()
                        .filter(model -> own.byName().containsKey(model.file()))
                        .toList();
    }

    private static String missing(Path folder) {
        return Files.isDirectory(folder) ? "no model, decision or form" : "no folder";
    }
}
