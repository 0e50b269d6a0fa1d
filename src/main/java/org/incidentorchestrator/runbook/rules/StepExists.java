package org.incidentorchestrator.runbook.rules;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.incidentorchestrator.step.StepFacts;

/** A step is called by its name and by the names of its input, and is asked only for what it gives. */
final class StepExists implements ModelRule {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        return model.all(ServiceTask.class)
                .flatMap(task -> Calls.ofStep(task).stream().flatMap(call -> call.step(known)
                        .map(step -> parameters(call, step))
                        .orElse(Stream.of("there is no step '" + call.name() + "'; write "
                                + nearest(call.name(), known.steps().keySet())))
                        .map(remedy -> model.violation(this, task, remedy))));
    }

    private static String nearest(String name, Set<String> steps) {
        return steps.stream()
                .sorted(Comparator.<String>comparingInt(step -> shared(step, name))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .findFirst()
                .orElse("none");
    }

    private static int shared(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static Stream<String> parameters(Calls call, StepFacts step) {
        boolean acts = step.changes() && !call.proposes();
        Set<String> inputs = acts ? Set.of("proposalId") : step.inputs();
        Set<String> given = Extensions.inputs(call.task()).keySet();
        Set<String> beyond = new TreeSet<>(given);
        beyond.removeAll(inputs);
        beyond.removeAll(acts ? Set.of() : step.optional());
        Set<String> outputs = call.proposes() ? Set.of("proposalId", "proposal") : step.outputs();
        Stream<String> wrongInputs = given.containsAll(inputs) && beyond.isEmpty()
                ? Stream.empty()
                : Stream.of("give it the input parameters " + new TreeSet<>(inputs));
        Stream<String> wrongOutputs = Extensions.outputs(call.task()).values().stream()
                .flatMap(text -> VARIABLE.matcher(text).results().map(found -> found.group(1)))
                .filter(name -> !outputs.contains(name))
                .map(name -> "it gives no '" + name + "'; it gives " + new TreeSet<>(outputs));
        return Stream.concat(wrongInputs, wrongOutputs);
    }
}
