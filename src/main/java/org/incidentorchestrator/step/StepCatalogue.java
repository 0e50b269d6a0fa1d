package org.incidentorchestrator.step;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All verbs by the name that models call them by. */
@Component
public final class StepCatalogue {
    private final Map<String, Step<?, ?>> byName = new TreeMap<>();

    public StepCatalogue(List<Step<?, ?>> steps) {
        steps.stream().sorted(Comparator.comparing(Step::name)).forEach(step -> byName.put(step.name(), step));
    }

    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    public Set<String> changing() {
        return named(Step::changes);
    }

    /** Those that a second person has to approve. */
    public Set<String> needingApproval() {
        return named(Step::needsApproval);
    }

    /** Those that take back what was changed for an incident, and may do so once it has ended. */
    public Set<String> givingBack() {
        return named(Step::givesBack);
    }

    private Set<String> named(Predicate<Step<?, ?>> wanted) {
        return byName.values().stream().filter(wanted).map(Step::name).collect(Collectors.toUnmodifiableSet());
    }

    /** What these steps need in the cluster, all together. */
    public Set<Permission> permissions(Collection<String> steps) {
        return steps.stream().flatMap(step -> get(step).permissions().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of what a step gives to the process when it is done. */
    public List<String> outputs(String step) {
        return components(get(step).output());
    }

    /** The names of what proposing a change gives to the process. */
    public List<String> proposed() {
        return components(Proposed.class);
    }

    private static List<String> components(Class<?> output) {
        return Arrays.stream(output.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    Step<?, ?> get(String name) {
        Step<?, ?> step = byName.get(name);
        if (step == null) {
            throw new IllegalArgumentException(
                    "no step is named '" + name + "'; the model has to name one of " + byName.keySet());
        }
        return step;
    }
}
