package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The runbooks that an incident can be sent to: the models of their folder, whose file names are their keys. */
@Component
public class Runbooks {
    private static final String SUFFIX = ".bpmn";

    private final Set<String> keys;

    Runbooks(ResourcePatternResolver resources) {
        try {
            keys = Arrays.stream(resources.getResources("classpath*:processes/runbooks/*" + SUFFIX))
                    .map(model -> model.getFilename().replace(SUFFIX, ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the models of processes/runbooks cannot be listed", unreadable);
        }
    }

    /** Process keys, in the order of the alphabet: {@code service-down}. */
    public Set<String> keys() {
        return keys;
    }
}
