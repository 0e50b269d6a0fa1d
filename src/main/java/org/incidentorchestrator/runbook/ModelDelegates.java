package org.incidentorchestrator.runbook;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** The delegates of one word in models, by the name behind the dot: {@code ${steps.restartWorkload}}. */
public abstract class ModelDelegates extends AbstractMap<String, JavaDelegate> {
    private final Map<String, JavaDelegate> delegates;

    protected ModelDelegates(Map<String, JavaDelegate> delegates) {
        this.delegates = Map.copyOf(delegates);
    }

    static Map<String, JavaDelegate> each(Set<String> names, Function<String, JavaDelegate> delegate) {
        return names.stream().collect(Collectors.toMap(Function.identity(), delegate));
    }

    @Override
    public Set<Entry<String, JavaDelegate>> entrySet() {
        return delegates.entrySet();
    }
}
