package org.incidentorchestrator.step;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        return byName.values().stream()
                .filter(Step::changes)
                .map(Step::name)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
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
