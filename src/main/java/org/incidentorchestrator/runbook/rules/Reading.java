package org.incidentorchestrator.runbook.rules;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.xml.ModelException;
import org.incidentorchestrator.step.StepFacts;

/**
 * Reads files for the rules, and notes which of them cannot be read. Of the tables that lie beside only those are opened
 * that a rule asks: they were checked when the program was built.
 */
public final class Reading {
    private final ModelFiles own;
    private final ModelFiles files;
    private final Set<Violation> faults = new LinkedHashSet<>();

    /** @param own those that are judged @param beside the others that are deployed with them */
    public Reading(ModelFiles own, ModelFiles beside) {
        this.own = own;
        this.files = own.inPlaceOf(beside);
    }

    /** What could not be read so far. */
    public List<Violation> faults() {
        return List.copyOf(faults);
    }

    /** Those that can be judged. */
    public List<Model> models() {
        return files.ending(".bpmn")
                .flatMap(file -> read(file, text -> Model.read(file.place(), text)).stream())
                .filter(this::whole)
                .toList();
    }

    private boolean whole(Model model) {
        List<Violation> missing = Whole.missing(model).toList();
        faults.addAll(missing);
        return missing.isEmpty();
    }

    public Known known(Map<String, StepFacts> steps) {
        List<Model> models = models();
        Map<String, FormFacts> forms = new LinkedHashMap<>();
        files.ending(".form")
                .flatMap(file -> read(file, FormFacts::read).stream())
                .forEach(form -> forms.put(form.id(), form));
        own.ending(".dmn").forEach(file -> read(file, Decisions::read));
        return new Known(
                steps,
                obligations(),
                forms,
                files.ending(".dmn").map(ModelFile::key).collect(Collectors.toUnmodifiableSet()),
                autonomy().map(autonomy -> autonomy.leftToResponders(models)).orElse(Set.of()),
                models);
    }

    private Optional<Decisions> autonomy() {
        return files.ending(".dmn")
                .filter(file -> file.key().equals("autonomy"))
                .findFirst()
                .flatMap(file -> read(file, Decisions::read));
    }

    private <T> Optional<T> read(ModelFile file, Format<T> format) {
        try {
            return Optional.of(format.of(file.text()));
        } catch (IOException | ModelException unreadable) {
            faults.add(new Violation(
                    file.name(),
                    file.key(),
                    "can-be-read",
                    "correct it, best by drawing it anew from its last good version: " + firstCause(unreadable)));
            return Optional.empty();
        }
    }

    private static String firstCause(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("it is empty");
    }

    private static Set<String> obligations() {
        return Carriers.lines().stream().map(Carriers.Line::id).collect(Collectors.toUnmodifiableSet());
    }

    private interface Format<T> {
        T of(String text) throws IOException;
    }
}
